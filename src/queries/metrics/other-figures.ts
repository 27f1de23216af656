import { sql } from "kysely";
import type { Metrics } from "#contracts/metrics/metrics.ts";
import { databaseNow } from "#platform/connection-check.ts";
import type { Tx } from "#platform/db.ts";
import { firstIdAt } from "#platform/ids.ts";
import type { Filters, Range } from "./metrics-range.ts";

/** Percentiles of more would be the same, and slower. */
const webhooksMax = 10_000;

/** The newest webhooks of the range, by provider. */
export async function webhookFigures(tx: Tx, { tenantId, since, until }: Range, { provider }: Filters): Promise<Metrics["webhooks"]> {
  const { rows } = await sql<Metrics["webhooks"][number]>`
    select provider, count(*)::int as settled,
      percentile_disc(0.5) within group (order by settling) as "p50Ms",
      percentile_disc(0.95) within group (order by settling) as "p95Ms",
      percentile_disc(0.5) within group (order by arriving) as "arrivalP50Ms",
      percentile_disc(0.95) within group (order by arriving) as "arrivalP95Ms"
    from (
      select i.provider, greatest(0, extract(epoch from i.settled_at - i.received_at)::float8 * 1000) as settling,
        greatest(0, extract(epoch from i.received_at - c.approved_at)::float8 * 1000) as arriving
      from inbox_event i
      left join charge c on i.is_approval and c.approved_at is not null and c.tenant_id = i.tenant_id
        and c.connection_id = i.connection_id and c.provider_charge_id = i.provider_charge_id
      where i.tenant_id = ${tenantId} and i.id >= ${firstIdAt(since.getTime())}::uuid and i.id < ${firstIdAt(until.getTime())}::uuid
        and i.state = 'settled' and (${provider ?? null}::text is null or i.provider = ${provider ?? null})
      order by i.id desc limit ${webhooksMax}
    ) newest group by provider order by settled desc, provider`.execute(tx);
  return rows;
}

export async function oauthFailures(tx: Tx, { tenantId, since, until }: Range): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from event
    where tenant_id = ${tenantId} and kind = 'oauth_failure' and created_at >= ${since} and created_at < ${until}`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Rows of lapsed holds live for two hours, and a little longer after a crash. */
const rowsLiveMs = 86_400_000;
const knownOfHolds: readonly string[] = ["service", "professional"];

/** Times that somebody held without going on to pay. Null with a filter that no hold knows. */
export async function lapsedHolds(tx: Tx, { tenantId, from, to, since, until }: Range, filters: Filters): Promise<number | null> {
  if (Object.keys(filters).some((name) => !knownOfHolds.includes(name))) return null;
  const { service = null, professional = null } = filters;
  const { rows } = await sql<{ count: number }>`
    select (
      select coalesce(sum(value), 0) from metric
      where tenant_id = ${tenantId} and name = 'hold_lapsed' and day between ${from}::date and ${to}::date
        and (${service}::text is null or metadata ->> 'service' = ${service})
        and (${professional}::text is null or metadata ->> 'professional' = ${professional})
    )::int + (
      select count(*) from slot_claim
      where tenant_id = ${tenantId} and id >= ${firstIdAt(databaseNow() - rowsLiveMs)}::uuid and checkout_id is null
        and state in ('held', 'expired') and expires_at <= now() and expires_at >= ${since} and expires_at < ${until}
        and (${service}::uuid is null or service_id = ${service}) and (${professional}::uuid is null or professional_id = ${professional})
    )::int as count`.execute(tx);
  return rows[0]?.count ?? 0;
}
