import { sql } from "kysely";
import type { Tx } from "#platform/db.ts";

/** The transaction's time, by the database's clock. */
export async function timeNow(tx: Tx): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select now()`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error("the database tells no time");
  return row.now;
}
