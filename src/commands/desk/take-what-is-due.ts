import type { ApiKeyCaller, MemberCaller } from "#contracts/caller.ts";
import type { OnSiteMoney } from "#contracts/desk/on-site.ts";
import { Refusal } from "#contracts/problem.ts";
import { isPaid } from "#domain/checkout-states.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { openRest } from "../bookings/booking-rest.ts";
import { lockCheckout } from "../checkouts/move-checkout.ts";
import { takeOnSite } from "../payments/take-on-site.ts";
import { pollPayment } from "../settlement/poll-payment.ts";

type Taking = {
  caller: MemberCaller | ApiKeyCaller;
  input: { bookingId: string; of: "booking" | "rest"; taken: OnSiteMoney; expectedMinor: number };
};

/**
 * The customer has paid at the desk what the booking waits for: all of it, or what a deposit has
 * left. A repeat that comes after a deposit never takes the rest besides. Refuses:
 * checkout_unknown, booking_not_standing, no_rest, already_paid, checkout_closed,
 * changed_meanwhile, amount_not_payable, too_many_payments.
 */
export async function takeWhatIsDue({ caller, input: { bookingId, of, taken, expectedMinor } }: Taking): Promise<void> {
  const { tenantId } = caller;
  const paymentId = await inTenant(tenantId, async (tx) => {
    const booking = await lockCheckout(tx, bookingId);
    if (booking?.kind !== "booking") throw new Refusal("checkout_unknown");
    const checkout = of === "rest" ? await openRest(tx, { caller, checkout: booking }) : requireOpen(booking);
    if (checkout.amount_minor !== expectedMinor) throw new Refusal("changed_meanwhile");
    return (await takeOnSite(tx, { caller, checkout, taken, now: new Date(databaseNow()) })).id;
  });
  await pollPayment({ tenantId, paymentId, isExtra: true });
}

function requireOpen(booking: CheckoutRow): CheckoutRow {
  if (isPaid(booking.status)) throw new Refusal("already_paid");
  if (booking.status !== "pending" || booking.ends_at.getTime() <= databaseNow()) throw new Refusal("checkout_closed");
  return booking;
}
