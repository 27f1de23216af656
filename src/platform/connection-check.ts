import type pg from "pg";
import { UnsafeConnection } from "./db-errors.ts";

export type Role = "konfirmado_app" | "konfirmado_system";

/**
 * Limits of every session of the two roles. Migration 001 sets them on the roles too, because a
 * transaction pooler opens connections that this process never greets.
 */
export const sessionLimitsMs = { statement_timeout: 15_000, idle_in_transaction_session_timeout: 15_000, lock_timeout: 10_000 } as const;

/** Row-level security is inactive for a superuser, a table's owner and a role with bypassrls. */
const question = `
  select current_user::text as role,
    row_security_active('tenant'::regclass) as "isBound",
    extract(epoch from clock_timestamp())::float8 * 1000 as "nowMs",
    ${Object.entries(sessionLimitsMs)
      .map(([name, ms]) => `set_config('${name}', '${ms}', false)`)
      .join(", ")}`;

/** Next bundles its own copy of this file. Both know the same clock. */
const shared = globalThis as typeof globalThis & { konfirmadoClockMs?: number };

/**
 * The database's time, in milliseconds since the epoch. Holds and payments end by that clock, so
 * whatever is compared with them is too. Counts on from the last new connection by the processor's
 * own steady clock, which no correction of the time moves.
 */
export const databaseNow = (): number =>
  shared.konfirmadoClockMs === undefined ? Date.now() : Math.round(performance.now() + shared.konfirmadoClockMs);

/** The answer's time lies between the asking and now, so a kept value that fits is as good. */
function readClock(nowMs: number, askedAt: number): void {
  const [least, most] = [nowMs - performance.now(), nowMs - askedAt];
  const kept = shared.konfirmadoClockMs;
  if (kept === undefined || kept < least || kept > most) shared.konfirmadoClockMs = (least + most) / 2;
}

/**
 * Sets the limits and verifies the role, in one round trip per new connection. Suffices behind a
 * transaction pooler: a login role (DATABASE_APP_URL) logs in on every server connection.
 */
export async function checkConnection(client: pg.ClientBase, role: Role): Promise<void> {
  const askedAt = performance.now();
  const { rows } = await client.query<{ role: string; isBound: boolean; nowMs: number }>(question);
  const [found] = rows;
  if (found) readClock(found.nowMs, askedAt);
  if (found?.role !== role) throw new UnsafeConnection(`${wish(role)} works as ${found?.role ?? "nobody"}. ${remedy(role)}`);
  if (!found.isBound)
    throw new UnsafeConnection(`${wish(role)} is not bound by row-level security. Take superuser, bypassrls and ownership from ${role}.`);
}

const wish = (role: Role) => `Nothing is served, because tenants could see each other: a database connection that must work as ${role}`;

function remedy(role: Role): string {
  const name = role === "konfirmado_app" ? "DATABASE_APP_URL" : "DATABASE_SYSTEM_URL";
  return `Set ${name} to an address that logs in as ${role}; a pooler drops the startup option by which DATABASE_URL takes the role.`;
}
