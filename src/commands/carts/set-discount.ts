import type { Customer } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Cart } from "#contracts/shop/cart.ts";
import type { CartProblem } from "#domain/shop/priced-cart.ts";
import type { Tx } from "#platform/db.ts";
import { priced } from "#queries/shop/cart.ts";
import { readDiscount, type StoredCart } from "#queries/shop/stored-cart.ts";
import { askingIfStockTaken, StockTaken } from "../claims/take-stock.ts";
import { changeCart } from "./change-cart.ts";

type Setting = { caller: Customer; input: { cartId: string; code: string } };

/**
 * One code at a time. Whether it may still be used is decided when the cart is checked out.
 * Refuses: cart_unknown, cart_finished, and with each reason for which it takes nothing off now.
 */
export function setCartDiscount({ input: { cartId, code } }: Setting): Promise<Cart> {
  const change = async (tx: Tx, cart: StoredCart) => {
    const discount = await readDiscount(tx, code, cart.head.checkoutId);
    if (!discount) throw new Refusal("discount_unknown");
    const { discountProblem } = priced({ ...cart, discount }, null);
    if (discountProblem !== null) throw refusalOf(discountProblem, { tenantId: cart.head.tenantId, discountId: discount.id });
    await tx.updateTable("cart").set({ discount_code: discount.code }).where("id", "=", cartId).execute();
  };
  return askingIfStockTaken(() => changeCart(cartId, change));
}

/** Of a code whose uses others have, their providers are asked. */
export function refusalOf(problem: CartProblem, { tenantId, discountId }: { tenantId: string; discountId: string | null }): Refusal {
  return problem === "discount_used_up" ? new StockTaken(problem, { tenantId, variantIds: [], discountId }) : new Refusal(problem);
}

/** Refuses: cart_unknown, cart_finished. */
export function removeCartDiscount({ input: { cartId } }: { caller: Customer; input: { cartId: string } }): Promise<Cart> {
  return changeCart(cartId, async (tx) => {
    await tx.updateTable("cart").set({ discount_code: null }).where("id", "=", cartId).execute();
  });
}
