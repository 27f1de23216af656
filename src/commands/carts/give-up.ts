import { actorOf, type Customer } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { isPaid } from "#domain/checkout-states.ts";
import { inTenant } from "#platform/db.ts";
import { ownOrderSession } from "#queries/shop/own-session.ts";
import { cancelIn } from "../checkouts/cancel-checkout.ts";
import { lockCheckout } from "../checkouts/move-checkout.ts";

type GivingUp = { caller: Customer; input: { orderId: string; token: string } };

/**
 * The customer gives up an unpaid order session: its stock and its code are free at once, and what
 * is paid all the same goes back. A repeat changes nothing. Refuses: order_unknown, already_paid.
 */
export async function giveUpOrder({ caller, input }: GivingUp): Promise<void> {
  const { checkout: own } = await ownOrderSession(input);
  await inTenant(own.tenant_id, async (tx) => {
    const checkout = await lockCheckout(tx, input.orderId);
    if (!checkout) throw new Refusal("order_unknown");
    if (isPaid(checkout.status)) throw new Refusal("already_paid");
    await cancelIn(tx, { checkout, actor: actorOf(caller), reason: "cancelled" });
  });
}
