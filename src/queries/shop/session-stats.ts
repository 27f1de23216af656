import { type RawBuilder, sql } from "kysely";
import type { SessionStats } from "#contracts/shop/session-stats.ts";
import { toMajor } from "#domain/money.ts";
import { inSystem, ofTenant, type Tx } from "#platform/db.ts";

type Asked = { tenantId: string | null; days: number };

/** Of one merchant, or of all (null). Of those deleted since, only how they ended is known. */
export function loadSessionStats({ tenantId, days }: Asked): Promise<SessionStats> {
  return inSystem(async (tx) => {
    const isOurs = ofTenant(tenantId);
    const { from, active, processed, medianMinutesToPay } = await countPaid(tx, { isOurs, days });
    const { expired, cancelled } = await countUnpaid(tx, { isOurs, days });
    const ended = processed + expired + cancelled;
    return {
      from: from.toISOString(),
      ...{ active, processed, expired, cancelled },
      conversion: ended === 0 ? null : Math.round((processed / ended) * 10_000) / 10_000,
      values: await sumValues(tx, { isOurs, days }),
      medianMinutesToPay,
    };
  });
}

type Range = { isOurs: RawBuilder<unknown>; days: number };

async function countPaid(tx: Tx, { isOurs, days }: Range) {
  type Row = { from: Date; active: number; processed: number; medianMinutesToPay: number | null };
  const { rows } = await sql<Row>`
    with paid as (
      select o.tenant_id, o.id, o.paid_at from shop_order o
      where o.paid_at >= now() - make_interval(days => ${days}) and ${isOurs}
    )
    select now() - make_interval(days => ${days}) as from,
      (select count(*)::int from checkout
        where kind = 'order' and paid_charge_id is null and status = 'pending' and ends_at > now() and ${isOurs}) as active,
      (select count(*)::int from paid) as processed,
      (select round((percentile_cont(0.5) within group (order by extract(epoch from paid.paid_at - k.created_at)) / 60)::numeric, 1)::float8
        from paid join checkout k on k.tenant_id = paid.tenant_id and k.id = paid.id) as "medianMinutesToPay"`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error("a count has no row");
  return row;
}

/** Rows live for half an hour or longer; what was deleted is counted by its merchant's day. */
async function countUnpaid(tx: Tx, { isOurs, days }: Range) {
  const { rows } = await sql<{ expired: number; cancelled: number }>`
    with ended as (
      select case status when 'cancelled' then 'cancelled' else 'expired' end as how, 1 as sessions from checkout
      where kind = 'order' and status in ('expired', 'failed', 'cancelled')
        and created_at >= now() - make_interval(days => ${days}) and ${isOurs}
        and not exists (select from shop_order o where o.tenant_id = checkout.tenant_id and o.id = checkout.id)
      union all
      select metadata ->> 'how', value from metric
      where name = 'order_session_ended' and day >= (now() - make_interval(days => ${days}))::date and ${isOurs}
    )
    select coalesce(sum(sessions) filter (where how = 'expired'), 0)::int as expired,
      coalesce(sum(sessions) filter (where how = 'cancelled'), 0)::int as cancelled
    from ended`.execute(tx);
  return rows[0] ?? { expired: 0, cancelled: 0 };
}

async function sumValues(tx: Tx, { isOurs, days }: Range): Promise<SessionStats["values"]> {
  const { rows } = await sql<{ currency: string; orders: number; totalMinor: number; medianMinor: number }>`
    select k.currency, count(*)::int as orders, sum(k.amount_minor)::bigint as "totalMinor",
      percentile_disc(0.5) within group (order by k.amount_minor) as "medianMinor"
    from (select tenant_id, id from shop_order where paid_at >= now() - make_interval(days => ${days}) and ${isOurs}) o
      join checkout k on k.tenant_id = o.tenant_id and k.id = o.id
    group by k.currency order by k.currency`.execute(tx);
  return rows.map(({ currency, orders, totalMinor, medianMinor }) => ({
    ...{ currency, orders, totalMinor, medianMinor },
    total: toMajor(totalMinor, currency),
  }));
}
