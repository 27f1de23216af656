import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { BenchTenant } from "../fill.ts";
import type { Stage } from "../stage.ts";

export type BenchShop = BenchTenant & { variants: string[] };
export type BenchCart = { shop: BenchShop; cartId: string; lines: { variantId: string; quantity: number }[] };

const variantsEach = 50;
export const priceMinor = 5_000_000;
const linesEach = 2;

/** Shops whose goods never run out by themselves, and are counted all the same. */
export async function openShops({ owner }: Stage, tenants: readonly BenchTenant[]): Promise<BenchShop[]> {
  const shops = tenants.map((tenant) => ({ ...tenant, variants: Array.from({ length: variantsEach }, () => randomUUID()) }));
  for (const { tenantId, variants } of shops) {
    await owner.query("insert into shop (tenant_id, is_open, seller_name) values ($1, true, 'Bench')", [tenantId]);
    for (const id of variants) await addGoods(owner, tenantId, { id, onHand: 10_000_000 });
  }
  return shops;
}

export async function addGoods(owner: pg.Pool, tenantId: string, { id, onHand }: { id: string; onHand: number }): Promise<void> {
  await owner.query(
    `with made as (insert into product (tenant_id, title, is_digital, tax_percent) values ($1, 'Bench', true, 19) returning id),
       goods as (insert into variant (tenant_id, id, product_id, price_minor, currency, on_hand)
         select $1, $2, id, $3, 'COP', $4 from made)
     insert into stock_change (tenant_id, variant_id, quantity, on_hand, reason, actor) values ($1, $2, $4, $4, 'initial', 'system')`,
    [tenantId, id, priceMinor, onHand],
  );
}

/** Filled carts that nobody has checked out yet, one of each shop after the other. */
export async function makeCarts({ owner }: Stage, shops: readonly BenchShop[], count: number): Promise<BenchCart[]> {
  const carts = Array.from({ length: count }, (_, n) => {
    const shop = shops[n % shops.length];
    if (!shop) throw new Error("no shop");
    const first = Math.floor(Math.random() * variantsEach);
    const lines = Array.from({ length: linesEach }, (__, line) => ({
      variantId: shop.variants[(first + line * 7) % variantsEach] ?? "",
      quantity: 1,
    }));
    return { shop, cartId: randomUUID(), lines };
  });
  await insertCarts(owner, carts);
  return carts;
}

export async function insertCarts(owner: pg.Pool, carts: readonly BenchCart[]): Promise<void> {
  await owner.query(
    "insert into cart (tenant_id, id, currency) select tenant, id, 'COP' from unnest($1::uuid[], $2::uuid[]) given (tenant, id)",
    [carts.map(({ shop }) => shop.tenantId), carts.map(({ cartId }) => cartId)],
  );
  const lines = carts.flatMap(({ shop, cartId, lines: own }) => own.map((line) => ({ ...line, tenantId: shop.tenantId, cartId })));
  await owner.query(
    `insert into cart_line (tenant_id, cart_id, variant_id, quantity, seen_price_minor)
     select tenant, cart, variant, 1, $4 from unnest($1::uuid[], $2::uuid[], $3::uuid[]) given (tenant, cart, variant)`,
    [lines.map(({ tenantId }) => tenantId), lines.map(({ cartId }) => cartId), lines.map(({ variantId }) => variantId), priceMinor],
  );
}

const batch = 100_000;
const filledTables = ["checkout", "order_session", "order_line", "stock_claim", "stock_change", "payment", "charge", "shop_order"];

/** Inserts past orders of two lines. Half belong to the first shop, the others to all of them. */
export async function fillOrders(owner: pg.Pool, shops: readonly BenchShop[], rows: { from: number; to: number }): Promise<void> {
  for (const table of filledTables) await owner.query(`alter table ${table} disable trigger all`);
  for (let from = rows.from; from < rows.to; from += batch)
    await fillBatch(owner, shops, { from, to: Math.min(rows.to, from + batch) - 1 });
  for (const table of filledTables) await owner.query(`alter table ${table} enable trigger all`);
  // As their sales would have left it.
  await owner.query("update shop s set orders_made = coalesce((select max(number) from shop_order o where o.tenant_id = s.tenant_id), 0)");
  await owner.query("vacuum analyze");
}

async function fillBatch(owner: pg.Pool, shops: readonly BenchShop[], range: { from: number; to: number }): Promise<void> {
  await owner.query(
    `with made as (
       select n, new_id() as id, new_id() as payment, new_id() as charge, 1 + case when n % 2 = 0 then 0 else n / 2 % $4 end as shop,
         now() - make_interval(secs => 3600 + n * 60) as at
       from generate_series($1::int, $2::int) n
     ), owned as (
       select made.*, ($3::uuid[])[shop] as tenant, ($5::uuid[])[shop] as connection from made
     ), checkouts as (
       insert into checkout (tenant_id, id, kind, status, payment_status, ends_at, amount_minor, currency, customer_name, customer_email,
         customer_phone, accepted_terms_at, locale, token, session, paid_charge_id, created_at)
       select tenant, id, 'order', 'confirmed', 'paid', at, 10000000, 'COP', 'Ana Pérez', 'persona' || n || '@example.com',
         '+573' || lpad((n::bigint * 7919 % 1000000000)::text, 9, '0'), at, 'es', 'token', 'session', charge, at from owned
     ), sessions as (
       insert into order_session (tenant_id, id, cart_id, session_token, sub_total_minor, discount_minor, shipping_minor, tax_minor,
         total_minor, snapshot)
       select tenant, id, new_id(), 'session_' || id || '_1700000000000', 10000000, 0, 0, 0, 10000000, '{}' from owned
     ), lines as (
       insert into order_line (tenant_id, order_id, place, variant_id, product_title, variant_title, is_digital, quantity, unit_price_minor,
         discount_minor, tax_percent, tax_included, tax_minor, total_minor)
       select tenant, id, place, ($6::uuid[])[(shop - 1) * $7 + 1 + (n + place * 7) % $7], 'Bench', '', true, 1, 5000000, 0, 0, true, 0, 5000000
       from owned, generate_series(1, 2) place
     ), claims as (
       insert into stock_claim (tenant_id, variant_id, checkout_id, quantity, state, created_at)
       select tenant, ($6::uuid[])[(shop - 1) * $7 + 1 + (n + place * 7) % $7], id, 1, 'booked', at from owned, generate_series(1, 2) place
     ), changes as (
       insert into stock_change (tenant_id, variant_id, quantity, on_hand, reason, checkout_id, actor, created_at)
       select tenant, ($6::uuid[])[(shop - 1) * $7 + 1 + (n + place * 7) % $7], -1, 0, 'sold', id, 'provider', at
       from owned, generate_series(1, 2) place
     ), payments as (
       insert into payment (tenant_id, id, checkout_id, connection_id, provider, reference, amount_minor, currency, status, expires_at,
         payable_until)
       select tenant, payment, id, connection, 'wompi', 'KF-' || id, 10000000, 'COP', 'approved', at, at from owned
     ), charges as (
       insert into charge (tenant_id, id, connection_id, payment_id, provider_charge_id, reference, status, provider_status, amount_minor,
         currency, outcome)
       select tenant, charge, connection, payment, 'order-' || n, 'KF-' || id, 'approved', 'APPROVED', 10000000, 'COP', 'booked' from owned
     )
     insert into shop_order (tenant_id, id, number, transaction_id, paid_at)
     select tenant, id, 1 + n, 'order-' || n, at from owned`,
    [
      ...[range.from, range.to, shops.map(({ tenantId }) => tenantId), shops.length, shops.map(({ connectionId }) => connectionId)],
      ...[shops.flatMap(({ variants }) => variants), variantsEach],
    ],
  );
}
