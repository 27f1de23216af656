import type { FollowUp } from "#commands/follow-ups/run-follow-up.ts";
import { isPaid } from "#domain/checkout-states.ts";
import type { BookingForWork } from "#queries/checkout-for-work.ts";
import { isRestPaid } from "#queries/desk/booking-rest.ts";
import { customersPage } from "#queries/site-address.ts";
import { customersBooking, type Prepared, toCustomer } from "./mail-parts.ts";

/** Asks for what a deposit has left, or says that it was paid: what its event says. */
export async function restMail(
  work: BookingForWork,
  { eventKind, details }: Pick<FollowUp, "eventKind" | "details">,
): Promise<Prepared | null> {
  const { checkout } = work;
  const isReceipt = eventKind === "booking.rest_paid";
  const amountMinor = details["amountMinor"];
  if (typeof amountMinor !== "number" || !isPaid(checkout.status)) return null;
  // Nobody is asked for what they have paid.
  if (!isReceipt && (await isRestPaid(checkout))) return null;
  const { says, ...to } = toCustomer(work);
  return {
    ...to,
    message: {
      kind: "customer-rest",
      ...says,
      isPaid: isReceipt,
      booking: customersBooking(work),
      amountMinor,
      currency: checkout.currency,
      bookingUrl: customersPage(checkout),
    },
  };
}
