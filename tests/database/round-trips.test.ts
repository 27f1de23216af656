import { afterAll, beforeAll, expect, test } from "vitest";
import { checkOutCart } from "#commands/carts/check-out.ts";
import { settleInboxEvent } from "#commands/inbox/settle-event.ts";
import { orderRequest } from "#contracts/shop/order-session.ts";
import { appPool, closeDb, systemPool } from "#platform/db.ts";
import { resetEnv } from "#platform/env.ts";
import { type CountingProxy, startCountingProxy } from "../support/counting-proxy.ts";
import { slotStart } from "../support/customer.ts";
import { openShop } from "../support/shop/shelf.ts";
import { addProduct } from "../support/shop/shop.ts";
import { fill, orderBody } from "../support/shop/shopper.ts";
import { prepareStage } from "../support/stage.ts";

/**
 * What a settling job costs between its start and its end, the queue's own two statements apart.
 */
const settlingMax = 4;
/**
 * The queue takes a job and marks it as done: together with them a webhook's settling stays within
 * eight.
 */
const queueTakes = 2;

/** From the cart's id to the provider's page, if the page is an address only. */
const checkoutMax = 12;

const stage = prepareStage({ worker: false });
let proxy: CountingProxy;
beforeAll(async () => {
  proxy = await startCountingProxy(stage.databaseUrl);
});
afterAll(async () => {
  await proxy.stop();
});

/** From here on everything goes through the proxy. */
async function goThroughProxy(): Promise<void> {
  await closeDb();
  process.env["DATABASE_URL"] = proxy.at(stage.databaseUrl);
  process.env["DATABASE_DIRECT_URL"] = stage.databaseUrl;
  resetEnv();
  await Promise.all([appPool().query("select"), systemPool().query("select")]);
}

test("a webhook's settling job takes eight round trips or fewer", async () => {
  const clinic = await stage.openClinic();
  const bookings = [];
  for (const n of [0, 1, 2, 3]) bookings.push(await stage.reachPaymentPage(clinic, { start: slotStart(n) }));
  for (const booking of bookings) await stage.pay(booking.checkoutUrl, "approve");
  const { rows } = await stage.owner.query<{ id: string }>("select id from inbox_event where tenant_id = $1 order by received_at", [
    clinic.tenantId,
  ]);
  expect(rows).toHaveLength(bookings.length);
  await goThroughProxy();
  // The first jobs read the provider's keys.
  const counts: number[] = [];
  for (const { id } of rows) {
    proxy.roundTrips();
    await settleInboxEvent({ tenantId: clinic.tenantId, inboxEventId: id });
    counts.push(proxy.roundTrips());
  }
  console.log(`settling jobs, one after the other: ${counts.join(", ")} round trips of their own`);
  const usual = counts.at(-1) ?? 0;
  expect(usual).toBeGreaterThan(0);
  expect(usual).toBeLessThanOrEqual(settlingMax);
  expect(usual + queueTakes).toBeLessThanOrEqual(8);
  const { rows: ends } = await stage.owner.query("select distinct status from checkout where tenant_id = $1", [clinic.tenantId]);
  expect(ends).toEqual([{ status: "paid" }]);
});

test("the checkout of a cart takes a dozen round trips, of whatever many lines", async () => {
  const clinic = await stage.openClinic();
  const shop = { ...clinic, slug: clinic.link };
  await openShop(stage, clinic);
  const variants = Array.from({ length: 12 }, (_, n) => ({ title: `${n}`, priceMinor: 10_000_000 + n * 100, onHand: 100 }));
  const { variantIds } = await addProduct(stage, shop, { isDigital: true, variants });
  const carts = await Promise.all(
    [1, 12].map((lines) => fill(stage, shop, Object.fromEntries(variantIds.slice(0, lines).map((id) => [id, 1])))),
  );
  const caller = { kind: "customer", session: null, address: "192.0.2.1" } as const;
  const requests = await Promise.all([carts[0], ...carts].map(async (id = "") => orderRequest.parse(await orderBody(stage, shop, id))));
  await goThroughProxy();
  const counts: number[] = [];
  // The first one reads the provider's keys and the shop.
  for (const [index, cartId] of [carts[0], ...carts].entries()) {
    const request = requests[index];
    if (!cartId || !request) throw new Error("there is no cart");
    proxy.roundTrips();
    await checkOutCart({ caller, input: { cartId, request: index === 1 ? { ...request, note: "otra" } : request } });
    counts.push(proxy.roundTrips());
  }
  console.log(`checkouts of a cart: ${counts.join(", ")} round trips`);
  expect(counts.at(-1)).toBeGreaterThan(0);
  expect(counts.at(-1)).toBeLessThanOrEqual(checkoutMax);
});

test("the proxy counts what one would count: a transaction of three statements is five round trips, a statement alone is one", async () => {
  await goThroughProxy();
  const client = await systemPool().connect();
  try {
    proxy.roundTrips();
    for (const text of ["begin", "select 1", "select 2", "select 3", "commit"]) await client.query(text);
    expect(proxy.roundTrips()).toBe(5);
  } finally {
    client.release();
  }
  await systemPool().query("select 1");
  expect(proxy.roundTrips()).toBe(1);
});
