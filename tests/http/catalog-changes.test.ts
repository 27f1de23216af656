import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { updateConnection } from "#commands/connections/update-connection.ts";
import { updateService } from "#commands/services/update-service.ts";
import { updateTenant } from "#commands/tenants/update-tenant.ts";
import { system as caller } from "#contracts/caller.ts";
import { bookingOptions } from "#contracts/checkout.ts";
import { isListening, stopListening } from "#platform/changes.ts";
import { resetEnv } from "#platform/env.ts";
import { loadCatalog } from "#queries/catalog.ts";
import { readCredentials } from "#queries/connections.ts";
import { freePort } from "#scripts/plain/ports.mjs";
import type { Clinic } from "../support/clinic.ts";
import { type Engine, startEngine } from "../support/engine-process.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
  clinic = await stage.openClinic();
});
afterAll(async () => {
  await engine.stop();
});
afterEach(() => {
  vi.useRealTimers();
});

const priceAt = async (url: string) => {
  const options = bookingOptions.parse(await (await fetch(`${url}/api/booking/${clinic.link}/options`)).json());
  return options.services.find(({ id }) => id === clinic.serviceId)?.priceMinor;
};
const ownPrice = async () => (await loadCatalog(clinic.link)).services.find(({ id }) => id === clinic.serviceId)?.priceMinor;
const setPrice = (priceMinor: number) =>
  updateService({ caller, input: { tenantId: clinic.tenantId, serviceId: clinic.serviceId, changes: { priceMinor } } });
/** By hand: nobody is told. */
const setPriceInSql = (priceMinor: number) =>
  stage.owner.query("update service set price_minor = $2 where id = $1", [clinic.serviceId, priceMinor]);

async function listeners(): Promise<number> {
  const { rows } = await stage.owner.query<{ count: number }>(
    "select count(*)::int as count from pg_stat_activity where datname = current_database() and application_name = 'konfirmado-listen'",
  );
  return rows[0]?.count ?? -1;
}

/** Both processes keep a copy and are told of changes. */
async function bothKeepCopies(): Promise<void> {
  await Promise.all([priceAt(engine.url), ownPrice()]);
  await expect.poll(listeners, { timeout: 10_000 }).toBe(2);
  await expect.poll(isListening).toBe(true);
  await Promise.all([priceAt(engine.url), ownPrice()]);
}

test("a price that a command changes is seen by every process at once", async () => {
  await bothKeepCopies();
  for (let price = 5_000_000; price < 5_000_008; price += 1) {
    await setPrice(price);
    const committedAt = performance.now();
    expect(await ownPrice()).toBe(price);
    await expect.poll(() => priceAt(engine.url), { interval: 5, timeout: 5000 }).toBe(price);
    // A copy that nobody told about the change is fresh for a second at least: eight in a row are
    // no luck.
    expect(performance.now() - committedAt).toBeLessThan(500);
  }
});

test("while a process cannot listen it misses no price for longer than seconds, and is told again afterwards", async () => {
  await bothKeepCopies();
  const name = new URL(stage.databaseUrl).pathname.slice(1);
  const admin = new URL(stage.databaseUrl);
  admin.pathname = "/postgres";
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  // Read by connections that stay open for seconds: from now on it gets no others, and copies need none.
  await setPrice(5_900_000);
  await expect.poll(() => priceAt(engine.url), { interval: 5, timeout: 5000 }).toBe(5_900_000);
  await client.query(`alter database ${name} with allow_connections false`);
  try {
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name = 'konfirmado-listen'",
      [name],
    );
    await setPrice(6_000_000);
    await expect.poll(() => priceAt(engine.url), { interval: 20, timeout: 6000 }).toBe(6_000_000);
    expect(await listeners()).toBe(0);
  } finally {
    await client.query(`alter database ${name} with allow_connections true`);
    await client.end();
  }
  await bothKeepCopies();
});

test("a copy that was being read when the change was told is not kept", async () => {
  await bothKeepCopies();
  const before = await ownPrice();
  const locker = await stage.owner.connect();
  await locker.query("begin; lock table professional in access exclusive mode");
  // Makes what is kept old, so that the next question reads: its services, and then it waits for
  // the professionals.
  await updateTenant({ caller, input: { tenantId: clinic.tenantId, changes: {} } });
  const underWay = ownPrice();
  await expect
    .poll(async () => (await stage.owner.query("select from pg_locks where not granted and relation = 'professional'::regclass")).rowCount)
    .toBe(1);
  await setPrice(7_000_000);
  await locker.query("rollback");
  locker.release();
  expect(await underWay).toBe(before);
  expect(await ownPrice()).toBe(7_000_000);
});

test("while nothing that a customer sees has changed, the catalogue stays the same object", async () => {
  await bothKeepCopies();
  const before = await loadCatalog(clinic.link);
  await updateTenant({ caller, input: { tenantId: clinic.tenantId, changes: { notifyEmail: "another@example.com" } } });
  expect(await loadCatalog(clinic.link)).toBe(before);
  await setPrice(7_500_000);
  expect(await loadCatalog(clinic.link)).not.toBe(before);
});

test("what nobody told (a change in SQL) is seen after a minute at the latest", async () => {
  await bothKeepCopies();
  const before = await ownPrice();
  await setPriceInSql(8_000_000);
  expect(await ownPrice()).toBe(before);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_001 });
  expect(await ownPrice()).toBe(8_000_000);
});

test("new credentials are used at once", async () => {
  await bothKeepCopies();
  const place = { tenantId: clinic.tenantId, connectionId: clinic.connectionId };
  expect((await readCredentials(place)).credentials).toEqual(clinic.account.credentials);
  const credentials = { ...clinic.account.credentials, privateKey: "prv_test_another" };
  await updateConnection({ caller, input: { ...place, changes: { credentials } } });
  expect((await readCredentials(place)).credentials).toMatchObject({ privateKey: "prv_test_another" });
});

test("a listening connection that died in silence is noticed", async () => {
  const database = new URL(stage.databaseUrl);
  const databasePort = Number(database.port);
  const sockets: Socket[] = [];
  const relay = createServer((socket) => {
    const onward = connect(databasePort, "127.0.0.1");
    for (const side of [socket, onward]) side.on("error", () => {});
    sockets.push(socket, onward);
    socket.pipe(onward).pipe(socket);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => relay.listen(port, "127.0.0.1", resolve));
  database.host = `127.0.0.1:${port}`;
  await stopListening();
  process.env["DATABASE_URL"] = database.href;
  resetEnv();
  try {
    await ownPrice();
    await expect.poll(isListening).toBe(true);
    await ownPrice();
    relay.close();
    for (const socket of sockets) socket.pause().unpipe();
    await setPriceInSql(9_000_000);
    await expect.poll(ownPrice, { interval: 100, timeout: 20_000 }).toBe(9_000_000);
  } finally {
    for (const socket of sockets) socket.destroy();
    process.env["DATABASE_URL"] = stage.databaseUrl;
    resetEnv();
  }
});

test("listening alone keeps no process alive", async () => {
  const program = `
    import { onChange } from "#platform/changes.ts";
    const stay = setInterval(() => {}, 1000);
    onChange("konfirmado_catalog", "*", () => clearInterval(stay));`;
  const root = join(import.meta.dirname, "../..");
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { cwd: root, timeout: 20_000 });
  expect(await once(child, "exit")).toEqual([0, null]);
});
