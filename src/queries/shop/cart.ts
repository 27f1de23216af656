import { Refusal } from "#contracts/problem.ts";
import type { Cart, CartChange, CartTotals } from "#contracts/shop/cart.ts";
import { type PricedCart, priceCart } from "#domain/shop/priced-cart.ts";
import type { Shipping, Totals } from "#domain/shop/totals.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { readStoredCart, type ShownLine, type StoredCart } from "./stored-cart.ts";
import { tenantOfCart } from "./tenant-of-cart.ts";

export type Priced = PricedCart<ShownLine>;

/** With the prices and the stock of this moment. Refuses: cart_unknown. */
export async function loadCart(cartId: string): Promise<Cart> {
  return inTenant(await tenantOfCart(cartId), (tx) => readCart(tx, cartId));
}

/** Refuses: cart_unknown. */
export async function readCart(tx: Tx, cartId: string): Promise<Cart> {
  const stored = await readStoredCart(tx, cartId);
  if (!stored) throw new Refusal("cart_unknown");
  return cartOf(stored, priced(stored, null));
}

export function priced({ head, lines, discount }: StoredCart, shipping: Shipping): Priced {
  return priceCart({ lines, discount, currency: head.currency, now: new Date(databaseNow()), shipping });
}

export function cartOf({ head, discount }: StoredCart, cart: Priced): Cart {
  const { id, shop, userId, currency, discountCode, paying, order } = head;
  return {
    id,
    shop,
    userId,
    lines: cart.lines.map(lineOf),
    changes: changesOf(cart),
    discount:
      discountCode === null
        ? null
        : {
            code: discount?.code ?? discountCode,
            percent: discount?.percent ?? null,
            amountMinor: discount?.amountMinor ?? null,
            minimumMinor: discount?.minimumMinor ?? null,
            problem: cart.discountProblem,
          },
    totals: shownTotals(cart.totals, currency),
    needsShipping: cart.needsShipping,
    paying: paying && { ...paying, expiresAt: paying.expiresAt.toISOString() },
    order,
  };
}

export function shownTotals(totals: Totals, currency: string): CartTotals {
  const { lines: _, shippingTaxMinor: __, ...shown } = totals;
  return { currency, ...shown };
}

function lineOf(line: Priced["lines"][number]): Cart["lines"][number] {
  const { seenPriceMinor: _, weightGrams: __, perOrderMax: ___, free: ____, isSold: _____, translations, ...shown } = line;
  const titles = Object.entries(translations).map(([language, words]) => [language, { title: words.title }] as const);
  return { ...shown, translations: Object.fromEntries(titles) };
}

function changesOf({ lines, gone }: Priced): CartChange[] {
  const named = ({ variantId, productTitle, variantTitle }: ShownLine) => ({ variantId, productTitle, variantTitle });
  return [
    ...gone.map((line) => ({ kind: "gone" as const, ...named(line) })),
    ...lines
      .filter(({ free, quantity }) => free !== null && free < quantity)
      .map((line) => ({ kind: "stock" as const, ...named(line), wanted: line.quantity, available: Math.max(0, line.free ?? 0) })),
    ...lines
      .filter(({ seenPriceMinor, unitPriceMinor }) => seenPriceMinor !== unitPriceMinor)
      .map((line) => ({ kind: "price" as const, ...named(line), beforeMinor: line.seenPriceMinor, nowMinor: line.unitPriceMinor })),
  ];
}
