import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { answerOnce, ownerOf } from "#commands/answer-once.ts";
import { createCart } from "#commands/carts/create-cart.ts";
import { quoteCart } from "#commands/carts/quote-cart.ts";
import { removeCartDiscount, setCartDiscount } from "#commands/carts/set-discount.ts";
import { setCartLine } from "#commands/carts/set-line.ts";
import type { storeOperations } from "#contracts/operations/shop/store.ts";
import { env } from "#platform/env.ts";
import { loadCart } from "#queries/shop/cart.ts";
import { cartCookieDays, cartCookieName } from "#queries/shop/cart-cookie.ts";
import { loadStoreProduct, loadStoreProducts } from "#queries/shop/products.ts";
import { loadShopFront } from "#queries/shop/shop-front.ts";
import type { HandlersOf } from "../route.ts";

/** What a shop sells, and the cart. */
export const storeHandlers: HandlersOf<typeof storeOperations> = {
  listStoreProducts: ({ input: { query } }) => loadStoreProducts(query),

  getStoreProduct: ({ input: { params, query } }) => loadStoreProduct({ shop: query.shop, productId: params.id }),

  async createCart({ caller, input: { body }, key, c }) {
    const { tenant } = await loadShopFront(body.shop);
    const known = caller.isBrowser ? knownCart(c, tenant.id) : null;
    const create = async () => (await createCart({ caller, input: { ...body, known } })).cart;
    const once = { tenantId: tenant.id, makes: "cart", owner: ownerOf(caller), request: body } as const;
    const cart = key === null ? await create() : await answerOnce({ ...once, key }, create);
    if (caller.isBrowser) keepCart(c, { tenantId: tenant.id, cartId: cart.id });
    return cart;
  },

  getCart: ({ input: { params } }) => loadCart(params.id),

  setCartLine: ({ caller, input: { params, body } }) =>
    setCartLine({ caller, input: { cartId: params.id, variantId: params.variantId, quantity: body.quantity } }),

  setCartDiscount: ({ caller, input: { params, body } }) => setCartDiscount({ caller, input: { cartId: params.id, code: body.code } }),

  removeCartDiscount: ({ caller, input: { params } }) => removeCartDiscount({ caller, input: { cartId: params.id } }),

  getCartTotals: ({ input: { params, query } }) => quoteCart({ cartId: params.id, shippingId: query.shipping }),
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function knownCart(c: Context, tenantId: string): string | null {
  const id = getCookie(c, cartCookieName(tenantId));
  return id !== undefined && uuid.test(id) ? id : null;
}

function keepCart(c: Context, { tenantId, cartId }: { tenantId: string; cartId: string }): void {
  setCookie(c, cartCookieName(tenantId), cartId, {
    httpOnly: true,
    sameSite: "Lax",
    secure: env().APP_URL.startsWith("https:"),
    path: "/",
    maxAge: cartCookieDays * 86_400,
  });
}
