import { Refusal } from "#contracts/problem.ts";
import type { CartQuote, ShippingChoice } from "#contracts/shop/cart.ts";
import { inTenant } from "#platform/db.ts";
import { cartOf, priced, shownTotals } from "#queries/shop/cart.ts";
import { deliveryMinor, readShippingOptions, type ShippingRow, shippingFor } from "#queries/shop/shipping.ts";
import { loadShopOfTenant } from "#queries/shop/shop-front.ts";
import { readStoredCart, type StoredCart } from "#queries/shop/stored-cart.ts";
import { tenantOfCart } from "#queries/shop/tenant-of-cart.ts";
import { fittingOffers } from "../payments/payment-offers.ts";

type Asked = { cartId: string; shippingId: string | undefined };

/**
 * What a page shows before the last click: a read, here because it asks what the providers can do.
 * Refuses: cart_unknown, shipping_unknown, too_heavy.
 */
export async function quoteCart({ cartId, shippingId }: Asked): Promise<CartQuote> {
  const tenantId = await tenantOfCart(cartId);
  const { shop, connections } = await loadShopOfTenant(tenantId);
  const { stored, options } = await inTenant(tenantId, async (tx) => {
    const found = await readStoredCart(tx, cartId);
    if (!found) throw new Refusal("cart_unknown");
    return { stored: found, options: await readShippingOptions(tx, found.head.currency) };
  });
  const { currency } = stored.head;
  const goods = priced(stored, null);
  const chosen = shippingId === undefined ? null : chosenShipping(options, shippingId, stored);
  const withDelivery = goods.needsShipping && chosen ? priced(stored, chosen.shipping) : goods;
  const totals = shownTotals(withDelivery.totals, currency);
  const wish = { amountMinor: totals.totalMinor, currency, country: shop.country, pageMinutes: shop.holdMinutes };
  const goodsMinor = goods.totals.subTotalMinor - goods.totals.discountMinor;
  return {
    cart: cartOf(stored, goods),
    shop,
    shippingOptions: goods.needsShipping ? options.map((option) => choiceOf(option, { stored, goodsMinor })) : [],
    shipping: goods.needsShipping ? (chosen?.option.id ?? null) : null,
    totals,
    payments: totals.totalMinor === 0 ? [] : fittingOffers(connections, wish),
  };
}

/** Refuses: shipping_unknown, too_heavy. */
export function chosenShipping(options: readonly ShippingRow[], id: string, { lines }: Pick<StoredCart, "lines">) {
  const option = options.find((each) => each.id === id);
  if (!option) throw new Refusal("shipping_unknown");
  const shipping = shippingFor(option, lines);
  if (shipping === "too_heavy") throw new Refusal("too_heavy");
  return { option, shipping };
}

type Goods = { stored: StoredCart; goodsMinor: number };

function choiceOf(option: ShippingRow, { stored, goodsMinor }: Goods): ShippingChoice {
  const { id, kind, name, translations, freeFromMinor, daysMin, daysMax, place } = option;
  const shipping = shippingFor(option, stored.lines);
  const isTooHeavy = shipping === "too_heavy";
  const priceMinor = isTooHeavy ? null : deliveryMinor(shipping, { goodsMinor, currency: stored.head.currency });
  return { id, kind, name, translations, priceMinor, problem: isTooHeavy ? shipping : null, freeFromMinor, daysMin, daysMax, place };
}
