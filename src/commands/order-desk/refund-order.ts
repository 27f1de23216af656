import { actorOf } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import type { OrderRefund } from "#contracts/shop-desk/order.ts";
import { isAllSent, mayOrder, refundable, type StepLine, sendable } from "#domain/shop/order-steps.ts";
import { inTenant } from "#platform/db.ts";
import { requireOrderWithdrawal } from "#queries/shop-desk/order-withdrawal.ts";
import { stepLineOf } from "#queries/shop-desk/standing-order.ts";
import { cancelIn } from "../checkouts/cancel-checkout.ts";
import { sentBackMinor } from "../refund-cases/charge-rows.ts";
import { lockPaidCharge } from "../refund-cases/lock-paid-charge.ts";
import { openRefundCase } from "../refund-cases/open.ts";
import { changeOrder, type LockedOrder, lockOrder } from "./lock-order.ts";
import { by, type DeskCaller, logOrderStep } from "./log-order-step.ts";
import { amountOf, lineAt } from "./order-lines.ts";
import { putBack } from "./put-back.ts";
import { keepRefundLines, type RefundPart } from "./refund-lines.ts";
import { timeNow } from "./time-now.ts";

type Refunding = { caller: DeskCaller; input: OrderRefund & { orderId: string } };

/**
 * Money of these pieces goes back in one refund case, and the rest of the order goes on. Pieces
 * that are not sent yet are never sent. If nothing is left, the order is cancelled. Refuses:
 * order_unknown, nothing_to_refund, changed_meanwhile, refund_blocked_by_dispute, invalid_request,
 * withdrawal_over.
 */
export async function refundOrder({ caller, input }: Refunding): Promise<void> {
  await inTenant(caller.tenantId, async (tx) => {
    const found = await lockOrder(tx, input.orderId);
    if (!mayOrder("refund", found.standing)) throw new Refusal("nothing_to_refund");
    if (input.reason === "withdrawal") await requireOrderWithdrawal(tx, input.orderId, input.withdrawnOn);
    const charge = await lockPaidCharge(tx, found.checkout);
    const leftMinor = charge.amount_minor - (await sentBackMinor(tx, charge));
    if (input.seenLeftMinor !== leftMinor) throw new Refusal("changed_meanwhile");
    const { parts, shippingMinor, amountMinor } = withinLeft(
      input.lines.map((wish) => partOf(found, wish)),
      { shippingMinor: input.shipping ? found.standing.shippingLeftMinor : 0, leftMinor },
    );
    const { reason, withdrawnOn: countsFrom } = input;
    const actor = actorOf(caller);
    const refundCaseId = await openRefundCase(tx, { charge, checkout: found.checkout, reason, amountMinor, countsFrom, actor });
    if (!refundCaseId) throw new Refusal("nothing_to_refund");
    const lines = await keepRefundLines(tx, found, { refundCaseId, parts });
    await logOrderStep(tx, found, {
      kind: "order.refunded_lines",
      details: { pieces: parts.reduce((sum, { quantity }) => sum + quantity, 0), amountMinor, shippingMinor, currency: charge.currency },
      ...by(caller),
    });
    const isShippingRefunded = found.order.is_shipping_refunded || shippingMinor > 0;
    const isSent = found.order.sent_at === null && isAllSent(lines.map(stepLineOf));
    await changeOrder(tx, found, { is_shipping_refunded: isShippingRefunded, ...(isSent && { sent_at: await timeNow(tx) }) });
    const back = parts.filter(({ isStockBack }) => isStockBack).map(({ line, quantity }) => ({ place: line.place, quantity }));
    await putBack(tx, { ...found, lines }, { caller, lines: back, orderStatus: found.standing.orderStatus });
    if (isOver({ leftMinor: leftMinor - amountMinor, lines: lines.map(stepLineOf) }))
      await cancelIn(tx, { checkout: found.checkout, ...by(caller), reason: "refunded", refund: "none" });
  });
}

type Wish = OrderRefund["lines"][number];

function partOf(found: LockedOrder, { place, quantity, isStockBack }: Wish): RefundPart {
  const line = lineAt(found, place);
  if (quantity > refundable(stepLineOf(line))) throw new Refusal("nothing_to_refund");
  return { line, quantity, amountMinor: amountOf(line, { quantity, currency: found.checkout.currency }), isStockBack };
}

/** Never more than is left: somebody may have sent a part back in the provider's panel. */
function withinLeft(wishes: readonly RefundPart[], { shippingMinor, leftMinor }: { shippingMinor: number; leftMinor: number }) {
  let restMinor = leftMinor;
  const taken = (wantedMinor: number) => {
    const amountMinor = Math.min(wantedMinor, restMinor);
    restMinor -= amountMinor;
    return amountMinor;
  };
  const parts = wishes.map((wish) => ({ ...wish, amountMinor: taken(wish.amountMinor) }));
  return { parts, shippingMinor: taken(shippingMinor), amountMinor: leftMinor - restMinor };
}

/** All money went back, or all pieces before one of them was sent. */
function isOver({ leftMinor, lines }: { leftMinor: number; lines: readonly StepLine[] }): boolean {
  if (leftMinor === 0) return true;
  return lines.every((line) => refundable(line) === 0 && sendable(line) === 0 && line.sent === 0);
}
