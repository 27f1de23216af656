import { sql } from "kysely";
import { visitDaysKept } from "#domain/metrics/funnel.ts";
import { inSystemPerTenant, ofTenant, type Tx } from "#platform/db.ts";
import { visitSteps } from "#queries/metrics/visit-steps.ts";

const batchMax = 2000;

/**
 * Makes totals of a day out of visits that are older than 90 days, and deletes them. Readers add up
 * both, so a day that is half folded has the same figures. Nothing leads from a total to a visit.
 */
export async function foldVisits(): Promise<number> {
  let folded = 0;
  for (let isMore = true; isMore; ) {
    const counts = await inSystemPerTenant(foldBatch);
    folded += counts.reduce((sum, count) => sum + count, 0);
    isMore = counts.some((count) => count === batchMax);
  }
  return folded;
}

async function foldBatch(tx: Tx, tenantId: string | null): Promise<number> {
  const { rows } = await sql<{ folded: number }>`
    with old as materialized (
      select v.tenant_id, v.id, (v.opened_at at time zone t.timezone)::date as day
      from (select tenant_id, timezone from tenant where ${ofTenant(tenantId)}) t
      join visit v on v.tenant_id = t.tenant_id
        and v.opened_at < (date_trunc('day', now() at time zone t.timezone) - make_interval(days => ${visitDaysKept}))
          at time zone t.timezone
      limit ${batchMax} for update of v skip locked
    ), reached as (
      ${visitSteps(sql`(v.tenant_id, v.id) in (select tenant_id, id from old)`)}
    ), gone as (
      delete from visit v using old where v.tenant_id = old.tenant_id and v.id = old.id returning 1
    ), totals as (
      insert into metric as m (tenant_id, name, day, metadata, value)
      select r.tenant_id, 'conversion_funnel', old.day,
        jsonb_build_object('step', r.step, 'link', r.link_id, 'service', r.service_id, 'professional', r.professional_id,
          'provider', r.provider, 'device', r.device, 'source', r.source, 'campaign', r.campaign) as metadata, count(*)
      from reached r join old on old.tenant_id = r.tenant_id and old.id = r.id
      group by r.tenant_id, old.day, metadata
      on conflict (tenant_id, name, day, metadata) do update set value = m.value + excluded.value
      returning 1
    )
    select count(*)::int as folded from gone`.execute(tx);
  return rows[0]?.folded ?? 0;
}
