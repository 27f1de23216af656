import { sql } from "kysely";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { loginVariables, sessionLimitsMs } from "#platform/connection-check.ts";
import { appDb, appPool, authDb, closeDb, inSystem, inSystemAtOnce, inTenant, poolCounts, systemDb, systemPool } from "#platform/db.ts";
import { UnsafeConnection } from "#platform/db-errors.ts";
import { resetEnv } from "#platform/env.ts";
import { forgetCatalogs } from "#queries/catalog.ts";
import type { Throwaway } from "#scripts/postgres/throwaway.ts";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { hold, pay, reachPaymentPage, slotStart, state } from "../support/customer.ts";
import { eventually, settled } from "../support/end-state.ts";
import { type Pooler, poolers } from "../support/poolers.ts";
import { startTestServer } from "../support/test-database.ts";
import { type OwnWorld, startWorld } from "../support/world.ts";
import { startProgram, stopPrograms } from "./program.ts";

const roles = ["konfirmado_app", "konfirmado_system", "konfirmado_auth"] as const;
let server: Throwaway;
let world: OwnWorld;
let ours: Clinic;
let theirs: Clinic;
let nextSlot = 1;

// A PostgreSQL of its own: whether a role may log in is the same for all of its databases.
beforeAll(async () => {
  server = await startTestServer();
  world = await startWorld({ worker: false, databaseServer: server });
  [ours, theirs] = [await openClinic(world), await openClinic(world)];
  for (const role of roles) await world.owner.query(`alter role ${role} login password '${role}-password'`);
  // What made the clinics is checked no more.
  await connectBy({});
});
afterEach(() => connectBy({}));
afterAll(async () => {
  await stopPrograms();
  await world.stop();
  await server.stop();
});

/** From now on the product's connections are made like this. */
async function connectBy(settings: Record<string, string>): Promise<void> {
  await closeDb();
  const logins = { DATABASE_APP_URL: "", DATABASE_SYSTEM_URL: "", DATABASE_AUTH_URL: "" };
  Object.assign(process.env, { DATABASE_URL: world.databaseUrl, DATABASE_DIRECT_URL: "", ...logins }, settings);
  resetEnv();
  forgetCatalogs();
}

function loginAs(role: string): string {
  return Object.assign(new URL(world.databaseUrl), { username: role, password: `${role}-password` }).href;
}

function loginsAt(pooler: Pooler): Record<string, string> {
  return Object.fromEntries(roles.map((role) => [loginVariables[role], pooler.at(loginAs(role))]));
}

const tenants = "select tenant_id from tenant";
const ways: [string, () => Promise<unknown>][] = [
  ["a statement of the app", () => appPool().query(tenants)],
  ["a query of the app", () => appDb().selectFrom("tenant").select("tenant_id").execute()],
  ["a tenant's transaction", () => inTenant(ours.tenantId, (tx) => tx.selectFrom("tenant").select("tenant_id").execute())],
  ["a statement of the system", () => systemPool().query(tenants)],
  ["a query of the system", () => systemDb().selectFrom("tenant").select("tenant_id").execute()],
  ["the system's transaction", () => inSystem((tx) => tx.selectFrom("tenant").select("tenant_id").execute())],
  ["the system's transaction in two round trips", () => inSystemAtOnce({ text: tenants }, () => null)],
];

async function expectNothing(): Promise<void> {
  for (const [way, ask] of ways) await expect(ask(), way).rejects.toThrow(UnsafeConnection);
  expect((await hold(world, ours, { start: slotStart(0) })).status).toBe(503);
  expect((await fetch(`${world.appUrl}/api/booking/${ours.link}/options`)).status).toBe(503);
  expect((await fetch(`${world.appUrl}/readyz`)).status).toBe(503);
  expect(poolCounts().map(({ total }) => total)).toEqual([0, 0]);
}

describe.each(poolers)("through %s", (_name, start) => {
  let pooler: Pooler;
  beforeAll(async () => {
    const { username, password } = new URL(world.databaseUrl);
    pooler = await start(world.databaseUrl, {
      [username]: password,
      ...Object.fromEntries(roles.map((role) => [role, `${role}-password`])),
    });
  });
  afterAll(async () => {
    await closeDb();
    await pooler.stop();
  });

  test("control: a connection that nobody checks sees every tenant", async () => {
    const seenAt = async (url: string) => {
      const client = new pg.Client({ connectionString: url, options: "-c role=konfirmado_app" });
      await client.connect();
      const { rows } = await client.query<{ tenant_id: string }>(tenants);
      await client.end();
      return rows.map(({ tenant_id }) => tenant_id);
    };
    expect(await seenAt(world.databaseUrl)).toEqual([]);
    expect(await seenAt(pooler.at(world.databaseUrl))).toEqual(expect.arrayContaining([ours.tenantId, theirs.tenantId]));
  });

  test("the owner's address serves nothing, to nobody", async () => {
    await connectBy({ DATABASE_URL: pooler.at(world.databaseUrl) });
    await expectNothing();
  });

  test("server and worker end at their start, with one sentence that says what to do", async () => {
    const settings = { DATABASE_URL: pooler.at(world.databaseUrl), DATABASE_DIRECT_URL: world.databaseUrl };
    for (const file of ["src/server.ts", "src/worker.ts"] as const)
      await expect(startProgram(world, file, settings)).rejects.toThrow(
        new RegExp(`^${file} ended: Nothing is served, .* Set DATABASE_APP_URL to an address that logs in as konfirmado_app; .*\\.\n$`),
      );
  });

  test("logins of the roles serve, each tenant its own", async () => {
    await connectBy(loginsAt(pooler));
    const seen = await Promise.all(
      Array.from({ length: 40 }, (_, n) => {
        const { tenantId } = n % 2 ? ours : theirs;
        return inTenant(tenantId, async (tx) => {
          const rows = await tx.selectFrom("tenant").select("tenant_id").execute();
          return rows.length === 1 && rows[0]?.tenant_id === tenantId;
        });
      }),
    );
    expect(seen).toEqual(Array(40).fill(true));
    expect(await appDb().selectFrom("tenant").select("tenant_id").execute()).toEqual([]);
    expect(await systemDb().selectFrom("tenant").select("tenant_id").execute()).toHaveLength(2);
  });

  test("a booking goes all its way while the owner's address is used for nothing but what needs it directly", async () => {
    await connectBy({
      DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing",
      ...loginsAt(pooler),
      DATABASE_DIRECT_URL: world.databaseUrl,
    });
    await world.startWorker();
    const booking = await reachPaymentPage(world, ours, { start: slotStart(nextSlot++) });
    await pay(world, booking.checkoutUrl, "approve");
    await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
    await settled(world, booking.id);
    await world.stopWorker();
  });

  test.each(roles)("the limits of a session hold for %s, whoever opened its connection", async (role) => {
    const limits = Object.keys(sessionLimitsMs).map((name) => sql<string>`current_setting(${name})`);
    await connectBy(loginsAt(pooler));
    const db = dbs[role]();
    const { rows } = await sql<{ limits: string[] }>`select array[${sql.join(limits)}] as limits`.execute(db);
    expect(rows[0]?.limits).toEqual(["15s", "15s", "10s"]);
    const unchecked = new pg.Client({ connectionString: pooler.at(loginAs(role)) });
    await unchecked.connect();
    for (const [name, ms] of Object.entries(sessionLimitsMs))
      expect((await unchecked.query(`show ${name}`)).rows).toEqual([{ [name]: `${ms / 1000}s` }]);
    await unchecked.end();
  });
});

test("a connection is asked once in its life, in one round trip, and no statement pays for it", async () => {
  await connectBy({});
  const statements = vi.spyOn(pg.Client.prototype, "query");
  for (let n = 0; n < 5; n += 1) await systemPool().query("select");
  const texts = statements.mock.calls.map(([asked]: unknown[]) => String(asked));
  statements.mockRestore();
  expect(texts.slice(1)).toEqual(Array(5).fill("select"));
  expect(texts[0]).toContain("row_security_active");
});

test("a login that is not the role's serves nothing", async () => {
  await connectBy({ DATABASE_APP_URL: world.databaseUrl, DATABASE_SYSTEM_URL: world.databaseUrl });
  await expectNothing();
});

test.each(["superuser", "bypassrls"])("roles that may see everything (%s) serve nothing", async (attribute) => {
  for (const role of roles) await world.owner.query(`alter role ${role} ${attribute}`);
  try {
    await expectNothing();
  } finally {
    for (const role of roles) await world.owner.query(`alter role ${role} no${attribute}`);
  }
  await expect(appDb().selectFrom("tenant").select("tenant_id").execute()).resolves.toEqual([]);
});

const dbs = { konfirmado_app: appDb, konfirmado_system: systemDb, konfirmado_auth: authDb };

test.each(roles)("%s as the owner of the tables serves nothing", async (role) => {
  await world.owner.query(`alter table tenant owner to ${role}`);
  await expect(sql`select`.execute(dbs[role]())).rejects.toThrow(UnsafeConnection);
  await world.owner.query("alter table tenant owner to current_user");
  if (role !== "konfirmado_auth") await world.owner.query(`grant select, insert, update, delete on tenant to ${role}`);
  await expect(systemPool().query(tenants)).resolves.toMatchObject({ rowCount: 2 });
});

test("people's accounts are not served by a role that may read a tenant's table", async () => {
  await connectBy({});
  await expect(sql`select`.execute(authDb())).resolves.toBeDefined();
  await connectBy({});
  await world.owner.query("grant select on tenant to konfirmado_auth");
  await expect(sql`select`.execute(authDb())).rejects.toThrow(UnsafeConnection);
  await world.owner.query("revoke select on tenant from konfirmado_auth");
});
