import { Refusal } from "#contracts/problem.ts";
import type { Cart, CartSeen } from "#contracts/shop/cart.ts";
import type { Address, OrderRequest, SoldShipping } from "#contracts/shop/order-session.ts";
import { isBeyondSums } from "#domain/shop/limits.ts";
import { isOverLimit } from "#domain/shop/priced-cart.ts";
import type { Shipping } from "#domain/shop/totals.ts";
import type { Tx } from "#platform/db.ts";
import { cartOf, type Priced, priced } from "#queries/shop/cart.ts";
import type { MerchantWords } from "#queries/shop/merchant-words.ts";
import { readShippingOptions, type ShippingRow } from "#queries/shop/shipping.ts";
import type { StoredCart } from "#queries/shop/stored-cart.ts";
import { chosenShipping } from "./quote-cart.ts";
import { refusalOf } from "./set-discount.ts";
import { storedAddress } from "./stored-address.ts";

type Given = { stored: StoredCart; linesMax: number; request: OrderRequest; customer: { phone: string }; locale: string };
export type Ready = { cart: Priced; shipping: SoldShipping | null; address: Address | null; merchantWords: MerchantWords };

/**
 * The cart at its prices of now, with everything that its delivery needs, and as the customer saw
 * it. Refuses: cart_empty, quantity_limit, each reason of a discount, shipping_required,
 * shipping_unknown, too_heavy, address_required, phone_invalid, cart_changed (with the cart).
 */
export async function requireReady(tx: Tx, { stored, linesMax, request, customer, locale }: Given): Promise<Ready> {
  const goods = priced(stored, null);
  const { lines, discountProblem, needsShipping } = goods;
  // What is gone is told first: the customer saw something that is no more.
  if (lines.length === 0) throw goods.gone.length > 0 ? changed(stored, goods) : new Refusal("cart_empty");
  if (lines.length > linesMax || isBeyondSums(lines) || lines.some((line) => isOverLimit(line, lines))) throw new Refusal("quantity_limit");
  const { tenantId } = stored.head;
  if (discountProblem !== null) throw refusalOf(discountProblem, { tenantId, discountId: stored.discount?.id ?? null });
  const chosen = needsShipping ? await requireShipping(tx, stored, request) : null;
  const address = chosen === null || chosen.option.kind === "pickup" ? null : requireAddress(request, customer);
  const cart = chosen ? priced(stored, chosen.shipping) : goods;
  if (!isAsSeen(cart, request.seen)) throw changed(stored, goods);
  const shipping = chosen && soldShippingOf(chosen.option, { cart, locale });
  return { cart, shipping, address, merchantWords: { titles: titlesUnread(cart, locale), shipping: chosen?.option.name ?? null } };
}

async function requireShipping(
  tx: Tx,
  stored: StoredCart,
  { shipping }: OrderRequest,
): Promise<{ option: ShippingRow; shipping: NonNullable<Shipping> }> {
  if (shipping === undefined) throw new Refusal("shipping_required");
  return chosenShipping(await readShippingOptions(tx, stored.head.currency), shipping, stored);
}

function requireAddress({ address }: OrderRequest, customer: { phone: string }): Address {
  if (!address) throw new Refusal("address_required");
  return storedAddress(address, customer);
}

/** The sum, and each line's pieces and price. The order of the lines says nothing. */
function isAsSeen({ lines, totals }: Priced, seen: CartSeen): boolean {
  const key = (line: { variantId: string; quantity: number; unitPriceMinor: number }) =>
    `${line.variantId.toLowerCase()} ${line.quantity} ${line.unitPriceMinor}`;
  const now = lines.map(key).toSorted();
  const then = seen.lines.map(key).toSorted();
  return totals.totalMinor === seen.totalMinor && now.length === then.length && now.every((line, index) => line === then[index]);
}

function changed(stored: StoredCart, goods: Priced): Refusal {
  const cart: Cart = cartOf(stored, goods);
  return new Refusal("cart_changed", undefined, undefined, { cart });
}

/** The merchant's titles of what the customer read in another language, by variant. */
function titlesUnread({ lines }: Priced, locale: string): MerchantWords["titles"] {
  const translated = lines.filter(({ translations }) => Object.keys(translations).includes(locale));
  return Object.fromEntries(translated.map(({ variantId, productTitle }) => [variantId, productTitle]));
}

/** As it was chosen, in the customer's language. */
function soldShippingOf(option: ShippingRow, { cart, locale }: { cart: Priced; locale: string }): SoldShipping {
  const { id, kind, daysMin, daysMax, place } = option;
  const name = Object.entries(option.translations).find(([language]) => language === locale)?.[1].name ?? option.name;
  return { id, kind, name, daysMin, daysMax, place, taxMinor: cart.totals.shippingTaxMinor };
}
