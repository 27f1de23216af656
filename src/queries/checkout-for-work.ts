import { sql } from "kysely";
import type { Place } from "#contracts/checkout.ts";
import type { Translations } from "#contracts/service-terms.ts";
import type { Cancellation } from "#domain/cancellation.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { BookingRow, ChargeRow, CheckoutRow, PaymentRow, RefundCaseRow, TenantRow } from "#platform/rows.ts";
import { type OpenAnswer, readOpenAnswers } from "./booking-answers.ts";
import { readPlace } from "./merchant/locations.ts";
import { type OrderForWork, readOrderForWork } from "./shop/order-for-work.ts";

export type CheckoutForWork = {
  checkout: CheckoutRow;
  tenant: TenantRow;
  /** Null for another kind of checkout. */
  appointment: Appointment | null;
  /** Null if it is no order session. */
  order: OrderForWork | null;
  /** The refunded payment and charge, else the paid ones, else the newest payment. */
  payment: PaymentRow | null;
  charge: ChargeRow | null;
  refundCase: RefundCaseRow | null;
  /** Of the customer's page. */
  page: { id: string; token: string; kind?: string };
};
export type Appointment = {
  booking: BookingRow;
  linkPublicId: string;
  service: { id: string; name: string; durationMinutes: number; translations: Translations };
  /** As it was shown before paying. */
  cancellation: Cancellation | null;
  /** To the service's questions, without the personal ones. */
  answers: OpenAnswer[];
  professional: { id: string; name: string; email: string | null };
  place: Place | null;
};
export type BookingForWork = Omit<CheckoutForWork, "appointment"> & Appointment;

/** Everything that mails, rooms and callbacks say. Returns null if the checkout is gone. */
export async function loadCheckoutForWork(input: {
  tenantId: string;
  checkoutId: string;
  refundCaseId?: string | undefined;
  /** The money that an event is about, if it is not what paid the checkout. */
  ofChargeId?: unknown;
}): Promise<CheckoutForWork | null> {
  return inTenant(input.tenantId, async (tx) => {
    const checkout = await tx.selectFrom("checkout").selectAll().where("id", "=", input.checkoutId).executeTakeFirst();
    if (!checkout) return null;
    const tenant = await tx.selectFrom("tenant").selectAll().executeTakeFirstOrThrow();
    const refundCase = input.refundCaseId
      ? await tx.selectFrom("refund_case").selectAll().where("id", "=", input.refundCaseId).executeTakeFirst()
      : undefined;
    const ofChargeId = typeof input.ofChargeId === "string" ? input.ofChargeId : null;
    const chargeId = refundCase?.charge_id ?? ofChargeId ?? checkout.paid_charge_id;
    const charge = chargeId ? await tx.selectFrom("charge").selectAll().where("id", "=", chargeId).executeTakeFirst() : undefined;
    const all = tx.selectFrom("payment").selectAll();
    const payments = charge?.payment_id ? all.where("id", "=", charge.payment_id) : all.where("checkout_id", "=", checkout.id);
    const payment = await payments.orderBy("created_at", "desc").limit(1).executeTakeFirst();
    const page = await pageOf(tx, checkout);
    return {
      checkout,
      tenant,
      page,
      appointment: await readAppointment(tx, page.id),
      order: checkout.kind === "order" ? await readOrderForWork(tx, checkout.id) : null,
      payment: payment ?? null,
      charge: charge ?? null,
      refundCase: refundCase ?? null,
    };
  });
}

/** Returns null if the checkout is gone or is no booking. */
export async function loadBookingForWork(input: Parameters<typeof loadCheckoutForWork>[0]): Promise<BookingForWork | null> {
  const work = await loadCheckoutForWork(input);
  return work ? bookingOf(work) : null;
}

export function bookingOf({ appointment, ...work }: CheckoutForWork): BookingForWork | null {
  return appointment ? { ...work, ...appointment } : null;
}

/** The rest of a booking is about the same appointment, and is paid on the same page. */
async function pageOf(tx: Tx, { id, token, kind }: CheckoutRow): Promise<{ id: string; token: string; kind?: string }> {
  const rest = await tx.selectFrom("booking_rest").select("booking_id").where("id", "=", id).executeTakeFirst();
  if (!rest) return { id, token, kind };
  return tx.selectFrom("checkout").select(["id", "token"]).where("id", "=", rest.booking_id).executeTakeFirstOrThrow();
}

async function readAppointment(tx: Tx, id: string): Promise<Appointment | null> {
  const booking = await tx
    .selectFrom("booking")
    .selectAll()
    .select(sql<Cancellation | null>`cancellation`.as("cancellation"))
    .where("id", "=", id)
    .executeTakeFirst();
  if (!booking) return null;
  const link = await tx.selectFrom("booking_link").select("public_id").where("id", "=", booking.link_id).executeTakeFirstOrThrow();
  const service = await tx
    .selectFrom("service")
    .select(["id", "name", "duration_minutes as durationMinutes", sql<Translations>`translations`.as("translations")])
    .where("id", "=", booking.service_id)
    .executeTakeFirstOrThrow();
  const professional = await tx
    .selectFrom("professional")
    .select(["id", "name", "email"])
    .where("id", "=", booking.professional_id)
    .executeTakeFirstOrThrow();
  const { cancellation } = booking;
  const place = await readPlace(tx, service.id);
  return { booking, linkPublicId: link.public_id, service, professional, cancellation, place, answers: await readOpenAnswers(tx, id) };
}
