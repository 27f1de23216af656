import { Refusal } from "#contracts/problem.ts";
import type { StandingOrder } from "#domain/shop/order-steps.ts";
import type { Tx } from "#platform/db.ts";
import { type OrderRows, readOrder } from "#queries/shop-desk/standing-order.ts";
import { lockCheckout } from "../checkouts/move-checkout.ts";

export type LockedOrder = OrderRows & { standing: StandingOrder };

/**
 * All changes of an order wait for its checkout, so nothing else of it needs a lock. Refuses:
 * order_unknown.
 */
export async function lockOrder(tx: Tx, id: string): Promise<LockedOrder> {
  if (!(await lockCheckout(tx, id))) throw new Refusal("order_unknown");
  return readOrder(tx, id);
}

/** Refuses: changed_meanwhile, if the person has decided by another state than this. */
export function requireSeen({ order }: LockedOrder, version: number | undefined): void {
  if (version !== undefined && version !== order.version) throw new Refusal("changed_meanwhile");
}

type Change = Partial<{
  packed_at: Date | null;
  sent_at: Date | null;
  delivered_at: Date | null;
  carrier: string | null;
  tracking_number: string | null;
  tracking_url: string | null;
  is_shipping_refunded: boolean;
}>;

/** Every change makes a new version, so that nobody decides by an old page. */
export async function changeOrder(tx: Tx, { order }: LockedOrder, change: Change): Promise<void> {
  await tx
    .updateTable("shop_order")
    .set((row) => ({ ...change, version: row("version", "+", 1) }))
    .where("id", "=", order.id)
    .execute();
}
