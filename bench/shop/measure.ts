import { randomUUID } from "node:crypto";
import { createConnection } from "#commands/connections/create-connection.ts";
import { system as caller } from "#contracts/caller.ts";
import { closeDb } from "#platform/db.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import type { BenchTenant } from "../fill.ts";
import { floorFromNode, floors } from "../floor.ts";
import { type Load, loadHttp, loadHttpOnce, summary } from "../http-load.ts";
import { nextEventOf } from "../provider-events.ts";
import type { Row } from "../report.ts";
import { settleLoad } from "../settle.ts";
import { type BenchServer, type Stage, startServer } from "../stage.ts";
import { addGoods, type BenchShop, fillOrders, insertCarts, makeCarts, openShops } from "./fill.ts";
import { checkoutOf, makePayingOrders } from "./work.ts";

type Wish = { stage: Stage; server: BenchServer; tenants: BenchTenant[]; orders: number; clients: number[]; seconds: number };
type Place = Omit<Wish, "tenants"> & { shops: BenchShop[]; rows: Row[] };

/** What nobody is measured beside. */
const noFloor = { perSecond: null, p99Ms: null };

/**
 * The shop: cart → order session that can be paid, order session → paid order, both together,
 * webhook → order, and a flash sale. Carts and what waits to be settled are made before each load.
 */
export async function measureShop(wish: Wish): Promise<Row[]> {
  const { stage, tenants, orders, clients } = wish;
  const shops = await openShops(stage, tenants);
  if (orders > 0) {
    console.log(`  filling up to ${orders.toLocaleString("en")} orders …`);
    await fillOrders(stage.owner, shops, { from: 0, to: orders });
  }
  const place: Place = { ...wish, shops, rows: [] };
  await warmUp(place);
  for (const count of clients) {
    await measureCheckouts(place, count);
    await measurePaid(place, count);
    await measureWhole(place, count);
  }
  await flashSale(place);
  await measureWebhooks(place);
  return place.rows;
}

/** Ends as autovacuum would: without statistics statements read whole tables. */
async function warmUp({ stage, server, shops }: Place): Promise<void> {
  const carts = await makeCarts(stage, shops, 400);
  await loadHttpOnce({ port: server.port, clients: 8, requests: carts.map(checkoutOf) });
  await settleLoad(stage, await makePayingOrders(stage, shops, 200), 4);
  await stage.owner.query("vacuum analyze");
}

/** More than can be done in the time; what is left over stays. */
const countFor = ({ seconds }: Place, clients: number, perSecond: number) => Math.round(perSecond * seconds * Math.min(clients, 8) ** 0.5);

async function measureCheckouts(place: Place, clients: number): Promise<void> {
  const { stage, server, shops, seconds } = place;
  const requests = (await makeCarts(stage, shops, countFor(place, clients, 500))).map(checkoutOf);
  const load = () => loadHttp({ port: server.port, clients, seconds, next: () => requests.pop() });
  await beside(place, { name: "cart → order session", clients, floor: "checkout", wanted: "201", load });
}

async function measurePaid(place: Place, clients: number): Promise<void> {
  const { stage, shops } = place;
  const orders = await makePayingOrders(stage, shops, countFor(place, clients, 400));
  await beside(place, { name: "order session → order", clients, floor: "order", load: () => settleLoad(stage, orders, clients) });
}

/** One customer after the other: checkout over HTTP, then the provider's answer, settled here. */
async function measureWhole(place: Place, clients: number): Promise<void> {
  const { stage, server, shops, seconds } = place;
  const carts = await makeCarts(stage, shops, countFor(place, clients, 300));
  const load = async () => {
    const startedAt = performance.now();
    const requests = carts.map(checkoutOf);
    const opened = await loadHttp({ port: server.port, clients, seconds, next: () => requests.pop() });
    const paying = await openOrders(
      stage,
      carts.map(({ cartId }) => cartId),
    );
    const paid = await settleLoad(stage, paying, clients);
    const took = (performance.now() - startedAt) / 1000;
    const add = (what: "p50Ms" | "p95Ms" | "p99Ms") => opened[what] + paid[what];
    const times = { p50Ms: add("p50Ms"), p95Ms: add("p95Ms"), p99Ms: add("p99Ms") };
    return { count: paid.count, seconds: took, perSecond: paid.count / took, ...times, statuses: opened.statuses };
  };
  await beside(place, { name: "cart → order, in two halves", clients, wanted: "201", load });
}

async function openOrders({ owner }: Stage, cartIds: string[]) {
  const { rows } = await owner.query<{ tenantId: string; connectionId: string; paymentId: string; reference: string; chargeId: string }>(
    `select p.tenant_id as "tenantId", p.connection_id as "connectionId", p.id as "paymentId", p.reference, 'c-' || p.id as "chargeId"
     from payment p join order_session s on s.tenant_id = p.tenant_id and s.id = p.checkout_id where s.cart_id = any ($1)`,
    [cartIds],
  );
  return rows;
}

type Beside = { name: string; clients: number; floor?: "checkout" | "order"; wanted?: string; load: () => Promise<Load> };

/** The floor just before and just after, so that both see the same machine. */
async function beside(place: Place, { name, clients, floor, wanted, load }: Beside): Promise<void> {
  const { stage, shops, seconds } = place;
  const measureFloor = () => (floor ? floorFromNode(stage, floors[floor](shops), { clients, seconds: seconds / 2 }) : noFloor);
  const before = await measureFloor();
  const measured = await load();
  const after = await measureFloor();
  const isBeside = before.perSecond !== null && after.perSecond !== null;
  const wrong = Object.keys(measured.statuses).filter((status) => status !== wanted);
  const notes = [
    ...(isBeside ? [`floor p99 ${Math.max(before.p99Ms, after.p99Ms).toFixed(1)} ms`] : []),
    ...(wrong.length > 0 ? [`ANSWERED ${wrong}`] : []),
  ];
  push(place, {
    name,
    clients,
    load: measured,
    floorPerSecond: isBeside ? (before.perSecond + after.perSecond) / 2 : null,
    note: notes.join(", "),
  });
}

const pieces = 50;
const buyers = 1000;

/** 1,000 customers want one product of which there are 50, 256 at a time. */
async function flashSale(place: Place): Promise<void> {
  const { stage, server, shops } = place;
  const [shop] = shops;
  if (!shop) return;
  const id = randomUUID();
  await addGoods(stage.owner, shop.tenantId, { id, onHand: pieces });
  const carts = Array.from({ length: buyers }, () => ({ shop, cartId: randomUUID(), lines: [{ variantId: id, quantity: 1 }] }));
  await insertCarts(stage.owner, carts);
  const load = await loadHttpOnce({ port: server.port, clients: 256, requests: carts.map(checkoutOf) });
  const note = `${load.statuses["201"] ?? 0} of ${pieces} sold, ${load.statuses["409"] ?? 0} refused`;
  push(place, { name: `flash sale: ${buyers.toLocaleString("en")} for ${pieces} pieces`, clients: 256, load, floorPerSecond: null, note });
}

/**
 * The signed event of a provider that nobody has to ask, until the order is there. The worker is in
 * the same process.
 */
async function measureWebhooks(place: Place): Promise<void> {
  const { stage, shops, clients } = place;
  const account = paymentProviders["bold"]?.testAccount?.newCredentials();
  const nextEvent = nextEventOf["bold"];
  if (!account || !nextEvent) throw new Error("no account to measure webhooks with");
  const connections = new Map<string, string>();
  for (const { tenantId } of shops) {
    const id = randomUUID();
    connections.set(tenantId, id);
    await createConnection({ caller, input: { tenantId, id, kind: "payment", provider: "bold", credentials: account } });
  }
  await closeDb();
  const connectionOf = ({ tenantId }: BenchShop) => connections.get(tenantId) ?? "";
  // Jobs of the loads before would be done first.
  await stage.owner.query("truncate graphile_worker._private_jobs");
  const server = await startServer(stage, { WORKER: "on" });
  try {
    const measure = async (count: number) => {
      const orders = await makePayingOrders(stage, shops, countFor(place, count, 40), { provider: "bold", connectionOf });
      const told = orders.map(({ id, serial, connectionId }) => ({
        id,
        request: nextEvent({ path: `/api/webhooks/bold/${connectionId}`, credentials: account, serial }),
      }));
      return untilOrdered({ stage, server, told, clients: count });
    };
    // The first one warms up.
    await measure(8);
    for (const count of clients)
      push(place, {
        name: "webhook → order",
        clients: count,
        load: await measure(count),
        floorPerSecond: null,
        note: "one process, its worker inside",
      });
  } finally {
    await server.stop();
  }
}

type Telling = { stage: Stage; server: BenchServer; told: Told[]; clients: number };
type Told = { id: string; request: ReturnType<(typeof nextEventOf)[string]> };

async function untilOrdered({ stage: { owner }, server: { port }, told, clients }: Telling): Promise<Load> {
  const queue = [...told];
  const latencies: number[] = [];
  const waiting = new Map<string, () => void>();
  let isOver = false;
  /** One look for all who wait, because each look costs the database what the order does. */
  const look = async () => {
    while (!isOver) {
      const ids = [...waiting.keys()];
      const { rows } = await owner.query<{ id: string }>("select id from shop_order where id = any ($1)", [ids]);
      for (const { id } of rows) waiting.get(id)?.();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  const looking = look();
  const startedAt = performance.now();
  const statuses: Record<string, number> = {};
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let next = queue.pop(); next; next = queue.pop()) {
        const { id, request } = next;
        const sentAt = performance.now();
        const isThere = new Promise<void>((resolve) => waiting.set(id, resolve));
        const { path, body = "", headers = {} } = request;
        const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", body, headers });
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        if (answer.status === 200) await isThere;
        waiting.delete(id);
        latencies.push(performance.now() - sentAt);
      }
    }),
  );
  isOver = true;
  await looking;
  return summary(latencies, statuses, (performance.now() - startedAt) / 1000);
}

type Measured = { name: string; clients: number; load: Load; floorPerSecond: number | null; note: string };

function push({ rows, orders }: Place, { name, clients, load, floorPerSecond, note }: Measured): void {
  const { perSecond, p50Ms, p95Ms, p99Ms } = load;
  rows.push({ name, bookings: orders, clients, perSecond, floorPerSecond, p50Ms, p95Ms, p99Ms, note });
  const share = floorPerSecond ? ` = ${(perSecond / floorPerSecond).toFixed(2)} of the floor` : "";
  console.log(
    `  ${name}, ${clients} clients: ${Math.round(perSecond)}/s${share}, p50 ${p50Ms.toFixed(1)}, p95 ${p95Ms.toFixed(1)}, p99 ${p99Ms.toFixed(1)} ms ${note}`,
  );
}
