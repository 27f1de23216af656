import { databaseNow } from "#platform/connection-check.ts";
import type { BookingForWork } from "#queries/checkout-for-work.ts";
import { customersPage } from "#queries/site-address.ts";
import { customersBooking, type Prepared, toCustomer } from "./mail-parts.ts";

/** Returns null once it is paid or over: the link would lead nowhere. */
export async function paymentLinkMail(work: BookingForWork): Promise<Prepared | null> {
  const { checkout, booking } = work;
  if (checkout.status !== "pending" || checkout.ends_at.getTime() <= databaseNow()) return null;
  const { says, ...to } = toCustomer(work);
  const { amount_minor: dueMinor, currency, ends_at: endsAt } = checkout;
  return {
    ...to,
    // After the link was prolonged, a retry tells another end.
    wording: `until-${endsAt.getTime()}`,
    message: {
      kind: "customer-payment-link",
      ...says,
      booking: customersBooking(work),
      dueMinor,
      restDueMinor: booking.price_minor - dueMinor,
      currency,
      until: endsAt.toISOString(),
      payUrl: customersPage(checkout),
    },
  };
}
