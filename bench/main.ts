// `npm run bench -- [--rows 10000,3000000] [--seconds 4] [--clients 1,8,32] [--json file] [--only
// hold,receive,counting,availability,status,list,pages,sale,settle,providers,shop] [--orders
// 1000000]`: what the engine reaches beside PostgreSQL alone, in one run. All of them share the
// machine's processors.
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { readArguments } from "#scripts/plain/arguments.mjs";
import { measureBookingsList } from "./bookings-list.ts";
import { measureCounting } from "./counting.ts";
import { type BenchTenant, fillBookings, makeTenants } from "./fill.ts";
import { floorFromNode, floorFromPgbench, floors, prepareFloor } from "./floor.ts";
import { measureFrontPages } from "./front-pages.ts";
import { type Load, loadHttp, loadHttpOnce, type Request } from "./http-load.ts";
import { measureProviders } from "./providers.ts";
import { printRows, type Row } from "./report.ts";
import { makePaidBookings, settleLoad } from "./settle.ts";
import { measureShop } from "./shop/measure.ts";
import { type BenchServer, setStage, startServer } from "./stage.ts";
import { hotHold, nextAvailability, nextEvent, nextHold, nextStatus } from "./work.ts";

const { values: typed } = readArguments({ values: ["rows", "seconds", "clients", "only", "json", "orders"] });
const values = { rows: "10000", seconds: "4", clients: "1,8,32", orders: "0", ...typed };
const seconds = Number(values.seconds);
const clientCounts = values.clients.split(",").map(Number);
const wants = (what: string): boolean => !values.only || values.only.split(",").includes(what);
/** The shop has rows of its own to be filled with, and is measured once. */
const filledAtFirst = Number(values.rows.split(",")[0]);
const rows: Row[] = [];

const stage = await setStage();
try {
  const tenants = await makeTenants(stage, 20);
  await prepareFloor(stage);
  let filled = 0;
  for (const wanted of values.rows.split(",").map(Number)) {
    console.log(`\nfilling up to ${wanted.toLocaleString("en")} bookings …`);
    await fillBookings(stage.owner, tenants, { from: filled, to: wanted });
    filled = wanted;
    await measure(tenants, wanted);
  }
} finally {
  await stage.stop();
}
const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 1024 ** 3)} GiB, Node ${process.version}`;
printRows(machine, rows);
if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine, at: new Date().toISOString(), rows }, null, 2)}\n`);

async function measure(tenants: BenchTenant[], bookings: number): Promise<void> {
  const server = await startServer(stage);
  try {
    const restMiB = await server.rssMiB();
    await warmUp(server, tenants);
    for (const clients of clientCounts) {
      if (wants("hold")) await compare({ name: "hold", bookings, clients, floor: "hold", next: () => nextHold(tenants) }, server, tenants);
      if (wants("receive"))
        await compare({ name: "receive", bookings, clients, floor: "receive", next: () => nextEvent(tenants) }, server, tenants);
    }
    for (const clients of wants("counting") ? clientCounts : [])
      rows.push(await measureCounting({ server, tenants, bookings, clients, seconds }));
    for (const clients of wants("availability") ? clientCounts : [])
      await plain("availability, 31 days", bookings, clients, server, () => nextAvailability(tenants, 31));
    if (wants("status")) await measureStatus(server, tenants, bookings);
    const [large] = tenants;
    if (wants("list") && large) rows.push(...(await measureBookingsList({ stage, server, tenant: large, bookings, seconds })));
    if (wants("pages") && large) rows.push(...(await measureFrontPages({ server, tenant: large, bookings, seconds })));
    const loadMiB = await server.rssMiB();
    if (wants("providers")) rows.push(...(await measureProviders({ stage, server, tenants, bookings, clients: clientCounts, seconds })));
    if (wants("shop") && bookings === filledAtFirst)
      rows.push(...(await measureShop({ stage, server, tenants, orders: Number(values.orders), clients: clientCounts, seconds })));
    if (wants("sale")) await flashSale(server, tenants, bookings);
    rows.push({
      name: "memory at rest / under load (MiB)",
      bookings,
      clients: 0,
      perSecond: null,
      floorPerSecond: null,
      note: `${restMiB.toFixed(0)} / ${loadMiB.toFixed(0)}`,
    });
  } finally {
    await server.stop();
  }
  if (wants("settle")) await measureSettle(tenants, bookings);
}

async function measureStatus(server: BenchServer, tenants: BenchTenant[], bookings: number): Promise<void> {
  const paid = await makePaidBookings(stage, tenants, 400);
  await settleLoad(stage, paid, 8);
  const { rows: found } = await stage.owner.query<{ checkout_id: string }>("select checkout_id from payment where id = any ($1)", [
    paid.map(({ paymentId }) => paymentId),
  ]);
  const ids = found.map((row) => row.checkout_id);
  for (const clients of clientCounts) await plain("status", bookings, clients, server, () => nextStatus(ids, "status"));
  for (const clients of clientCounts) await plain("status page", bookings, clients, server, () => nextStatus(ids, "confirm"));
}

/** Ends as autovacuum would: without statistics the queue's statements read every job. */
async function warmUp(server: BenchServer, tenants: BenchTenant[]): Promise<void> {
  for (const next of [() => nextHold(tenants), () => nextEvent(tenants), () => nextAvailability(tenants, 31)]) {
    await loadHttp({ port: server.port, clients: 8, seconds: 2, next });
  }
  await settleLoad(stage, await makePaidBookings(stage, tenants, 200), 4);
  await stage.owner.query("vacuum analyze");
  for (const next of [() => nextHold(tenants), () => nextEvent(tenants)])
    await loadHttp({ port: server.port, clients: 8, seconds: 1, next });
}

type Compared = { name: string; bookings: number; clients: number; floor: keyof typeof floors; next: () => Request };

/** Measures the floor just before and just after, so that both see the same machine. */
async function compare(what: Compared, server: BenchServer, tenants: BenchTenant[]): Promise<void> {
  const { clients } = what;
  const before = await floorFromNode(stage, floors[what.floor](tenants), { clients, seconds: seconds / 2 });
  const load = await loadHttp({ port: server.port, clients, seconds, next: what.next });
  const after = await floorFromNode(stage, floors[what.floor](tenants), { clients, seconds: seconds / 2 });
  const pgbench =
    what.floor === "hold" ? floorFromPgbench(stage, tenants, { clients, seconds: Math.max(1, Math.round(seconds / 2)) }) : null;
  push(
    what.name,
    what.bookings,
    clients,
    load,
    (before.perSecond + after.perSecond) / 2,
    `floor p99 ${Math.max(before.p99Ms, after.p99Ms).toFixed(1)} ms${pgbench === null ? "" : `, pgbench ${Math.round(pgbench)}/s`}`,
  );
}

async function plain(name: string, bookings: number, clients: number, server: BenchServer, next: () => Request): Promise<void> {
  const load = await loadHttp({ port: server.port, clients, seconds, next });
  const wrong = Object.keys(load.statuses).filter((status) => status !== "200");
  push(name, bookings, clients, load, null, wrong.length > 0 ? `ANSWERED ${wrong.join(", ")}` : "");
}

/** 10 000 customers want one slot, 256 at a time. */
async function flashSale(server: BenchServer, tenants: BenchTenant[], bookings: number): Promise<void> {
  const [tenant] = tenants;
  if (!tenant) return;
  const requests = Array.from({ length: 10_000 }, () => hotHold(tenant, bookings));
  const load = await loadHttpOnce({ port: server.port, clients: 256, requests });
  push(
    "flash sale: 10 000 for one slot",
    bookings,
    256,
    load,
    null,
    `${load.statuses["201"] ?? 0} won, ${load.statuses["409"] ?? 0} refused`,
  );
}

async function measureSettle(tenants: BenchTenant[], bookings: number): Promise<void> {
  for (const clients of clientCounts) {
    const count = Math.round(400 * seconds * Math.min(clients, 8) ** 0.5);
    const paid = await makePaidBookings(stage, tenants, count);
    const floor = () => floorFromNode(stage, floors.settle(tenants), { clients, seconds: seconds / 2 });
    const before = await floor();
    const load = await settleLoad(stage, paid, clients);
    const after = await floor();
    const note = `floor p99 ${Math.max(before.p99Ms, after.p99Ms).toFixed(1)} ms`;
    push("settle", bookings, clients, load, (before.perSecond + after.perSecond) / 2, note);
  }
}

function push(name: string, bookings: number, clients: number, load: Load, floorPerSecond: number | null, note: string): void {
  const { perSecond, p50Ms, p95Ms, p99Ms } = load;
  const errors = Object.entries(load.statuses).filter(([status]) => status.startsWith("5"));
  const row = {
    name,
    bookings,
    clients,
    perSecond,
    floorPerSecond,
    p50Ms,
    p95Ms,
    p99Ms,
    note: errors.length > 0 ? `${note} ERRORS ${JSON.stringify(errors)}` : note,
  };
  rows.push(row);
  console.log(
    `  ${name}, ${clients} clients: ${Math.round(perSecond)}/s${floorPerSecond ? ` = ${(perSecond / floorPerSecond).toFixed(2)} of the floor` : ""}, p99 ${p99Ms.toFixed(1)} ms ${row.note}`,
  );
}
