import { sql } from "kysely";
import type { MonthQuery, MonthTotals } from "#contracts/ledger/ledger.ts";
import { type AlikeLines, type FeeOf, totalsOf } from "#domain/ledger/totals.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { type LedgerWish, ledgerLines } from "./ledger-lines.ts";
import { readDay, readMonth } from "./ledger-span.ts";

type Wish = { tenantId: string; query: MonthQuery; feeOf: FeeOf };

/** What came in and went out, by day, provider and currency. Days are of the tenant's zone. */
export function loadMonthTotals({ tenantId, query, feeOf }: Wish): Promise<MonthTotals> {
  return inTenant(tenantId, async (tx) => {
    const { span, ...month } = await readMonth(tx, query);
    const rows = await readAlike(tx, { tenantId, mode: month.mode, span }, month.timezone);
    return { ...month, ...totalsOf(rows, feeOf) };
  });
}

/** The same of today, by provider and currency. */
export function loadTodayTotals({ tenantId, timezone, feeOf }: Omit<Wish, "query"> & { timezone: string }): Promise<MonthTotals["period"]> {
  return inTenant(tenantId, async (tx) => {
    const { mode, span } = await readDay(tx, {});
    return totalsOf(await readAlike(tx, { tenantId, mode, span }, timezone), feeOf).period;
  });
}

async function readAlike(tx: Tx, wish: LedgerWish, timezone: string): Promise<AlikeLines[]> {
  const { rows } = await sql<AlikeLines>`
    select to_char(l.at at time zone ${timezone}, 'YYYY-MM-DD') as day, l.provider, l.currency, l.kind,
      l.amount_minor as "amountMinor", case when l.kind = 'payment' then l.told_fee_minor end as "toldFeeMinor", count(*)::int as count
    from (${ledgerLines(wish)}) l
    group by 1, 2, 3, 4, 5, 6
    order by 1 desc, 2, 3`.execute(tx);
  return rows;
}
