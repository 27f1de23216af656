import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { inSystem, poolCounts, systemDb } from "#platform/db.ts";
import { metrics } from "#platform/metrics.ts";
import { waitingSlots } from "./attention.ts";

/** A load balancer wants an answer soon, whatever the database does. */
const answerMsMax = 2000;
let needed: Promise<string[]> | undefined;

/** Returns false until every migration of this code is applied. A newer database is ready, too. */
export async function isReady(): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), answerMsMax);
  try {
    return await Promise.race([isMigrated(), late.promise]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

async function isMigrated(): Promise<boolean> {
  needed ??= readdir(join(process.cwd(), "db", "migrations"));
  const files = (await needed).filter((name) => name.endsWith(".sql"));
  const { rows } = await sql<{ name: string }>`select name from migration`.execute(systemDb());
  const applied = new Set(rows.map((row) => row.name));
  return files.length > 0 && files.every((name) => applied.has(name));
}

/** Sets the gauges. If the database is down, only those of this process's connections. */
export async function countWaiting(): Promise<void> {
  for (const { role, total, idle, waiting } of poolCounts()) {
    metrics().pool.set({ role, state: "busy" }, total - idle);
    metrics().pool.set({ role, state: "idle" }, idle);
    metrics().pool.set({ role, state: "waiting" }, waiting);
  }
  const { rows } = await inSystem((tx) =>
    sql<{ kind: string; count: number }>`
      select 'refund case ' || case method when 'manual' then 'manual' else state end as kind, count(*) as count from refund_case where state <> 'done' group by 1
      union all select 'refund case overdue', count(*) from refund_case where state <> 'done' and due_at < now()
      union all select 'callback address disabled', count(*) from callback_endpoint where disabled_at is not null
      union all select 'follow-up attention', count(*) from follow_up where state = 'attention'
      union all select 'follow-up due', count(*) from follow_up where state = 'pending' and run_at < now()
      union all select 'reversal open', count(*) from checkout where reversal_answer = 'open'
      union all select 'event unmatched', count(*) from inbox_event where state = 'unmatched'
      union all select 'slot awaiting an answer', count(*) from (${sql.raw(waitingSlots)}) w
      union all select 'payment without an answer', count(*) from payment where failing_since is not null and seen_at is null
      union all select 'event received', count(*) from inbox_event where state = 'received'`.execute(tx),
  ).catch(() => ({ rows: [] }));
  metrics().waiting.reset();
  for (const { kind, count } of rows) metrics().waiting.set({ kind }, count);
}
