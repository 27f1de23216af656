import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { checkOutCart } from "#commands/carts/check-out.ts";
import { createCart } from "#commands/carts/create-cart.ts";
import { quoteCart } from "#commands/carts/quote-cart.ts";
import { setCartLine } from "#commands/carts/set-line.ts";
import { expireCheckout } from "#commands/checkouts/expire-checkout.ts";
import { cleanExpired } from "#commands/clean-expired.ts";
import { settleCharge } from "#commands/settlement/settle-charge.ts";
import { encryptSecret } from "#platform/secrets.ts";
import { secretContext } from "#queries/connections.ts";
import { loadStoreProducts } from "#queries/shop/products.ts";
import { prepareDatabase } from "./own-database.ts";
import { scansOfTables } from "./scans.ts";
import { tenantWithSlots } from "./tenant-with-slots.ts";

const orderCount = 12_000;
const goodsCount = 3_000;
const priceMinor = 5_000_000;
const tables = [
  ...["cart", "cart_line", "product", "variant", "checkout", "order_session", "order_line", "payment", "charge"],
  ...["stock_claim", "stock_change", "discount_claim", "shop_order"],
];
const database = prepareDatabase();
const caller = { kind: "customer", session: null, address: "192.0.2.1" } as const;
let tenantId: string;
let slug: string;
let connectionId: string;
let variantIds: string[];

beforeAll(async () => {
  const slots = await tenantWithSlots(database.owner);
  [tenantId, slug, connectionId] = [slots.tenant, slots.link, randomUUID()];
  const say = (text: string, ...more: unknown[]) => database.owner.query(text, [tenantId, ...more]);
  const keys = { publicKey: "pub_test_a", privateKey: "prv_test_a", eventsSecret: "test_events_a", integritySecret: "test_integrity_a" };
  const credentials = encryptSecret(JSON.stringify(keys), secretContext({ tenantId, connectionId }));
  await say(
    "insert into connection (tenant_id, id, kind, provider, mode, credentials) values ($1, $2, 'payment', 'wompi', 'test', $3)",
    connectionId,
    credentials,
  );
  await say("insert into directory (kind, key, tenant_id) values ('tenant_slug', $2, $1) on conflict do nothing", slug);
  await say("insert into shop (tenant_id, is_open, seller_name, orders_made) values ($1, true, 'x', $2)", orderCount);
  await say("insert into discount (tenant_id, code, percent, currency, uses_max) values ($1, 'DIEZ', 10, 'COP', 1000000)");
  await database.owner.query("set session_replication_role = replica");
  await fill(say);
  await database.owner.query("set session_replication_role = origin");
  await database.owner.query(`vacuum analyze ${tables.join(", ")}`);
  const { rows } = await say("select id from variant where tenant_id = $1 order by id limit 40");
  variantIds = rows.map(({ id }) => id);
  await database.owner.query("select pg_stat_force_next_flush()");
  await database.owner.query("select 1");
});

/** Carts and order sessions of months. One in a hundred lives, one in a hundred has lapsed, the others are orders. */
async function fill(say: (text: string, ...more: unknown[]) => Promise<unknown>): Promise<void> {
  await say(
    `with made as (select n, new_id() as id from generate_series(1, $2::int) n),
       products as (insert into product (tenant_id, id, title, is_digital, category, position) select $1, id, 'Libro ' || n, true, 'c' || n % 40, n from made)
     insert into variant (tenant_id, id, product_id, price_minor, currency, on_hand) select $1, id, id, $3, 'COP', 1000 from made`,
    goodsCount,
    priceMinor,
  );
  // Of somebody else: a shop's page reads all categories of its own.
  await database.owner.query(
    "insert into product (tenant_id, title, category, position) select $1, 'x', 'c' || n % 40, n from generate_series(1, 30000) n",
    [randomUUID()],
  );
  await database.owner.query(madeTable(tenantId));
  for (const text of filling) await say(text);
}

const madeTable = (tenant: string) => `create temp table made as
  select n, n % 100 > 1 as is_paid, n % 100 = 1 as lives, new_id() as id, new_id() as payment, new_id() as charge, gen_random_uuid() as cart,
    now() - n * interval '5 minutes' as at, v.id as variant
  from generate_series(1, ${orderCount}) n
    join (select id, row_number() over () as place from variant where tenant_id = '${tenant}') v on v.place = 1 + n % ${goodsCount}`;

const filling = [
  "insert into cart (tenant_id, id, currency, checkout_id, updated_at) select $1, cart, 'COP', id, case when n <= 10 then now() - interval '61 days' else at end from made",
  "insert into cart_line (tenant_id, cart_id, variant_id, quantity, seen_price_minor) select $1, cart, variant, 1, 100 from made",
  `insert into checkout (tenant_id, id, kind, status, payment_status, ends_at, amount_minor, currency, customer_name, customer_email,
     customer_phone, accepted_terms_at, locale, token, session, paid_charge_id, created_at)
   select $1, id, 'order', case when is_paid then 'confirmed' when lives then 'pending' else 'expired' end,
     case when is_paid then 'paid' else 'pending' end, case when lives then now() + interval '9 minutes' else at end, 100, 'COP', 'Ana',
     'a' || n || '@example.com', '+573001234567', at, 'es', 't', 's', case when is_paid then charge end, at from made`,
  `insert into order_session (tenant_id, id, cart_id, session_token, sub_total_minor, discount_minor, shipping_minor, tax_minor, total_minor, snapshot)
   select $1, id, cart, 'session_' || id || '_1700000000000', 100, 0, 0, 0, 100, '{}' from made`,
  `insert into order_line (tenant_id, order_id, place, variant_id, product_title, variant_title, is_digital, quantity, unit_price_minor,
     discount_minor, tax_percent, tax_included, tax_minor, total_minor)
   select $1, id, 1, variant, 'x', '', true, 1, 100, 0, 0, true, 0, 100 from made`,
  `insert into stock_claim (tenant_id, variant_id, checkout_id, quantity, state, expires_at)
   select $1, variant, id, 1, (case when is_paid then 'booked' when lives then 'paying' else 'expired' end)::claim_state,
     case when lives then now() + interval '9 minutes' end from made`,
  `insert into discount_claim (tenant_id, discount_id, checkout_id, customer, state, expires_at)
   select $1, (select id from discount where tenant_id = $1), id, 'a' || n || '@example.com',
     (case when is_paid then 'booked' when lives then 'paying' else 'expired' end)::claim_state, case when lives then now() + interval '9 minutes' end from made`,
  `insert into stock_change (tenant_id, variant_id, quantity, on_hand, reason, checkout_id, actor)
   select $1, variant, -1, 1, 'sold', id, 'provider' from made where is_paid`,
  `insert into payment (tenant_id, id, checkout_id, connection_id, provider, reference, amount_minor, currency, status, expires_at, payable_until)
   select $1, payment, id, $1, 'wompi', 'KF-' || n, 100, 'COP', case when is_paid then 'approved' else 'expired' end, at, at from made`,
  `insert into charge (tenant_id, id, connection_id, payment_id, provider_charge_id, reference, status, provider_status, amount_minor, currency, outcome)
   select $1, charge, $1, payment, 'c-' || n, 'KF-' || n, 'approved', 'APPROVED', 100, 'COP', 'booked' from made where is_paid`,
  `insert into shop_order (tenant_id, id, number, transaction_id, paid_at)
   select $1, id, row_number() over (), 'c-' || n, at from made where is_paid`,
];

const times = 8;
/** The categories of all goods, then the lines of some carts and what claims their variants; nothing that was sold before. */
const entriesMax = goodsCount + 500;
const scansOf = (run: () => Promise<unknown>) => scansOfTables({ owner: database.owner, tables, run });

async function fillCart(n: number): Promise<string> {
  const { cart } = await createCart({ caller, input: { shop: slug, known: null } });
  for (const variantId of [variantIds[n], variantIds[n + 1]])
    await setCartLine({ caller, input: { cartId: cart.id, variantId: variantId ?? "", quantity: 1 } });
  return cart.id;
}

async function checkOut(cartId: string, email = "ana@example.com") {
  const { cart, totals } = await quoteCart({ cartId, shippingId: undefined });
  const lines = cart.lines.map(({ variantId, quantity, unitPriceMinor }) => ({ variantId, quantity, unitPriceMinor }));
  const customer = { name: "Ana Pérez", email, phone: "300 123 4567" };
  const seen = { totalMinor: totals.totalMinor, lines };
  return checkOutCart({ caller, input: { cartId, request: { customer, acceptedTerms: true, provider: "wompi", seen } } });
}

test("the shop's page, a cart and its checkout, also once more, look at no table whole", async () => {
  const counted = await scansOf(async () => {
    for (let n = 0; n < times; n += 1) {
      expect((await loadStoreProducts({ shop: slug })).products.length).toBeGreaterThan(0);
      const cartId = await fillCart(n);
      const first = await checkOut(cartId);
      expect((await checkOut(cartId)).id).toBe(first.id);
      expect((await checkOut(cartId, "otra@example.com")).id).not.toBe(first.id);
    }
  });
  expect(counted.readWhole).toEqual([]);
  expect(counted.entries).toBeLessThan(times * entriesMax);
});

test("what is paid, what ends unpaid and what lapsed long ago look at no table whole", async () => {
  const counted = await scansOf(async () => {
    for (let n = 0; n < times; n += 1) {
      const paid = await checkOut(await fillCart(20 + n));
      const fact = {
        providerChargeId: `paid-${n}`,
        reference: paid.reference,
        state: "approved" as const,
        ...{ providerStatus: "APPROVED", amountMinor: 2 * priceMinor, currency: "COP", method: "CARD", finalizedAt: new Date() },
      };
      await settleCharge({ tenantId, connectionId, fact });
      const unpaid = await checkOut(await fillCart(n));
      await expireCheckout({ tenantId, checkoutId: unpaid.id });
    }
  });
  expect(counted.readWhole).toEqual([]);
  expect(counted.entries).toBeLessThan(times * entriesMax);
  const { rows } = await database.owner.query("select count(*)::int as made from shop_order where tenant_id = $1 and number > $2", [
    tenantId,
    orderCount,
  ]);
  expect(rows).toEqual([{ made: times }]);
});

test("cleaning looks at no table whole", async () => {
  const counted = await scansOf(async () => {
    const done = await cleanExpired({ caller: { kind: "system" }, input: { tenantId: null } });
    expect(done.deletedCarts).toBe(10);
  });
  expect(counted.readWhole).toEqual([]);
});
