import type { BookingAnswer } from "#contracts/checkout.ts";
import { Refusal } from "#contracts/problem.ts";
import { isBookingPaid } from "#domain/checkout-states.ts";
import { paymentsPerBookingMax } from "#domain/hold-times.ts";
import { inTenant } from "#platform/db.ts";
import { isSameText } from "#platform/ids.ts";
import { tenantOfBooking } from "#queries/booking-state.ts";
import { sessionHash } from "#queries/own-hold.ts";
import { requirePayable } from "../bookings/payable.ts";
import { fetchCheckoutUrl, openPayment } from "./open-payment.ts";

/**
 * Another try for a pending booking while its hold lives: a new payment with a new reference. The end does not move.
 * The token or the checkout's own session proves whose booking it is. Refuses: booking_unknown, already_paid, booking_closed, too_many_payments, provider_not_offered, provider_unavailable.
 */
export async function retryPayment(input: {
  bookingId: string;
  token: string | null;
  session: string | null;
  provider: string;
}): Promise<BookingAnswer> {
  const tenantId = await tenantOfBooking(input.bookingId);
  const opened = await inTenant(tenantId, async (tx) => {
    const booking = await tx.selectFrom("booking").selectAll().where("id", "=", input.bookingId).forUpdate().executeTakeFirst();
    if (!booking || !isOwn(booking, input)) throw new Refusal("booking_unknown");
    if (isBookingPaid(booking.status as BookingAnswer["status"])) throw new Refusal("already_paid");
    const now = new Date();
    if (booking.status !== "pending" || booking.hold_expires_at <= now) throw new Refusal("booking_closed");
    const tries = await tx
      .selectFrom("payment")
      .select((columns) => columns.fn.countAll<number>().as("count"))
      .where("booking_id", "=", booking.id)
      .executeTakeFirstOrThrow();
    if (tries.count >= paymentsPerBookingMax) throw new Refusal("too_many_payments");
    const connection = await tx
      .selectFrom("connection")
      .select(["id", "provider"])
      .where("kind", "=", "payment")
      .where("provider", "=", input.provider)
      .where("is_active", "=", true)
      .orderBy("created_at")
      .executeTakeFirst();
    if (!connection) throw new Refusal("provider_not_offered");
    const tenant = await tx.selectFrom("tenant").select("name").executeTakeFirstOrThrow();
    const money = { amountMinor: booking.amount_minor, currency: booking.currency };
    requirePayable(input.provider, money);
    const place = { tenantId, bookingId: booking.id, connectionId: connection.id, provider: connection.provider };
    const payment = await openPayment(tx, { ...place, ...money, expiresAt: booking.hold_expires_at, now });
    return { booking, payment, connectionId: connection.id, tenantName: tenant.name };
  });
  const { booking, payment } = opened;
  const customer = { name: booking.customer_name, email: booking.customer_email, phone: booking.customer_phone };
  const page = {
    tenantId,
    id: booking.id,
    token: booking.token,
    connectionId: opened.connectionId,
    description: opened.tenantName,
    locale: booking.locale,
    customer,
  };
  const checkoutUrl = await fetchCheckoutUrl(payment, page);
  return {
    id: booking.id,
    token: booking.token,
    status: "pending",
    paymentStatus: booking.payment_status === "failed" ? "pending" : (booking.payment_status as BookingAnswer["paymentStatus"]),
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    reference: payment.reference,
    checkoutUrl,
    expiresAt: payment.expiresAt.toISOString(),
  };
}

function isOwn(booking: { token: string; session: string }, given: { token: string | null; session: string | null }): boolean {
  if (given.token !== null) return isSameText(booking.token, given.token);
  return given.session !== null && isSameText(booking.session, sessionHash(given.session));
}
