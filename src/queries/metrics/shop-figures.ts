import { sql } from "kysely";
import type { Metrics } from "#contracts/metrics/metrics.ts";
import type { Tx } from "#platform/db.ts";
import { takenAt } from "../ledger/ledger-lines.ts";
import type { Filters, Range } from "./metrics-range.ts";

type Shop = NonNullable<Metrics["shop"]>;

/**
 * Purchases that began in the range and those of them that were paid, and the money by the day of
 * its approval. Null without a shop, and with a filter: what a booking has, an order has not.
 */
export async function shopFigures(tx: Tx, range: Range, filters: Filters): Promise<Metrics["shop"]> {
  if (Object.keys(filters).length > 0) return null;
  const { tenantId, from, to, since, until } = range;
  const { rows } = await sql<{ has_shop: boolean; begun: number; paid: number; deleted: number }>`
    select exists (select from shop where tenant_id = ${tenantId}) as has_shop,
      count(*)::int as begun, count(o.id)::int as paid,
      (select coalesce(sum(value), 0)::int from metric where tenant_id = ${tenantId} and name = 'order_session_ended'
        and day between ${from}::date and ${to}::date) as deleted
    from checkout k left join shop_order o on o.tenant_id = k.tenant_id and o.id = k.id
    where k.tenant_id = ${tenantId} and k.kind = 'order' and k.created_at >= ${since} and k.created_at < ${until}`.execute(tx);
  const [found] = rows;
  if (!found?.has_shop) return null;
  const begun = found.begun + found.deleted;
  return { begun, paid: found.paid, conversion: begun === 0 ? null : found.paid / begun, money: await moneyOf(tx, range) };
}

async function moneyOf(tx: Tx, { tenantId, since, until }: Range): Promise<Shop["money"]> {
  const { rows } = await sql<Shop["money"][number]>`
    with sums as materialized (
      select 'revenue' as kind, c.amount_minor, c.currency, n.mode = 'test' as is_test
      from charge c
      join payment p on p.tenant_id = c.tenant_id and p.id = c.payment_id
      join checkout k on k.tenant_id = p.tenant_id and k.id = p.checkout_id and k.paid_charge_id = c.id and k.kind = 'order'
      join connection n on n.tenant_id = c.tenant_id and n.id = c.connection_id
      where c.tenant_id = ${tenantId} and c.amount_minor > 0 and ${takenAt} >= ${since} and ${takenAt} < ${until}
      union all
      select case when k.paid_charge_id = r.charge_id then 'refund' else 'other_refund' end, r.amount_minor, r.currency, n.mode = 'test'
      from refund_case r
      join checkout k on k.tenant_id = r.tenant_id and k.id = r.checkout_id and k.kind = 'order'
      join charge c on c.tenant_id = r.tenant_id and c.id = r.charge_id
      join connection n on n.tenant_id = c.tenant_id and n.id = c.connection_id
      where r.tenant_id = ${tenantId} and r.state = 'done' and r.withdrawn_at is null
        and r.updated_at >= ${since} and r.updated_at < ${until}
    )
    select currency, is_test as "isTest", (count(*) filter (where kind = 'revenue'))::int as payments,
      coalesce(sum(amount_minor) filter (where kind = 'revenue'), 0)::bigint as "revenueMinor",
      coalesce(sum(amount_minor) filter (where kind = 'refund'), 0)::bigint as "refundedMinor",
      coalesce(sum(amount_minor) filter (where kind = 'other_refund'), 0)::bigint as "otherRefundsMinor"
    from sums group by currency, is_test order by is_test, currency`.execute(tx);
  return rows;
}
