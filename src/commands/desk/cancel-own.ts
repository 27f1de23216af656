import { actorOf, type Customer, originOf } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { isPaid } from "#domain/checkout-states.ts";
import { inTenant } from "#platform/db.ts";
import { tenantOfCheckout } from "#queries/checkout-tenant.ts";
import { readOwnCancellation } from "#queries/desk/own-cancellation.ts";
import { lockRest } from "../bookings/booking-rest.ts";
import { cancelIn } from "../checkouts/cancel-checkout.ts";
import { lockOwnBooking, requireOwnChange } from "./own-booking.ts";

type Cancelling = { caller: Customer; input: { bookingId: string; token: string; seenBackMinor: number } };

/**
 * The customer cancels: the time is free, and what the frozen terms give back of the booking and
 * of its rest goes back, never more. A repeat changes nothing. Refuses: checkout_unknown,
 * own_change_closed, changed_meanwhile (another sum than was shown).
 */
export async function cancelOwn({ caller, input }: Cancelling): Promise<void> {
  const tenantId = await tenantOfCheckout(input.bookingId);
  await inTenant(tenantId, async (tx) => {
    const own = await lockOwnBooking(tx, input);
    const { checkout, terms } = own;
    if (checkout.status === "cancelled") return;
    await requireOwnChange(tx, own, "cancel");
    const rest = await lockRest(tx, checkout.id);
    const sums = await readOwnCancellation(tx, checkout);
    const { bookingBackMinor, restBackMinor } = sums;
    if (bookingBackMinor + restBackMinor !== input.seenBackMinor) throw new Refusal("changed_meanwhile");
    const by = { actor: actorOf(caller), origin: originOf(caller), reason: "cancelled" } as const;
    if (rest && isPaid(rest.status)) await cancelIn(tx, { ...by, checkout: rest, refund: { amountMinor: restBackMinor } });
    const besides = {
      besidesPaidMinor: sums.restPaidMinor,
      besidesRefundMinor: restBackMinor,
      besidesBeforeMinor: sums.restBeforeMinor,
    };
    const refund = terms ? "by_terms" : "none";
    await cancelIn(tx, { ...by, checkout, refund, seenRefundMinor: bookingBackMinor, ...(sums.restPaidMinor > 0 && { besides }) });
  });
}
