import { sql } from "kysely";
import { amountAs } from "#domain/callback-body.ts";
import { roomAddressOf } from "#domain/room-name.ts";
import type { Tx } from "#platform/db.ts";
import type { BookingRow, CheckoutRow } from "#platform/rows.ts";
import { type OpenAnswer, readOpenAnswers } from "#queries/booking-answers.ts";

export function bookingOf(tx: Tx, checkout: { id: string }): Promise<BookingRow> {
  return tx.selectFrom("booking").selectAll().where("id", "=", checkout.id).executeTakeFirstOrThrow();
}

const minutesBetween = (start: Date, end: Date): number => Math.round((end.getTime() - start.getTime()) / 60_000);

export async function bookingPart(tx: Tx, checkout: CheckoutRow) {
  const booking = await bookingOf(tx, checkout);
  const { rows } = await sql<Names>`
    select s.name as service, p.name as professional, t.timezone, l.public_id as link
    from service s, professional p, tenant t, booking_link l
    where s.id = ${booking.service_id} and p.id = ${booking.professional_id} and l.id = ${booking.link_id}
      and s.tenant_id = ${booking.tenant_id} and p.tenant_id = ${booking.tenant_id} and t.tenant_id = ${booking.tenant_id}
      and l.tenant_id = ${booking.tenant_id}`.execute(tx);
  return bookingPartOf({ checkout, booking, names: rows[0], answers: await readOpenAnswers(tx, checkout.id) });
}

type Names = { service: string; professional: string; timezone: string; link: string };
type Sold = "service_id" | "professional_id" | "starts_at" | "ends_at" | "charge_type" | "price_minor" | "meeting_url" | "campaign";
type Part = {
  checkout: Pick<CheckoutRow, "id" | "amount_minor" | "currency">;
  booking: Pick<BookingRow, Sold>;
  names: Names | undefined;
  answers: readonly Pick<OpenAnswer, "question" | "answer">[];
};

/** As docs/callbacks.md shows it. */
export function bookingPartOf({ checkout, booking, names, answers }: Part) {
  return {
    booking_id: checkout.id,
    servicio: {
      id: booking.service_id,
      nombre: names?.service,
      duracion_min: minutesBetween(booking.starts_at, booking.ends_at),
      pago: booking.charge_type,
      ...amountAs("precio", booking.price_minor, checkout.currency),
      ...amountAs("monto_cobrado", checkout.amount_minor, checkout.currency),
    },
    profesional: { id: booking.professional_id, nombre: names?.professional },
    cita: {
      inicio: booking.starts_at.toISOString(),
      fin: booking.ends_at.toISOString(),
      timezone: names?.timezone,
      enlace_reunion: booking.meeting_url && roomAddressOf(booking.meeting_url),
    },
    origen: { enlace: names?.link, ...Object(booking.campaign) },
    ...(answers.length > 0 && { respuestas: answers.map(({ question: pregunta, answer: respuesta }) => ({ pregunta, respuesta })) }),
  };
}
