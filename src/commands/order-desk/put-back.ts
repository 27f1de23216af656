import { Refusal } from "#contracts/problem.ts";
import type { OrderStatus } from "#contracts/shop/order.ts";
import type { OrderPieces } from "#contracts/shop-desk/order.ts";
import { returnable } from "#domain/shop/order-steps.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { stepLineOf } from "#queries/shop-desk/standing-order.ts";
import { changeStock } from "../claims/change-stock.ts";
import { changeOrder, type LockedOrder, lockOrder } from "./lock-order.ts";
import { by, type DeskCaller, logOrderStep } from "./log-order-step.ts";
import { lineAt } from "./order-lines.ts";

type Returning = { caller: DeskCaller; input: { orderId: string; lines: readonly OrderPieces[] } };

/**
 * Pieces that came back later can be sold again. Refuses: order_unknown, invalid_request,
 * order_not_movable (more than their money went back for, or they are in stock already).
 */
export async function returnToStock({ caller, input: { orderId, lines } }: Returning): Promise<void> {
  await inTenant(caller.tenantId, async (tx) => {
    const found = await lockOrder(tx, orderId);
    await putBack(tx, found, { caller, lines, orderStatus: found.standing.orderStatus });
    await changeOrder(tx, found, {});
  });
}

type Pieces = { caller: DeskCaller; lines: readonly OrderPieces[]; orderStatus: OrderStatus };

/** In the caller's transaction, with the lines as they are now. */
export async function putBack(tx: Tx, found: LockedOrder, { caller, lines, orderStatus }: Pieces): Promise<void> {
  if (lines.length === 0) return;
  const parts = lines.map(({ place, quantity }) => ({ line: lineAt(found, place), quantity }));
  for (const { line, quantity } of parts) {
    if (quantity > returnable(orderStatus, stepLineOf(line))) throw new Refusal("order_not_movable");
    await tx
      .updateTable("order_line")
      .set({ stock_back: line.stock_back + quantity })
      .where("order_id", "=", found.order.id)
      .where("place", "=", line.place)
      .execute();
  }
  const { tenant_id: tenantId, id: checkoutId } = found.order;
  const inOrder = parts.toSorted((a, b) => (a.line.variant_id < b.line.variant_id ? -1 : 1));
  for (const { line, quantity } of inOrder)
    await changeStock(tx, { tenantId, variantId: line.variant_id, quantity, reason: "returned", checkoutId, ...by(caller) });
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  await logOrderStep(tx, found, { kind: "order.stock_back", details: { pieces }, ...by(caller) });
}
