import { actorOf } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import type { OrderCancellation } from "#contracts/shop-desk/order.ts";
import { refundable } from "#domain/shop/order-steps.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { stepLineOf } from "#queries/shop-desk/standing-order.ts";
import { cancelIn } from "../checkouts/cancel-checkout.ts";
import { kindOf } from "../checkouts/kinds.ts";
import { changeOrder, type LockedOrder, lockOrder } from "./lock-order.ts";
import { by, type DeskCaller } from "./log-order-step.ts";
import { amountOf } from "./order-lines.ts";
import { putBack } from "./put-back.ts";
import { keepRefundLines } from "./refund-lines.ts";

type Cancelling = { caller: DeskCaller; input: OrderCancellation & { orderId: string } };

/**
 * The order ends, all that is left of its money goes back, and of its pieces those that are named
 * can be sold again. Refuses: order_unknown, already_cancelled, changed_meanwhile, invalid_request,
 * order_not_movable (more pieces than there are).
 */
export async function cancelOrder({ caller, input: { orderId, stockBack, reason, seen } }: Cancelling): Promise<void> {
  await inTenant(caller.tenantId, async (tx) => {
    const found = await lockOrder(tx, orderId);
    const { checkout, standing } = found;
    if (standing.orderStatus === "cancelled") throw new Refusal("already_cancelled");
    if (seen && seen.orderStatus !== standing.orderStatus) throw new Refusal("changed_meanwhile");
    await kindOf(checkout).requireCancellable(tx, checkout);
    await cancelIn(tx, { checkout, ...by(caller), reason: "cancelled", refund: "full", seenRefundMinor: seen?.refundMinor });
    await refundTheRest(tx, found, new Set(stockBack.map(({ place }) => place)));
    await putBack(tx, found, { caller, lines: stockBack, orderStatus: "cancelled" });
    if (reason) await kindOf(checkout).keepNote(tx, checkout, { text: reason, actor: actorOf(caller) });
  });
}

/** Says for which pieces the case is that the cancellation has opened, if its sum is theirs. */
async function refundTheRest(tx: Tx, found: LockedOrder, back: ReadonlySet<number>): Promise<void> {
  const { checkout, lines, standing } = found;
  const opened = await tx
    .selectFrom("refund_case")
    .select(["id", "amount_minor"])
    .where("checkout_id", "=", checkout.id)
    .where("reason", "=", "cancelled")
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!opened) return changeOrder(tx, found, {});
  const parts = lines
    .map((line) => ({ line, quantity: refundable(stepLineOf(line)) }))
    .filter(({ quantity }) => quantity > 0)
    .map(({ line, quantity }) => ({
      ...{ line, quantity, isStockBack: back.has(line.place) },
      amountMinor: amountOf(line, { quantity, currency: checkout.currency }),
    }));
  const sum = parts.reduce((total, { amountMinor }) => total + amountMinor, standing.shippingLeftMinor);
  if (sum === opened.amount_minor) await keepRefundLines(tx, found, { refundCaseId: opened.id, parts });
  await changeOrder(tx, found, { is_shipping_refunded: true });
}
