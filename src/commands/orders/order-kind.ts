import type { Actor } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { followUps } from "#domain/follow-ups.ts";
import type { Tx } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { claimStockAgain, isStockClaimAlive, keepStockClaim, letStockGo } from "../claims/stock-claims.ts";
import { insertOrderNote } from "./insert-note.ts";
import { orderPart } from "./order-part.ts";

/** What the engine must know about an order session, and the order that it becomes. */
export const orderKind = {
  capacity: "stock" as const,
  followUps: {
    created: followUps["order.created"],
    paid: followUps["order.paid"],
    confirmed: followUps["order.confirmed"],
    expired: followUps["order.expired"],
    failed: followUps["order.failed"],
    cancelled: followUps["order.cancelled"],
  },
  /** Refuses: checkout_closed. */
  async requireAvailable(tx: Tx, checkout: CheckoutRow) {
    if (!(await isStockClaimAlive(tx, checkout))) throw new Refusal("checkout_closed");
  },
  isClaimAlive: isStockClaimAlive,
  claimAgain: claimStockAgain,
  keepClaim: keepStockClaim,
  letGo: letStockGo,
  requireCancellable,
  backByTerms: async () => null,
  nextDue: async () => null,
  purchaseOf: async (_: Tx, { id }: CheckoutRow) => id,
  reversedPart: async () => null,
  keepNote: (tx: Tx, { tenant_id: tenantId, id: orderId }: CheckoutRow, note: { text: string; actor: Actor }) =>
    insertOrderNote(tx, { tenantId, orderId, ...note }),
  /** The order is made in the transaction of its payment. */
  async isReady(tx: Tx, { id }: CheckoutRow) {
    const order = await tx.selectFrom("shop_order").select("id").where("id", "=", id).executeTakeFirst();
    return order !== undefined;
  },
  callbackPart: orderPart,
};

/** What is on its way comes back by a refund of its lines. Refuses: order_not_movable. */
async function requireCancellable(tx: Tx, { id }: CheckoutRow): Promise<void> {
  const order = await tx.selectFrom("shop_order").select(["sent_at", "delivered_at"]).where("id", "=", id).executeTakeFirst();
  if (order && (order.sent_at !== null || order.delivered_at !== null)) throw new Refusal("order_not_movable");
}
