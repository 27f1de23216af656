import pg from "pg";
import { checkConnection, type Role } from "./connection-check.ts";
import { env } from "./env.ts";
import { closeSpentConnections } from "./spent-connections.ts";

/** A pool whose connections all work as this role, each verified before its first use. */
export function createRolePool(role: Role): pg.Pool {
  const { DATABASE_URL, DATABASE_APP_URL, DATABASE_SYSTEM_URL, DATABASE_POOL_MAX } = env();
  const ownUrl = role === "konfirmado_app" ? DATABASE_APP_URL : DATABASE_SYSTEM_URL;
  const pool = new pg.Pool({
    // A login of the role's own, or the owner's, which takes the role by a startup option.
    ...(ownUrl ? { connectionString: ownUrl } : { connectionString: DATABASE_URL, options: `-c role=${role}` }),
    // Settling has four statements under way at most: two are left for webhooks and sweepers even
    // while all of those wait for a lock.
    max: role === "konfirmado_app" ? DATABASE_POOL_MAX : Math.max(6, Math.floor(DATABASE_POOL_MAX / 4)),
    connectionTimeoutMillis: 5000,
    application_name: role,
    // A server that has fallen silent (a cable, a firewall that forgot us) never says so: nothing
    // comes after its own time-out any more.
    query_timeout: 20_000,
    keepAlive: true,
    // Statements that do not wait for each other's answers share a round trip.
    pipeline: true,
    // Awaited by the pool; a connection that fails it is closed and lent to nobody.
    onConnect: (client) => checkConnection(client, role),
  });
  // An idle connection that dies is replaced by the pool; the next query tells.
  pool.on("error", () => {});
  // A connection that dies between two statements of a transaction has no other listener: without
  // this one the whole process would end.
  pool.on("connect", (client) => client.on("error", () => {}));
  closeSpentConnections(pool);
  return pool;
}
