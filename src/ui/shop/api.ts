import type { Campaign } from "#contracts/links/campaign.ts";
import type { Cart, CartQuote } from "#contracts/shop/cart.ts";
import type { OrderAnswer, OrderSessionState } from "#contracts/shop/order-session.ts";
import { ApiProblem, call } from "../api.ts";
import { doCookiesWork } from "../cookies-work.ts";
import type { PaymentChoice } from "../wizard/use-offer.ts";

/** A shop's pages' only way to the API. */

export type OrderRequestBody = PaymentChoice & {
  customer: { name: string; email: string; phone: string };
  acceptedTerms: true;
  address?: Record<"firstName" | "lastName" | "address" | "city" | "country", string> &
    Record<"region" | "postalCode", string | null> & { phone?: string };
  shipping?: string;
  locale: "es" | "en" | "fr" | "pt";
  note?: string;
  campaign?: Campaign;
  seen: { totalMinor: number; lines: { variantId: string; quantity: number; unitPriceMinor: number }[] };
};
type OwnOrder = { id: string; token: string };

/** The browser's living cart of this shop, or a new one. */
export function postCart(shop: string): Promise<Cart> {
  if (!doCookiesWork()) return Promise.reject(new ApiProblem("cookies_refused"));
  return call("POST", "/store/carts", { body: { shop }, headers: { "x-cookie-probe": "set" } });
}

export function putCartLine(cartId: string, variantId: string, quantity: number): Promise<Cart> {
  return call("PUT", `${cartAddress(cartId)}/lines/${encodeURIComponent(variantId)}`, { body: { quantity } });
}

export function putCartCode(cartId: string, code: string): Promise<Cart> {
  return call("PUT", `${cartAddress(cartId)}/discount`, { body: { code } });
}

export function deleteCartCode(cartId: string): Promise<Cart> {
  return call("DELETE", `${cartAddress(cartId)}/discount`);
}

export function getCartQuote(cartId: string, shipping: string | null): Promise<CartQuote> {
  return call("GET", `${cartAddress(cartId)}/totals${shipping ? `?${new URLSearchParams({ shipping })}` : ""}`);
}

export function postCheckout(cartId: string, body: OrderRequestBody, idempotencyKey: string): Promise<OrderAnswer> {
  return call("POST", `${cartAddress(cartId)}/checkout`, { body, idempotencyKey });
}

export function getOrderState(order: OwnOrder): Promise<OrderSessionState> {
  return call("GET", orderAddress(order));
}

export function postOrderPayment(order: OwnOrder, body: PaymentChoice, idempotencyKey: string): Promise<OrderAnswer> {
  return call("POST", orderAddress(order, "/payments"), { body, idempotencyKey });
}

/** The customer gives up: the stock is free at once. */
export function cancelOrder(order: OwnOrder): Promise<OrderSessionState> {
  return call("POST", orderAddress(order, "/cancel"));
}

export const orderEventsAddress = (order: OwnOrder): string => orderAddress(order, "/events");

const cartAddress = (id: string): string => `/store/carts/${encodeURIComponent(id)}`;

function orderAddress({ id, token }: OwnOrder, part = ""): string {
  return `/store/order-sessions/${encodeURIComponent(id)}${part}?${new URLSearchParams({ token })}`;
}
