import { sql } from "kysely";
import { paidStatuses } from "#domain/checkout-states.ts";
import type { Tx } from "#platform/db.ts";
import type { BookingRow } from "#platform/rows.ts";

/**
 * Tries a new claim of the span that was sold, after the old one has lapsed (or never was, under
 * first_payer_wins). Returns false if somebody else has the slot.
 */
export async function claimAgain(tx: Tx, booking: BookingRow): Promise<boolean> {
  if (await wasGivenToAnother(tx, booking)) return false;
  // A statement of its own: in one snapshot with the insert, the slot would wrongly look taken.
  await sql`select expire_lapsed_claims(${booking.tenant_id}, ${booking.professional_id}, ${booking.during}::tstzrange)`.execute(tx);
  const inserted = await sql`
    insert into slot_claim (tenant_id, professional_id, service_id, starts_at, ends_at, during, state, checkout_id)
    values (${booking.tenant_id}, ${booking.professional_id}, ${booking.service_id}, ${booking.starts_at},
      ${booking.ends_at}, ${booking.during}::tstzrange, 'booked', ${booking.id})
    on conflict do nothing`.execute(tx);
  return (inserted.numAffectedRows ?? 0n) > 0n;
}

/** Past claims have left the constraint, so the bookings say who had the slot. */
async function wasGivenToAnother(tx: Tx, booking: BookingRow): Promise<boolean> {
  if (booking.starts_at.getTime() > Date.now()) return false;
  const other = await tx
    .selectFrom("booking as b")
    .innerJoin("checkout as k", (join) => join.onRef("k.tenant_id", "=", "b.tenant_id").onRef("k.id", "=", "b.id"))
    .select("b.id")
    .where("b.professional_id", "=", booking.professional_id)
    .where("b.starts_at", ">", daysFrom(booking.starts_at, -1))
    .where("b.starts_at", "<", daysFrom(booking.ends_at, 1))
    .where(sql<boolean>`b.during && ${booking.during}::tstzrange`)
    .where("b.id", "<>", booking.id)
    .where("k.status", "in", paidStatuses)
    .executeTakeFirst();
  return other !== undefined;
}

/** No appointment is longer than a day with its buffers. */
const daysFrom = (time: Date, days: number): Date => new Date(time.getTime() + days * 86_400_000);
