import type pg from "pg";
import { UnsafeConnection } from "./db-errors.ts";

export type Role = "konfirmado_app" | "konfirmado_system" | "konfirmado_auth";

/**
 * Limits of every session of the roles. Migration 001 sets them on the roles too, because a
 * transaction pooler opens connections that this process never greets.
 */
export const sessionLimitsMs = { statement_timeout: 15_000, idle_in_transaction_session_timeout: 15_000, lock_timeout: 10_000 } as const;

/**
 * Row-level security is inactive for a superuser, a table's owner and a role with bypassrls. The
 * role of people's accounts may read no tenant's table at all.
 */
const question = `
  select current_user::text as role,
    case current_user when 'konfirmado_auth' then not has_table_privilege('public.tenant', 'select')
      else row_security_active('tenant'::regclass) end as "isBound",
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

/** Each may hold an address that logs in as the role. */
export const loginVariables = {
  konfirmado_app: "DATABASE_APP_URL",
  konfirmado_system: "DATABASE_SYSTEM_URL",
  konfirmado_auth: "DATABASE_AUTH_URL",
} as const satisfies Record<Role, string>;

const wish = (role: Role) => `Nothing is served, because tenants could see each other: a database connection that must work as ${role}`;

function remedy(role: Role): string {
  const name = loginVariables[role];
  return `Set ${name} to an address that logs in as ${role}; a pooler drops the startup option by which DATABASE_URL takes the role.`;
}
