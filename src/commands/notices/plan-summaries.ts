import { sql } from "kysely";
import { inSystemPerTenant, inTenant } from "#platform/db.ts";
import { logEvent } from "../log-event.ts";

const plannedAtOnceMax = 500;

type Due = { tenantId: string; memberId: string; today: string; tomorrow: string };

/**
 * Plans the mails about tomorrow whose hour has come, by the tenant's clock. An hour in which
 * nothing ran is made up for until midnight.
 */
export async function planSummaries(): Promise<void> {
  const found = await inSystemPerTenant(async (tx, tenantId) => {
    const { rows } = await sql<Due>`
      select w.tenant_id as "tenantId", w.member_id as "memberId", day.today::text, (day.today + 1)::text as tomorrow
      from notice_mail w
        join tenant t on t.tenant_id = w.tenant_id
        join member m on m.tenant_id = w.tenant_id and m.id = w.member_id
        cross join lateral (select (now() at time zone t.timezone)::date as today) day
        cross join lateral (select (day.today + make_interval(hours => w.hour)) at time zone t.timezone as at) due
      where w.kind = 'summary' and m.removed_at is null and w.planned_on is distinct from day.today
        and due.at between w.since and now() and ${tenantId === null ? sql`true` : sql`w.tenant_id = ${tenantId}`}
      limit ${plannedAtOnceMax}`.execute(tx);
    return rows;
  });
  for (const due of found.flat()) await plan(due);
}

/** Of two sweeps at once, the row lets one plan it. */
async function plan({ tenantId, memberId, today, tomorrow }: Due): Promise<void> {
  await inTenant(tenantId, async (tx) => {
    const planned = await sql`
      update notice_mail set planned_on = ${today}::date
      where tenant_id = ${tenantId} and member_id = ${memberId} and kind = 'summary' and planned_on is distinct from ${today}::date
      returning 1`.execute(tx);
    if (planned.rows.length === 0) return;
    const subject = { kind: "tenant", id: tenantId } as const;
    await logEvent(tx, { tenantId, subject, kind: "member.summary_due", details: { memberId, day: tomorrow }, actor: "system" });
  });
}
