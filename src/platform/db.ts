import { Kysely, PostgresDialect, type RawBuilder, sql, type Transaction } from "kysely";
import pg from "pg";
import type { DB } from "#db/types.ts";
import { stopListening } from "./changes.ts";
import type { Role } from "./connection-check.ts";
import { sqlState, UnsafeConnection } from "./db-errors.ts";
import { env } from "./env.ts";
import { createRolePool } from "./role-pool.ts";

export type Tx = Transaction<DB>;
export type Db = Kysely<DB>;

// Every bigint we store (money, counters) is far below 2^53. Anything beyond is a bug.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`integer out of range: ${text}`);
  return value;
});

/** Next bundles its own copy of this file. Both copies must share one pool. */
const shared = globalThis as typeof globalThis & { konfirmadoPools?: Map<Role, { pool: pg.Pool; db: Db }> };

function connect(role: Role) {
  shared.konfirmadoPools ??= new Map();
  let found = shared.konfirmadoPools.get(role);
  if (!found) {
    const pool = createRolePool(role);
    found = { pool, db: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }) };
    shared.konfirmadoPools.set(role, found);
  }
  return found;
}

/** For single statements that carry their tenant themselves (SQL functions) or need none. */
export const appDb = (): Db => connect("konfirmado_app").db;
/** Sees every tenant: for webhook intake, sweepers and the doctor. */
export const systemDb = (): Db => connect("konfirmado_system").db;
/** People's accounts: the schema `auth`, and nothing else. */
export const authDb = (): Db => connect("konfirmado_auth").db;
export const appPool = (): pg.Pool => connect("konfirmado_app").pool;
export const systemPool = (): pg.Pool => connect("konfirmado_system").pool;
const authPool = (): pg.Pool => connect("konfirmado_auth").pool;

/** Runs a transaction in which row-level security shows this tenant only. Retries deadlocks. */
export function inTenant<T>(tenantId: string, run: (tx: Tx) => Promise<T>): Promise<T> {
  return again(() =>
    appDb()
      .connection()
      .execute((connection) => transaction(connection, tenantId, run)),
  );
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Begins and sets the tenant in one round trip. Two statements share one only as text, so the id is
 * checked first. `set local`, because set_config() does not reach Citus's workers.
 */
async function transaction<T>(connection: Db, tenantId: string, run: (tx: Tx) => Promise<T>): Promise<T> {
  if (!uuid.test(tenantId)) throw new Error("not a tenant's id");
  try {
    // Inside `try`: if only its second half fails, the connection is in a transaction all the same.
    await sql.raw(`begin; set local app.tenant_id = '${tenantId}'`).execute(connection);
    // A Tx is a connection inside a transaction.
    const result = await run(connection as unknown as Tx);
    await sql`commit`.execute(connection);
    return result;
  } catch (error) {
    // A lost connection has rolled back already.
    await sql`rollback`.execute(connection).catch(() => {});
    throw error;
  }
}

/**
 * One transaction over all tenants in two round trips: `first` goes out with the begin, and what
 * `last` makes of its rows with the commit. Returns null, having changed nothing, if `last` does.
 */
export async function inSystemAtOnce<First, Last>(
  first: pg.QueryConfig,
  last: (rows: First[]) => pg.QueryConfig | null,
): Promise<Last[] | null> {
  const client = await systemPool().connect();
  let failed = true;
  try {
    const [, { rows }] = await both([client.query("begin"), client.query(first)]);
    const wanted = last(rows as First[]);
    const done = wanted ? (await both([client.query(wanted), client.query("commit")]))[0] : null;
    if (!done) await client.query("rollback");
    failed = false;
    return done ? (done.rows as Last[]) : null;
  } finally {
    // A connection that failed inside a transaction is closed, so the server rolls back.
    client.release(failed);
  }
}

/** Waits for both before it throws the first failure. */
async function both<T extends readonly unknown[]>(promises: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** One transaction over all tenants, as the system role. */
export function inSystem<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  return again(() => systemDb().transaction().execute(run));
}

/** One transaction in people's accounts. */
export function inAuth<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  return again(() => authDb().transaction().execute(run));
}

/**
 * For sweepers: one transaction over all tenants (`run` gets null), or with
 * DATABASE_BATCHES=per-tenant one for each. Every tenant gets its turn before the first failure is
 * thrown.
 */
export async function inSystemPerTenant<T>(run: (tx: Tx, tenantId: string | null) => Promise<T>): Promise<T[]> {
  if (env().DATABASE_BATCHES === "together") return [await inSystem((tx) => run(tx, null))];
  const tenants = await systemDb().selectFrom("tenant").select("tenant_id").orderBy("tenant_id").execute();
  const ends: PromiseSettledResult<T>[] = [];
  for (const { tenant_id } of tenants) ends.push(...(await Promise.allSettled([inSystem((tx) => run(tx, tenant_id))])));
  return ends.map((end) => {
    if (end.status === "rejected") throw end.reason;
    return end.value;
  });
}

/** Keeps a statement of `inSystemPerTenant` to its tenant. Is true where there is none. */
export function ofTenant(tenantId: string | null): RawBuilder<unknown> {
  return tenantId === null ? sql`true` : sql`tenant_id = ${tenantId}`;
}

/** For the start of a process. A database that is down does not end it: the first use tells. */
export async function refuseUnsafeConnections(): Promise<void> {
  for (const pool of [appPool(), systemPool(), authPool()]) {
    await pool.query("select").catch((error: unknown) => {
      if (error instanceof UnsafeConnection) throw error;
    });
  }
}

const retriable = new Set(["40P01", "40001"]);

/** Retries deadlocks and serialization failures; three attempts at most. */
export async function again<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= 3 || !retriable.has(sqlState(error) ?? "")) throw error;
    }
  }
}

export function poolCounts(): { role: string; total: number; idle: number; waiting: number }[] {
  return [...(shared.konfirmadoPools ?? [])].map(([role, { pool }]) => ({
    role,
    total: pool.totalCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
  }));
}

/** Closes every connection of this process, the listening one as well. */
export async function closeDb(): Promise<void> {
  await stopListening();
  const open = [...(shared.konfirmadoPools?.values() ?? [])];
  shared.konfirmadoPools = undefined;
  // Kysely ends only a pool that it has used itself, and some statements go to the pool directly.
  await Promise.all(open.map(({ db, pool }) => db.destroy().then(() => (pool.ending ? undefined : pool.end()))));
}
