import { sql } from "kysely";
import { type OpenFollowUps, openFollowUpsMax } from "#contracts/desk/follow-ups.ts";
import { inTenant } from "#platform/db.ts";

type OpenFollowUp = OpenFollowUps["followUps"][number];
type Row = Omit<OpenFollowUp, "nextAt"> & { next_at: Date | null };

/** The next try first. What waits stands beside what it waits for: that one is pending. */
export function listOpenFollowUps(tenantId: string): Promise<OpenFollowUp[]> {
  return inTenant(tenantId, async (tx) => {
    const { rows } = await sql<Row>`
      with pending as materialized (
        select * from follow_up where tenant_id = ${tenantId} and state = 'pending' order by run_at limit ${openFollowUpsMax}
      ), found as (
        select p.*, p.run_at as due from pending p
        union
        select w.*, p.run_at from pending p
        join follow_up w on w.tenant_id = p.tenant_id and w.event_id = p.event_id and w.state = 'waiting' and w.waits_for = p.job
      )
      select f.id, f.job, e.kind as event, f.state, f.waits_for as "waitsFor", f.attempts, f.last_error as "lastError", k.id as "checkoutId", k.kind as "checkoutKind",
        case when f.state = 'pending' then f.run_at end as next_at
      from found f
      join event e on e.tenant_id = f.tenant_id and e.id = f.event_id
      left join checkout k on k.tenant_id = f.tenant_id and k.id = f.subject_id
      order by f.due, f.state, f.id limit ${openFollowUpsMax}`.execute(tx);
    return rows.map(({ next_at, ...row }) => ({ ...row, nextAt: next_at?.toISOString() ?? null }));
  });
}
