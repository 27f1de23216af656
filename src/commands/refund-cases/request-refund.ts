import { actorOf, type Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { isMoneyHere } from "#domain/payment-states.ts";
import { inTenant } from "#platform/db.ts";
import { openRefundCase } from "./open.ts";

type Request = { caller: Caller; input: { tenantId: string; checkoutId: string; amountMinor: number } };

/**
 * Opens a case for the whole paid charge or a part of it. The purchase stays as it is. Refuses:
 * checkout_unknown, nothing_to_refund (not paid, or other cases leave less than this).
 */
export async function requestRefund({ caller, input }: Request): Promise<void> {
  await inTenant(input.tenantId, async (tx) => {
    const checkout = await tx.selectFrom("checkout").selectAll().where("id", "=", input.checkoutId).forUpdate().executeTakeFirst();
    if (!checkout) throw new Refusal("checkout_unknown");
    const charge = await tx
      .selectFrom("charge")
      .selectAll()
      .where("id", "=", checkout.paid_charge_id ?? checkout.id)
      .forUpdate()
      .executeTakeFirst();
    if (!charge || !isMoneyHere(charge.status)) throw new Refusal("nothing_to_refund");
    const isOpened = await openRefundCase(tx, {
      charge,
      checkout,
      reason: "requested",
      amountMinor: input.amountMinor,
      actor: actorOf(caller),
    });
    if (!isOpened) throw new Refusal("nothing_to_refund");
  });
}
