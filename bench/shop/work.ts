import { randomUUID } from "node:crypto";
import type { Request } from "../http-load.ts";
import type { PaidBooking } from "../settle.ts";
import type { Stage } from "../stage.ts";
import { fromSomebody } from "../work.ts";
import { type BenchCart, type BenchShop, priceMinor } from "./fill.ts";

export const totalMinor = ({ lines }: BenchCart): number => lines.length * priceMinor;
let serial = 0;

/** What the checkout page sends. */
export function checkoutOf(cart: BenchCart): Request {
  serial += 1;
  const body = {
    customer: { name: "Ana Pérez", email: `ana${serial}@example.com`, phone: "300 123 4567" },
    acceptedTerms: true,
    provider: "wompi",
    seen: { totalMinor: totalMinor(cart), lines: cart.lines.map((line) => ({ ...line, unitPriceMinor: priceMinor })) },
  };
  return { method: "POST", path: `/store/carts/${cart.cartId}/checkout`, headers: fromSomebody(), body: JSON.stringify(body) };
}

export type Paying = { provider?: string; connectionOf?: (shop: BenchShop) => string };
export type PayingOrder = PaidBooking & { id: string; serial: number };

/** Order sessions of two lines on the payment page, ready to be settled as approved. */
export async function makePayingOrders(
  { owner }: Stage,
  shops: readonly BenchShop[],
  count: number,
  paying: Paying = {},
): Promise<PayingOrder[]> {
  const { provider = "wompi", connectionOf = ({ connectionId }) => connectionId } = paying;
  const made = Array.from({ length: count }, (_, n) => {
    const shop = shops[n % shops.length];
    if (!shop) throw new Error("no shop");
    serial += 1;
    const at = Math.floor(Math.random() * shop.variants.length);
    const variants = [shop.variants[at] ?? "", shop.variants[(at + 7) % shop.variants.length] ?? ""] as const;
    const reference = `KF-BENCH9${serial}`;
    return {
      tenantId: shop.tenantId,
      connectionId: connectionOf(shop),
      id: randomUUID(),
      paymentId: randomUUID(),
      reference,
      chargeId: `o-${serial}`,
      serial: Number(`9${serial}`),
      variants,
    };
  });
  await owner.query(insertPaying, [
    made.map(({ tenantId }) => tenantId),
    made.map(({ id }) => id),
    made.map(({ paymentId }) => paymentId),
    made.map(({ reference }) => reference),
    made.map(({ connectionId }) => connectionId),
    made.map(({ variants }) => variants[0]),
    made.map(({ variants }) => variants[1]),
    provider,
    2 * priceMinor,
  ]);
  return made;
}

const insertPaying = `with made as (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[])
      given (tenant, id, payment, reference, connection, one, other)
  ), checkouts as (
    insert into checkout (tenant_id, id, kind, ends_at, amount_minor, currency, customer_name, customer_email, customer_phone,
      accepted_terms_at, locale, token, session)
    select tenant, id, 'order', now() + interval '15 min', $9::bigint, 'COP', 'Ana', 'ana@example.com', '+573001234567', now(), 'es', 'token', 'session'
    from made
  ), sessions as (
    insert into order_session (tenant_id, id, cart_id, session_token, sub_total_minor, discount_minor, shipping_minor, tax_minor, total_minor,
      snapshot)
    select tenant, id, new_id(), 'session_' || id || '_1700000000000', $9, 0, 0, 0, $9, '{}' from made
  ), lines as (
    insert into order_line (tenant_id, order_id, place, variant_id, product_title, variant_title, is_digital, quantity, unit_price_minor,
      discount_minor, tax_percent, tax_included, tax_minor, total_minor)
    select tenant, id, place, case place when 1 then one else other end, 'Bench', '', true, 1, $9 / 2, 0, 0, true, 0, $9 / 2
    from made, generate_series(1, 2) place
  ), claims as (
    insert into stock_claim (tenant_id, variant_id, checkout_id, quantity, state, expires_at)
    select tenant, case place when 1 then one else other end, id, 1, 'paying', now() + interval '45 min' from made, generate_series(1, 2) place
  )
  insert into payment (tenant_id, id, checkout_id, connection_id, provider, reference, amount_minor, currency, expires_at, payable_until)
  select tenant, payment, id, connection, $8, reference, $9, 'COP', now() + interval '15 min', now() + interval '3 days' from made`;
