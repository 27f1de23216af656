import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import pg from "pg";
import type { DB } from "#db/types.ts";
import { sqlState } from "./db-errors.ts";
import { env } from "./env.ts";

export type Tx = Transaction<DB>;
export type Db = Kysely<DB>;
type Role = "konfirmado_app" | "konfirmado_system";

// Every bigint we store (money, counters) is far below 2^53; anything beyond is a bug worth crashing for.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`integer out of range: ${text}`);
  return value;
});

/** Next bundles its own copy of this file; both copies must share one pool. */
const shared = globalThis as typeof globalThis & { konfirmadoPools?: Map<Role, { pool: pg.Pool; db: Db }> };

function connect(role: Role) {
  shared.konfirmadoPools ??= new Map();
  let found = shared.konfirmadoPools.get(role);
  if (!found) {
    // Settling has four statements under way at most: two are left for webhooks and sweepers even while all of those wait for a lock.
    const max = role === "konfirmado_app" ? env().DATABASE_POOL_MAX : Math.max(6, Math.floor(env().DATABASE_POOL_MAX / 4));
    const pool = new pg.Pool({
      connectionString: env().DATABASE_URL,
      options: `-c role=${role} -c statement_timeout=15000 -c idle_in_transaction_session_timeout=15000 -c lock_timeout=10000`,
      max,
      connectionTimeoutMillis: 5000,
      application_name: role,
      // A server that has fallen silent (a cable, a firewall that forgot us) never says so: later than its own time-out nothing comes any more.
      query_timeout: 20_000,
      keepAlive: true,
      // Statements that do not wait for each other's answers share a round trip.
      pipeline: true,
    });
    pool.on("error", () => {}); // an idle connection that dies is replaced by the pool; the next query tells
    // One that dies inside a transaction, between two statements, has nobody else listening: without this the whole process would end.
    pool.on("connect", (client) => client.on("error", () => {}));
    found = { pool, db: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }) };
    shared.konfirmadoPools.set(role, found);
  }
  return found;
}

/** For single statements that carry their tenant themselves (SQL functions) or need none. */
export const appDb = (): Db => connect("konfirmado_app").db;
/** Sees every tenant. Webhook intake, sweepers, doctor. */
export const systemDb = (): Db => connect("konfirmado_system").db;
export const appPool = (): pg.Pool => connect("konfirmado_app").pool;
export const systemPool = (): pg.Pool => connect("konfirmado_system").pool;

/** One transaction in which row-level security shows exactly this tenant. A deadlock or serialization failure is tried again, twice. */
export function inTenant<T>(tenantId: string, run: (tx: Tx) => Promise<T>): Promise<T> {
  return again(() =>
    appDb()
      .connection()
      .execute((connection) => transaction(connection, tenantId, run)),
  );
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Begin and tenant in one round trip: two statements can only be sent together as text, so the id is checked to be nothing but an id. */
async function transaction<T>(connection: Db, tenantId: string, run: (tx: Tx) => Promise<T>): Promise<T> {
  if (!uuid.test(tenantId)) throw new Error("not a tenant's id");
  try {
    // Inside: if only its second half fails, the connection is in a transaction all the same.
    await sql.raw(`begin; select set_config('app.tenant_id', '${tenantId}', true)`).execute(connection);
    const result = await run(connection as unknown as Tx); // a connection inside a transaction is what a Tx is
    await sql`commit`.execute(connection);
    return result;
  } catch (error) {
    await sql`rollback`.execute(connection).catch(() => {}); // a lost connection has rolled back already
    throw error;
  }
}

/**
 * One transaction over all tenants in two round trips, by the named system role: `first` goes out with the begin, and what `last` makes of its
 * rows with the commit. Null: `last` wanted nothing, and nothing was changed.
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
    // A connection that failed inside a transaction goes; the server rolls back.
    client.release(failed);
  }
}

/** Both have ended before the first failure is told. */
async function both<T extends readonly unknown[]>(promises: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** One transaction over all tenants, by the named system role. */
export function inSystem<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  return again(() => systemDb().transaction().execute(run));
}

const retriable = new Set(["40P01", "40001"]);

/** Runs again when PostgreSQL asked for it (deadlock, serialization); at most three times in all. */
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

export async function closeDb(): Promise<void> {
  const open = [...(shared.konfirmadoPools?.values() ?? [])];
  shared.konfirmadoPools = undefined;
  // Kysely ends only a pool that it has used itself; some statements go to the pool directly.
  await Promise.all(open.map(({ db, pool }) => db.destroy().then(() => (pool.ending ? undefined : pool.end()))));
}
