import { sql } from "kysely";
import { beforeAll, expect, test, vi } from "vitest";
import { appDb, appPool, inSystem, inSystemAtOnce, inTenant, poolCounts, systemDb, systemPool, type Tx } from "#platform/db.ts";
import { isDatabaseDown, sqlState } from "#platform/db-errors.ts";
import { createWorkerPool } from "#platform/worker-pool.ts";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
beforeAll(async () => {
  clinic = await stage.openClinic();
});

const write = "delete from slot_claim where false";
const inKysely = (tx: Tx | ReturnType<typeof appDb>) => sql.raw(write).execute(tx);
const ways: [string, () => Promise<unknown>][] = [
  ["a statement of the app", () => appPool().query(write)],
  ["a query of the app", () => inKysely(appDb())],
  ["a tenant's transaction", () => inTenant(clinic.tenantId, inKysely)],
  ["a statement of the system", () => systemPool().query(write)],
  ["a query of the system", () => inKysely(systemDb())],
  ["the system's transaction", () => inSystem(inKysely)],
  ["the system's transaction, failing at its first half", () => inSystemAtOnce({ text: write }, () => null)],
  ["the system's transaction, failing at its second half", () => inSystemAtOnce({ text: "select" }, () => ({ text: write }))],
];

/**
 * All connections that are made from now on reach a server that only reads, as after a failover;
 * there are no others.
 */
async function connectToStandby(): Promise<void> {
  await setReadOnly("= on");
  await stage.owner.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like 'konfirmado_%'",
  );
  await vi.waitFor(() => expect(poolCounts().every(({ total }) => total === 0)).toBe(true));
}

/** New connections reach the primary again; those that are open stay where they are. */
const primaryIsBack = () => setReadOnly("to default");

async function setReadOnly(value: string): Promise<void> {
  const name = new URL(stage.databaseUrl).pathname.slice(1);
  const client = await stage.owner.connect();
  await client.query("set transaction_read_only = off");
  await client.query("set default_transaction_read_only = off");
  await client.query(`alter database ${name} set default_transaction_read_only ${value}`);
  client.release();
}

const failure = async (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => null,
    (error: unknown) => error,
  );

test.each(ways)("%s that reaches a standby counts as a database that is away, and the next one finds the primary", async (_, ask) => {
  await connectToStandby();
  const error = await failure(ask());
  expect(sqlState(error)).toBe("25006");
  expect(isDatabaseDown(error)).toBe(true);
  await primaryIsBack();
  expect(await failure(ask())).toBeNull();
});

test("a customer is told to come again, and does", async () => {
  await connectToStandby();
  expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(503);
  await primaryIsBack();
  expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
});

test("the worker is told to try again (57P03), on another connection", async () => {
  const pool = createWorkerPool();
  await connectToStandby();
  const client = await pool.connect();
  expect(await failure(client.query(write))).toMatchObject({ code: "57P03" });
  client.release();
  expect(pool.totalCount).toBe(0);
  await primaryIsBack();
  const next = await pool.connect();
  expect(await failure(next.query(write))).toBeNull();
  next.release();
  expect(pool.totalCount).toBe(1);
  await pool.end();
});

test("a connection whose statement failed for a reason of its own is kept", async () => {
  const idBefore = await inSystem((tx) => sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx));
  expect(sqlState(await failure(inSystem((tx) => sql`select 1 / 0`.execute(tx))))).toBe("22012");
  expect(await inSystem((tx) => sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx))).toEqual(idBefore);
});
