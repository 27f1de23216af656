import { sql } from "kysely";
import { type Dimension, type FunnelStep, funnelSteps } from "#contracts/metrics/steps.ts";
import type { Furthest } from "#domain/metrics/funnel.ts";
import type { Tx } from "#platform/db.ts";
import { type Filters, matching, type Range } from "./metrics-range.ts";
import { visitSteps } from "./visit-steps.ts";

type Counted = { key: string | null; step: number; visits: number };
export type VisitFigures = {
  all: Furthest[];
  rows: Map<string, Furthest[]>;
  medians: Partial<Record<FunnelStep, number | null>>;
};

/** Visits that are there, and totals of the days before. Medians come from the first alone. */
export async function visitFigures(tx: Tx, range: Range, { filters, by }: { filters: Filters; by: Dimension }): Promise<VisitFigures> {
  const { tenantId, timezone, from, to, since, until } = range;
  const { rows } = await sql<{ counts: Counted[]; medians: VisitFigures["medians"] | null }>`
    with reached as materialized (
      select * from (
        select link_id::text as link, service_id::text as service, professional_id::text as professional, provider, device,
          source, campaign, (opened_at at time zone ${timezone})::date::text as day, step, 1::bigint as visits,
          opened_at, service_at, slot_at, details_at, payment_at, approved_at, confirmed_at
        from (${visitSteps(sql`v.tenant_id = ${tenantId} and v.opened_at >= ${since} and v.opened_at < ${until}`)}) recent
        union all
        select metadata ->> 'link', metadata ->> 'service', metadata ->> 'professional', metadata ->> 'provider',
          metadata ->> 'device', metadata ->> 'source', metadata ->> 'campaign', day::text, (metadata ->> 'step')::int, value,
          null, null, null, null, null, null, null
        from metric
        where tenant_id = ${tenantId} and name = 'conversion_funnel' and day between ${from}::date and ${to}::date
      ) all_visits where ${matching(filters)}
    ), counts as (
      select case when grouping(${sql.ref(by)}) = 0 then coalesce(${sql.ref(by)}, '') end as key, step, sum(visits)::int as visits
      from reached group by grouping sets ((step), (${sql.ref(by)}, step))
    )
    select (select coalesce(json_agg(counts), '[]') from counts) as counts,
      (select json_build_object(${sql.join(gaps.map(medianOf))}) from reached) as medians`.execute(tx);
  const { counts = [], medians } = rows[0] ?? {};
  const byKey = Map.groupBy(counts, ({ key }) => key);
  const all = byKey.get(null) ?? [];
  byKey.delete(null);
  return { all, rows: new Map([...byKey].map(([key, found]) => [key ?? "", found])), medians: medians ?? {} };
}

const gaps = funnelSteps.slice(1).map((step, index) => ({ step, before: funnelSteps[index] ?? "opened" }));

/** Only visits of which both moments are known. Clocks of two machines may differ a little. */
function medianOf({ step, before }: { step: FunnelStep; before: FunnelStep }) {
  const [ended, began] = [sql.ref(`${step}_at`), sql.ref(`${before}_at`)];
  return sql`${sql.lit(step)}, percentile_cont(0.5) within group (order by greatest(0, extract(epoch from ${ended} - ${began})::float8))
    filter (where ${ended} is not null and ${began} is not null)`;
}
