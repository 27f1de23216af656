import { sql } from "kysely";
import { type Arrivals, type ArrivalsQuery, arrivalDaysAhead, arrivalDaysBack, unknownDaysBack } from "#contracts/ledger/arrivals.ts";
import { type AlikeArrivals, arrivalsOf } from "#domain/ledger/arrivals.ts";
import { toMajor } from "#domain/money.ts";
import { moneyHereStates } from "#domain/payment-states.ts";
import { inTenant } from "#platform/db.ts";
import { modeOf, takenAt } from "./ledger-lines.ts";
import { readDay } from "./ledger-span.ts";

/** What arrives at the merchant's bank, and when, as far as their providers tell it. */
export function loadArrivals({ tenantId, query }: { tenantId: string; query: ArrivalsQuery }): Promise<Arrivals> {
  return inTenant(tenantId, async (tx) => {
    const { day: today, mode } = await readDay(tx, query);
    const { rows } = await sql<AlikeArrivals & { timezone: string }>`
      select t.timezone, to_char(c.arrives_at at time zone t.timezone, 'YYYY-MM-DD') as day, n.provider, c.currency,
        c.amount_minor as "amountMinor", c.fee_minor as "feeMinor", c.net_minor as "netMinor",
        coalesce(back.sum, 0)::bigint as "backMinor", count(*)::int as count
      from charge c
      join tenant t on t.tenant_id = c.tenant_id
      join connection n on n.tenant_id = c.tenant_id and n.id = c.connection_id and n.kind = 'payment' and ${modeOf} = ${mode}
      left join lateral (
        select sum(r.amount_minor) from refund_case r
        where r.tenant_id = c.tenant_id and r.charge_id = c.id and r.state = 'done' and r.withdrawn_at is null
      ) back on true
      where c.tenant_id = ${tenantId} and c.amount_minor > 0 and n.id <> c.tenant_id and c.status = any (${[...moneyHereStates]})
        and (
          c.arrives_at >= (${today}::date - ${arrivalDaysBack}::int)::timestamp at time zone t.timezone
            and c.arrives_at < (${today}::date + ${arrivalDaysAhead}::int)::timestamp at time zone t.timezone
          or c.arrives_at is null and ${takenAt} >= now() - make_interval(days => ${unknownDaysBack}::int)
        )
      group by 1, 2, 3, 4, 5, 6, 7, 8
      order by 2 nulls last, 3, 4`.execute(tx);
    const { timezone } = await tx.selectFrom("tenant").select("timezone").where("tenant_id", "=", tenantId).executeTakeFirstOrThrow();
    return { mode, timezone, today, ...arrivalsOf(rows) };
  });
}

export const arrivalColumns = ["day", "provider", "currency", "payments", "taken", "fees", "sent_back", "arrives", "mode"];

/** A line a day, provider and currency. What no provider tells is empty, or has no day. */
export async function* arrivalLines(wish: { tenantId: string; query: ArrivalsQuery }) {
  const { mode, days, unknown } = await loadArrivals(wish);
  const major = (minor: number | null, currency: string) => (minor === null ? null : toMajor(minor, currency));
  yield [
    ...days.map(({ day, provider, currency, payments, takenMinor, feesMinor, backMinor, arrivesMinor }) => [
      ...[day, provider, currency, payments, major(takenMinor, currency), major(feesMinor, currency)],
      ...[major(backMinor, currency), major(arrivesMinor, currency), mode],
    ]),
    ...unknown.map(({ provider, currency, payments, takenMinor }) => [
      ...[null, provider, currency, payments, major(takenMinor, currency), null, null, null, mode],
    ]),
  ];
}
