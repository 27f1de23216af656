import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import type { Cart } from "#contracts/shop/cart.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { readCart } from "#queries/shop/cart.ts";
import { lockCart, readStoredCart, type StoredCart } from "#queries/shop/stored-cart.ts";
import { tenantOfCart } from "#queries/shop/tenant-of-cart.ts";

/**
 * One change at a time of a cart that has become no order yet. What is being paid for it is frozen
 * and stays as it is. Refuses: cart_unknown, cart_finished, and as `change` does.
 */
export async function changeCart(cartId: string, change: (tx: Tx, cart: StoredCart) => Promise<void>): Promise<Cart> {
  return inTenant(await tenantOfCart(cartId), async (tx) => {
    await change(tx, await lockOpenCart(tx, cartId));
    await tx.updateTable("cart").set({ updated_at: sql`now()` }).where("id", "=", cartId).execute();
    return readCart(tx, cartId);
  });
}

/** Refuses: cart_unknown, cart_finished. */
export async function lockOpenCart(tx: Tx, cartId: string): Promise<StoredCart> {
  const cart = (await lockCart(tx, cartId)) ? await readStoredCart(tx, cartId) : null;
  if (!cart) throw new Refusal("cart_unknown");
  if (cart.head.order !== null) throw new Refusal("cart_finished");
  return cart;
}
