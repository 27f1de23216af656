import { sql } from "kysely";
import { type FailedFollowUps, failedFollowUpsMax } from "#contracts/desk/follow-ups.ts";
import { inTenant } from "#platform/db.ts";

type Row = Omit<FailedFollowUps["followUps"][number], "failedAt"> & { failed_at: Date };

/** What has used up its tries and waits for a person. */
export function listFailedFollowUps(tenantId: string): Promise<FailedFollowUps> {
  return inTenant(tenantId, async (tx) => {
    const { rows } = await sql<Row>`
      select f.id, f.job, e.kind as event, f.attempts, f.last_error as "lastError", f.updated_at as failed_at, k.id as "checkoutId", k.kind as "checkoutKind"
      from follow_up f
      join event e on e.tenant_id = f.tenant_id and e.id = f.event_id
      left join checkout k on k.tenant_id = f.tenant_id and k.id = f.subject_id
      where f.tenant_id = current_tenant() and f.state = 'attention'
      order by f.updated_at desc, f.id limit ${failedFollowUpsMax}`.execute(tx);
    const { total } = await tx
      .selectFrom("follow_up")
      .select((is) => is.fn.countAll<string>().as("total"))
      .where("state", "=", "attention")
      .executeTakeFirstOrThrow();
    return { followUps: rows.map(({ failed_at, ...row }) => ({ ...row, failedAt: failed_at.toISOString() })), total: Number(total) };
  });
}

/** Ids of the oldest. */
export function failedFollowUpIds(tenantId: string): Promise<string[]> {
  return inTenant(tenantId, async (tx) => {
    const failed = tx.selectFrom("follow_up").select("id").where("state", "=", "attention");
    const rows = await failed.orderBy("updated_at").limit(failedFollowUpsMax).execute();
    return rows.map(({ id }) => id);
  });
}

export function isFollowUpKnown(tenantId: string, id: string): Promise<boolean> {
  return inTenant(tenantId, async (tx) => {
    const row = await tx.selectFrom("follow_up").select("id").where("id", "=", id).executeTakeFirst();
    return row !== undefined;
  });
}
