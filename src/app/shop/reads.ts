import { cookies, headers } from "next/headers";
import { cache } from "react";
import { quoteCart } from "#commands/carts/quote-cart.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Cart, CartQuote } from "#contracts/shop/cart.ts";
import { productsPerPage } from "#contracts/shop/limits.ts";
import type { OrderSessionState } from "#contracts/shop/order-session.ts";
import type { StoreProduct, StoreProductPage } from "#contracts/shop/store-product.ts";
import { loadPageOfTenant, loadTermsOfTenant, type MerchantPage } from "#queries/merchant/merchant-page.ts";
import { atHost } from "#queries/merchant/served-tenant.ts";
import { loadCart } from "#queries/shop/cart.ts";
import { cartCookieName } from "#queries/shop/cart-cookie.ts";
import { loadOrderSession } from "#queries/shop/order-session-state.ts";
import { loadStoreProduct, loadStoreProducts } from "#queries/shop/products.ts";
import { type Front, loadShopFront } from "#queries/shop/shop-front.ts";

/** What a shop's pages read, once per request. It is null if there is none at this host. */

export type FoundShop = Front & { page: MerchantPage };

export const shopOf = cache(
  (slug: string): Promise<FoundShop | null> =>
    orNull(async () => {
      const front = await loadShopFront(slug);
      return { ...front, page: await loadPageOfTenant(front.tenant.id) };
    }),
);

export const shopTermsOf = cache((slug: string) => orNull(async () => loadTermsOfTenant((await loadShopFront(slug)).tenant.id)));

type Wanted = { slug: string; category: string | undefined; q: string | undefined };
/** More is shown only of a search that is too wide. */
export const pagesMax = 20;

/** The first pages of what a shop sells, and whether there are more. */
export async function productsOf({ slug, category, q }: Wanted, pages: number): Promise<{ products: StoreProduct[]; hasMore: boolean }> {
  const products: StoreProduct[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < Math.min(pages, pagesMax); page += 1) {
    const found = await orNull(() => loadStoreProducts({ shop: slug, category, q, cursor }));
    products.push(...(found?.products ?? []));
    cursor = found?.next ?? undefined;
    if (cursor === undefined) break;
  }
  return { products, hasMore: cursor !== undefined && products.length < pagesMax * productsPerPage };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const productOf = cache(
  (shop: string, productId: string): Promise<StoreProductPage | null> =>
    orNull(async () => {
      if (!uuid.test(productId)) throw new Refusal("product_unknown");
      return loadStoreProduct({ shop, productId });
    }),
);

/** The browser's cart in this shop, also one that has become an order. */
export const ownCartOf = cache(async (slug: string): Promise<Cart | null> => {
  const id = await ownCartId(slug);
  return id === null ? null : orNull(() => loadCart(id));
});

/** Without a way of delivery, or with one that the cart can take. */
export async function quoteOf(cartId: string, shippingId: string | undefined): Promise<CartQuote | null> {
  const wanted = shippingId !== undefined && uuid.test(shippingId) ? shippingId : undefined;
  const quote = await orNull(() => quoteCart({ cartId, shippingId: wanted }));
  return quote ?? (wanted === undefined ? null : orNull(() => quoteCart({ cartId, shippingId: undefined })));
}

async function ownCartId(slug: string): Promise<string | null> {
  const found = await shopOf(slug);
  const id = found && (await cookies()).get(cartCookieName(found.tenant.id))?.value;
  return id && uuid.test(id) ? id : null;
}

/** Returns null for a wrong token as for an unknown order: nobody can tell them apart. */
export const orderOf = cache(
  (orderId: string, token: string): Promise<OrderSessionState | null> => orNull(() => loadOrderSession({ orderId, token })),
);

async function orNull<Answer>(read: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await atHost((await headers()).get("host"), read);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
