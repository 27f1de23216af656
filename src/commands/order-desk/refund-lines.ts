import { sendable } from "#domain/shop/order-steps.ts";
import type { Tx } from "#platform/db.ts";
import type { OrderLineRow } from "#queries/shop/sold-session.ts";
import { stepLineOf } from "#queries/shop-desk/standing-order.ts";
import type { LockedOrder } from "./lock-order.ts";

export type RefundPart = { line: OrderLineRow; quantity: number; amountMinor: number; isStockBack: boolean };

/**
 * Which pieces a case is for. Those that wait for their parcel go first: they are never sent.
 * Returns the lines as they are now.
 */
export async function keepRefundLines(
  tx: Tx,
  found: LockedOrder,
  { refundCaseId, parts }: { refundCaseId: string; parts: readonly RefundPart[] },
): Promise<OrderLineRow[]> {
  const { tenant_id, id: order_id } = found.order;
  // A case that was withdrawn sent nothing, and may be used again.
  await tx.deleteFrom("order_refund_line").where("refund_case_id", "=", refundCaseId).execute();
  const lines = [...found.lines];
  for (const { line, quantity, amountMinor, isStockBack } of parts) {
    const refunded = line.refunded + quantity;
    const dropped = line.dropped + Math.min(quantity, sendable(stepLineOf(line)));
    await tx
      .insertInto("order_refund_line")
      .values({
        ...{ tenant_id, refund_case_id: refundCaseId, order_id, place: line.place, quantity },
        ...{ amount_minor: amountMinor, is_stock_back: isStockBack },
      })
      .execute();
    await tx
      .updateTable("order_line")
      .set({ refunded, dropped })
      .where("order_id", "=", order_id)
      .where("place", "=", line.place)
      .execute();
    lines[lines.indexOf(line)] = { ...line, refunded, dropped };
  }
  return lines;
}
