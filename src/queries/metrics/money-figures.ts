import { sql } from "kysely";
import type { MoneySum } from "#contracts/metrics/metrics.ts";
import type { Dimension } from "#contracts/metrics/steps.ts";
import type { Tx } from "#platform/db.ts";
import { takenAt } from "../ledger/ledger-lines.ts";
import { type Filters, matching, type Range } from "./metrics-range.ts";

type Row = MoneySum & { key: string | null };
export type MoneyFigures = { all: MoneySum[]; rows: Map<string, MoneySum[]> } | null;

/**
 * Money by the day of its approval, and refunds by the day on which their case ended. Null by
 * device: a booking does not keep it.
 */
export async function moneyFigures(tx: Tx, range: Range, { filters, by }: { filters: Filters; by: Dimension }): Promise<MoneyFigures> {
  if (by === "device" || filters.device !== undefined) return null;
  const { rows } = await sql<Row>`
    with sums as materialized (
      select * from (${revenue(range)} union all ${refunds(range)}) money where ${matching(filters)}
    )
    select case when grouping(${sql.ref(by)}) = 0 then coalesce(${sql.ref(by)}, '') end as key, currency, is_test as "isTest",
      (count(*) filter (where kind = 'revenue'))::int as payments,
      coalesce(sum(amount_minor) filter (where kind = 'revenue'), 0)::bigint as "revenueMinor",
      coalesce(sum(amount_minor) filter (where kind = 'refund'), 0)::bigint as "refundedMinor",
      coalesce(sum(amount_minor) filter (where kind = 'other_refund'), 0)::bigint as "otherRefundsMinor"
    from sums group by grouping sets ((currency, is_test), (${sql.ref(by)}, currency, is_test))
    order by is_test, currency`.execute(tx);
  const byKey = Map.groupBy(rows, ({ key }) => key);
  const sumsOf = (found: Row[] = []) => found.map(({ key: _, ...sum }) => sum);
  const all = sumsOf(byKey.get(null));
  byKey.delete(null);
  return { all, rows: new Map([...byKey].map(([key, found]) => [key ?? "", sumsOf(found)])) };
}

/** The rest of a deposit is a checkout of its own. No coalesce: see `takenAt`. */
const bookingId = sql`case when t.booking_id is null then k.id else t.booking_id end`;

const revenue = ({ tenantId, timezone, since, until }: Range) => sql`
  select 'revenue' as kind, c.amount_minor, c.currency, n.mode = 'test' as is_test, b.link_id::text as link,
    b.service_id::text as service, b.professional_id::text as professional, n.provider,
    coalesce(b.campaign ->> 'utm_source', '') as source, coalesce(b.campaign ->> 'utm_campaign', '') as campaign,
    (${takenAt} at time zone ${timezone})::date::text as day
  from charge c
  join payment p on p.tenant_id = c.tenant_id and p.id = c.payment_id
  join checkout k on k.tenant_id = p.tenant_id and k.id = p.checkout_id and k.paid_charge_id = c.id
  left join booking_rest t on t.tenant_id = k.tenant_id and t.id = k.id
  join booking b on b.tenant_id = k.tenant_id and b.id = ${bookingId}
  join connection n on n.tenant_id = c.tenant_id and n.id = c.connection_id
  where c.tenant_id = ${tenantId} and c.amount_minor > 0
    and ${takenAt} >= ${since} and ${takenAt} < ${until}`;

/** A withdrawn case gave nothing back: there was no money. Those of orders are in shop-figures. */
const refunds = ({ tenantId, timezone, since, until }: Range) => sql`
  select case when k.paid_charge_id = r.charge_id then 'refund' else 'other_refund' end, r.amount_minor, r.currency,
    n.mode = 'test', b.link_id::text, b.service_id::text, b.professional_id::text, n.provider,
    coalesce(b.campaign ->> 'utm_source', ''), coalesce(b.campaign ->> 'utm_campaign', ''),
    (r.updated_at at time zone ${timezone})::date::text
  from refund_case r
  join charge c on c.tenant_id = r.tenant_id and c.id = r.charge_id
  join connection n on n.tenant_id = c.tenant_id and n.id = c.connection_id
  left join checkout k on k.tenant_id = r.tenant_id and k.id = r.checkout_id
  left join booking_rest t on t.tenant_id = k.tenant_id and t.id = k.id
  left join booking b on b.tenant_id = k.tenant_id and b.id = ${bookingId}
  where r.tenant_id = ${tenantId} and r.state = 'done' and r.withdrawn_at is null and k.kind is distinct from 'order'
    and r.updated_at >= ${since} and r.updated_at < ${until}`;
