import { sql } from "kysely";
import type { SoldShipping } from "#contracts/shop/order-session.ts";
import type { OrderLineRow } from "./sold-session.ts";

/**
 * An order keeps the words that its customer read. Where those were of another language than the
 * merchant's, its session's snapshot keeps the merchant's own beside them, for those who pack.
 */
export type MerchantWords = { titles: Record<string, string>; shipping: string | null };

export type InMerchantsWords = {
  titleOf(line: Pick<OrderLineRow, "variant_id" | "product_title">): string;
  shippingOf<Shipping extends SoldShipping>(shipping: Shipping): Shipping;
};

export function inMerchantsWords({ snapshot }: { snapshot: unknown }): InMerchantsWords {
  const kept: Partial<MerchantWords> = Object(Reflect.get(Object(snapshot), "merchant"));
  return {
    titleOf: ({ variant_id, product_title }) => kept.titles?.[variant_id] ?? product_title,
    shippingOf: (shipping) => ({ ...shipping, name: kept.shipping ?? shipping.name }),
  };
}

/** The same in SQL, for the session `s` and its line `l`. */
export const titleInMerchantsWords = sql`coalesce(s.snapshot #>> array['merchant', 'titles', l.variant_id::text], l.product_title)`;
export const shippingInMerchantsWords = sql`coalesce(s.snapshot #>> '{merchant,shipping}', s.shipping ->> 'name')`;
