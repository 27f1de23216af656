import type { Customer } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Cart, NewCart } from "#contracts/shop/cart.ts";
import { inTenant } from "#platform/db.ts";
import { cartOf, priced } from "#queries/shop/cart.ts";
import { loadShopFront } from "#queries/shop/shop-front.ts";
import { readStoredCart } from "#queries/shop/stored-cart.ts";

/** `known`: the cart of this shop that the browser has already. */
type Creating = { caller: Customer; input: NewCart & { known: string | null } };

/** A browser that has a living cart of the shop gets that one. Refuses: not_found, shop_closed. */
export async function createCart({ input }: Creating): Promise<{ tenantId: string; cart: Cart }> {
  const { tenant, shop } = await loadShopFront(input.shop);
  const cart = await inTenant(tenant.id, async (tx) => {
    const known = input.known === null ? null : await readStoredCart(tx, input.known);
    if (known && known.head.order === null) return cartOf(known, priced(known, null));
    const own = await tx.selectFrom("shop").select("is_open").executeTakeFirst();
    if (!own?.is_open) throw new Refusal("shop_closed");
    const { id } = await tx
      .insertInto("cart")
      .values({ tenant_id: tenant.id, currency: shop.currency, user_id: input.userId ?? null })
      .returning("id")
      .executeTakeFirstOrThrow();
    return emptyCart({ id, shop: shop.slug, currency: shop.currency, userId: input.userId ?? null });
  });
  return { tenantId: tenant.id, cart };
}

function emptyCart({ currency, ...head }: Pick<Cart, "id" | "shop" | "userId"> & { currency: string }): Cart {
  const totals = { subTotalMinor: 0, discountMinor: 0, taxAddedMinor: 0, shippingMinor: 0, taxMinor: 0, totalMinor: 0 };
  return {
    ...head,
    lines: [],
    changes: [],
    discount: null,
    totals: { currency, ...totals },
    needsShipping: false,
    paying: null,
    order: null,
  };
}
