import { sql } from "kysely";
import { systemDb } from "../platform/db.ts";

/** Whether the database answers and knows the newest thing this code needs. */
export async function isReady(): Promise<boolean> {
  try {
    const { rows } = await sql<{
      ready: boolean;
    }>`select exists (select from pg_catalog.pg_proc where proname = 'receive_event') as ready`.execute(systemDb());
    return rows[0]?.ready ?? false;
  } catch {
    return false;
  }
}
