import { type RawBuilder, sql } from "kysely";
import type { MetricsQuery } from "#contracts/metrics/metrics.ts";
import { type Dimension, metricsDaysDefault, metricsDaysMax } from "#contracts/metrics/steps.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";

export type Range = { tenantId: string; timezone: string; from: string; to: string; since: Date; until: Date };
export type Filters = Partial<Record<Exclude<Dimension, "day">, string>>;

const dayMs = 86_400_000;
const dayBefore = (day: string, days: number): string => new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, 10);

/** Whole days of the tenant's zone. Refuses: range_too_long; invalid_request if it ends first. */
export async function rangeOf(tx: Tx, tenantId: string, { from, to }: MetricsQuery): Promise<Range> {
  const { rows } = await sql<{ timezone: string; today: string }>`
    select timezone, (now() at time zone timezone)::date::text as today from tenant where tenant_id = ${tenantId}`.execute(tx);
  const { timezone = "UTC", today = "" } = rows[0] ?? {};
  const last = to ?? (from !== undefined && from > today ? from : today);
  const first = from ?? dayBefore(last, metricsDaysDefault - 1);
  if (first > last) throw new Refusal("invalid_request", "The range ends before it begins.", [{ path: "to", message: "is before `from`" }]);
  if (dayBefore(last, metricsDaysMax - 1) > first) throw new Refusal("range_too_long");
  const bounds = await sql<{ since: Date; until: Date }>`
    select ${first}::timestamp at time zone ${timezone} as since,
      (${last}::timestamp + interval '1 day') at time zone ${timezone} as until`.execute(tx);
  const { since = new Date(first), until = new Date(last) } = bounds.rows[0] ?? {};
  return { tenantId, timezone, from: first, to: last, since, until };
}

/** Columns have the names of the dimensions. `unknown` ones are in no row. */
export function matching(filters: Filters): RawBuilder<unknown> {
  const conditions = Object.entries(filters).map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`;
}
