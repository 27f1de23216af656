import { type RawBuilder, sql } from "kysely";

/** Where a page ends, of a list by `created_at` and `id`. As a text it is the list's cursor. */
export type PagePlace = { at: string; id: string };

const shape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{6}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The place of a row. A timestamp of PostgreSQL is finer than a Date. */
export function placeOfRow(row: { createdAt: RawBuilder<unknown>; id: RawBuilder<unknown> }): RawBuilder<string> {
  return sql<string>`to_char(${row.createdAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || ${row.id}`;
}

/** Returns null for a text that no row's place is. */
export function readPlace(cursor: string | undefined): PagePlace | null {
  const [, seconds = "", rest, id] = shape.exec(cursor ?? "") ?? [];
  const time = Date.parse(`${seconds}Z`);
  // A day that is in no calendar becomes another one, and PostgreSQL has no year 0.
  const isReal = seconds > "0001" && !Number.isNaN(time) && new Date(time).toISOString().startsWith(seconds);
  return isReal && id ? { at: seconds + rest, id } : null;
}
