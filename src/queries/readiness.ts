import { sql } from "kysely";
import { inSystem, poolCounts, systemDb } from "../platform/db.ts";
import { metrics } from "../platform/metrics.ts";

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

/** Brings the gauges up to date: what waits in the database, and this process's connections. A database that is down leaves them as they were. */
export async function countWaiting(): Promise<void> {
  for (const { role, total, idle, waiting } of poolCounts()) {
    metrics().pool.set({ role, state: "busy" }, total - idle);
    metrics().pool.set({ role, state: "idle" }, idle);
    metrics().pool.set({ role, state: "waiting" }, waiting);
  }
  const { rows } = await inSystem((tx) =>
    sql<{ kind: string; count: number }>`
      select 'refund case ' || state as kind, count(*) as count from refund_case where state <> 'done' group by state
      union all select 'follow-up attention', count(*) from follow_up where state = 'attention'
      union all select 'follow-up due', count(*) from follow_up where state = 'pending' and run_at < now()
      union all select 'event unmatched', count(*) from inbox_event where state = 'unmatched'
      union all select 'event received', count(*) from inbox_event where state = 'received'`.execute(tx),
  ).catch(() => ({ rows: [] }));
  metrics().waiting.reset();
  for (const { kind, count } of rows) metrics().waiting.set({ kind }, count);
}
