import { actorOf, type Customer, originOf } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant } from "#platform/db.ts";
import { tenantOfCheckout } from "#queries/checkout-tenant.ts";
import { readOwnCancellation } from "#queries/desk/own-cancellation.ts";
import { lockRest } from "../bookings/booking-rest.ts";
import { cancelIn } from "../checkouts/cancel-checkout.ts";
import { openRefundCase } from "../refund-cases/open.ts";
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
    const restCharge = rest?.paid_charge_id
      ? await tx.selectFrom("charge").selectAll().where("id", "=", rest.paid_charge_id).forUpdate().executeTakeFirstOrThrow()
      : null;
    const sums = await readOwnCancellation(tx, checkout);
    const { bookingBackMinor, restBackMinor } = sums;
    if (bookingBackMinor + restBackMinor !== input.seenBackMinor) throw new Refusal("changed_meanwhile");
    const actor = actorOf(caller);
    await cancelIn(tx, {
      ...{ checkout, actor, origin: originOf(caller), reason: "cancelled" },
      refund: terms ? "by_terms" : "none",
      seenRefundMinor: bookingBackMinor,
      besides: sums.ofRest,
    });
    if (rest && restCharge && restBackMinor > 0)
      await openRefundCase(tx, { charge: restCharge, checkout: rest, reason: "cancelled", amountMinor: restBackMinor, actor });
  });
}
