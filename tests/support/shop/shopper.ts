import type { Problem } from "#contracts/problem.ts";
import type { Cart, CartQuote } from "#contracts/shop/cart.ts";
import type { OrderAnswer, OrderSessionState } from "#contracts/shop/order-session.ts";
import { paysAt, type Reply } from "../customer.ts";
import { testedProvider } from "../payers/tested-provider.ts";
import type { Place } from "../world.ts";
import type { Shop } from "./shop.ts";

type At = Pick<Place, "appUrl">;
export type Answer<T> = Reply<T & Omit<Problem, "status" | "lines" | "cart"> & { problem: Problem }>;
type Asking = { method?: string; body?: unknown; headers?: Record<string, string> };

/** A refusal's body is both the answer and `problem`, so that tests can name its parts. */
export async function ask<T>(world: At, path: string, { method = "GET", body, headers = {} }: Asking = {}): Promise<Answer<T>> {
  const given = body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } };
  const answer = await fetch(`${world.appUrl}${path}`, { method, headers, ...given });
  const text = await answer.text();
  const parsed = text.startsWith("{") ? JSON.parse(text) : {};
  return { status: answer.status, body: { ...parsed, problem: parsed } };
}

export const newCart = (world: At, shop: Shop, given: { userId?: string } = {}) =>
  ask<Cart>(world, "/store/carts", { method: "POST", body: { shop: shop.slug, ...given } });
export const readCart = (world: At, cartId: string) => ask<Cart>(world, `/store/carts/${cartId}`);
export const put = (world: At, cartId: string, variantId: string, quantity = 1) =>
  ask<Cart>(world, `/store/carts/${cartId}/lines/${variantId}`, { method: "PUT", body: { quantity } });
export const enterCode = (world: At, cartId: string, code: string) =>
  ask<Cart>(world, `/store/carts/${cartId}/discount`, { method: "PUT", body: { code } });
export const leaveCode = (world: At, cartId: string) => ask<Cart>(world, `/store/carts/${cartId}/discount`, { method: "DELETE" });
export const quote = (world: At, cartId: string, shipping?: string) =>
  ask<CartQuote>(world, `/store/carts/${cartId}/totals${shipping ? `?shipping=${shipping}` : ""}`);

/** A cart with these lines. */
export async function fill(world: At, shop: Shop, lines: Record<string, number>): Promise<string> {
  const { body: cart } = await newCart(world, shop);
  for (const [variantId, quantity] of Object.entries(lines)) {
    const answer = await put(world, cart.id, variantId, quantity);
    if (answer.status !== 200) throw new Error(`a line was answered ${answer.status} ${answer.body.code}`);
  }
  return cart.id;
}

export const buyer = { name: "Ana María Pérez", email: "ana@example.com", phone: "300 123 4567" };
export const home = { firstName: "Ana María", lastName: "Pérez", address: "Carrera 7 # 71-21, apto 402", city: "Bogotá", country: "CO" };

export type CheckoutWish = {
  shipping?: string;
  email?: string;
  address?: object | null;
  provider?: string;
  /** Instead of what the quote shows now. */
  seen?: object;
  key?: string;
  more?: object;
};

/** What a page would send that has just shown the quote. */
export async function orderBody(world: At, shop: Shop, cartId: string, wish: CheckoutWish = {}) {
  const { body: shown } = await quote(world, cartId, wish.shipping);
  const lines = shown.cart?.lines.map(({ variantId, quantity, unitPriceMinor }) => ({ variantId, quantity, unitPriceMinor }));
  const { provider = shop.provider.id, address = home } = wish;
  return {
    customer: { ...buyer, email: wish.email ?? `customer@${shop.link}.example` },
    acceptedTerms: true,
    ...(address && { address }),
    ...(wish.shipping && { shipping: wish.shipping }),
    ...paysAt(provider),
    seen: wish.seen ?? { totalMinor: shown.totals?.totalMinor, lines },
    ...wish.more,
  };
}

export async function checkOut(world: At, shop: Shop, cartId: string, wish: CheckoutWish = {}): Promise<Answer<OrderAnswer>> {
  return sendOrder(world, cartId, await orderBody(world, shop, cartId, wish), wish.key);
}

export const sendOrder = (world: At, cartId: string, body: object, key?: string) =>
  ask<OrderAnswer>(world, `/store/carts/${cartId}/checkout`, { method: "POST", body, headers: key ? { "idempotency-key": key } : {} });

type Own = { id: string; token: string };
export const orderState = async (world: At, { id, token }: Own): Promise<OrderSessionState> =>
  (await ask<OrderSessionState>(world, `/store/order-sessions/${id}?token=${token}`)).body;
export const payAgain = (world: At, { id, token }: Own, provider = testedProvider.id) =>
  ask<OrderAnswer>(world, `/store/order-sessions/${id}/payments?token=${token}`, { method: "POST", body: paysAt(provider) });
export const giveUp = (world: At, { id, token }: Own) =>
  ask<OrderSessionState>(world, `/store/order-sessions/${id}/cancel?token=${token}`, { method: "POST" });
