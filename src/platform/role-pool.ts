import pg from "pg";
import { checkConnection, loginVariables, type Role } from "./connection-check.ts";
import { env } from "./env.ts";
import { closeSpentConnections } from "./spent-connections.ts";

/** Makes a pool whose connections all work as this role. Each is verified before its first use. */
export function createRolePool(role: Role): pg.Pool {
  const { DATABASE_URL, DATABASE_POOL_MAX } = env();
  const ownUrl = env()[loginVariables[role]];
  const pool = new pg.Pool({
    // The role's own login, or the owner's, which takes the role by a startup option.
    ...(ownUrl ? { connectionString: ownUrl } : { connectionString: DATABASE_URL, options: `-c role=${role}` }),
    max: connectionsMax(role, DATABASE_POOL_MAX),
    connectionTimeoutMillis: 5000,
    application_name: role,
    // A silent server (a cable, a firewall that forgot us) never closes. It times out later.
    query_timeout: 20_000,
    keepAlive: true,
    // Statements that do not wait for each other's answers share a round trip.
    pipeline: true,
    // The pool awaits it, closes a connection that fails it, and lends it to nobody.
    onConnect: (client) => checkConnection(client, role),
  });
  // The pool replaces an idle connection that dies. The next query tells.
  pool.on("error", () => {});
  // Between two statements of a transaction nothing else listens, so an error of the connection
  // would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  closeSpentConnections(pool);
  return pool;
}

function connectionsMax(role: Role, given: number): number {
  switch (role) {
    case "konfirmado_app":
      return given;
    // Settling has at most four statements under way. Two connections stay free for webhooks and
    // sweepers even while all of those wait for a lock.
    case "konfirmado_system":
      return Math.max(6, Math.floor(given / 4));
    // A look-up of a session is short, and hashing a password holds no connection.
    case "konfirmado_auth":
      return Math.max(3, Math.floor(given / 4));
    default:
      return role satisfies never;
  }
}
