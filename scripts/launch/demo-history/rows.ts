import { type Selectable, sql } from "kysely";
import type { DB } from "#db/types.ts";
import type { Tx } from "#platform/db.ts";

/** In an order in which each finds what it points to. */
const tables = [
  ...(["checkout", "booking", "booking_answer", "booking_note", "slot_claim", "payment", "charge", "refund_case"] as const),
  ...(["inbox_event", "event", "follow_up", "callback_message", "callback_attempt", "notification", "link_opens", "visit"] as const),
] as const;
type Table = (typeof tables)[number];
/** The columns that are left out have no default, or are null. */
export type Row<Name extends Table> = Partial<Selectable<DB[Name]>>;
export type Rows = { [Name in Table]: Row<Name>[] };

export function noRows(): Rows {
  return {
    ...{ checkout: [], booking: [], booking_answer: [], booking_note: [], slot_claim: [], payment: [], charge: [], refund_case: [] },
    ...{
      inbox_event: [],
      event: [],
      follow_up: [],
      callback_message: [],
      callback_attempt: [],
      notification: [],
      link_opens: [],
      visit: [],
    },
  };
}

/** A statement for each table. `during` is text, as PostgreSQL writes a range. */
export async function insertRows(tx: Tx, rows: Rows): Promise<void> {
  for (const table of tables) {
    const given: readonly object[] = rows[table];
    const columns = [...new Set(given.flatMap((row) => Object.keys(row)))];
    if (columns.length === 0) continue;
    const names = sql.join(columns.map((column) => sql.ref(column)));
    await sql`
      insert into ${sql.table(table)} (${names})
      select ${names} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(given)}::jsonb)`.execute(tx);
  }
}
