import { withQuery } from "#app/book/address.ts";

export type ShopParams = Promise<{ tenant: string }>;
export type OwnOrder = { id: string; token: string };

export const shopAddress = (slug: string): string => `/shop/${encodeURIComponent(slug)}`;
export const cartAddress = (slug: string): string => `${shopAddress(slug)}/cart`;
export const checkoutAddress = (slug: string): string => `${shopAddress(slug)}/checkout`;
export const shopTermsAddress = (slug: string): string => `${shopAddress(slug)}/terms`;

/** `variant`: the one that is chosen when the page opens. */
export function productAddress(slug: string, id: string, variant?: string): string {
  return withQuery(`${shopAddress(slug)}/products/${id}`, { variant });
}

export function orderAddress({ id, token }: OwnOrder): string {
  return withQuery(`/order/confirmed/${id}`, { token });
}

export function receiptAddress({ id, token }: OwnOrder): string {
  return withQuery(`/order/confirmed/${id}/receipt`, { token });
}

/** As a tab keeps the campaign that led to a shop. No link's slug has a stroke. */
export const campaignOfShop = (slug: string): string => `shop/${slug}`;
