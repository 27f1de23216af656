import { sql } from "kysely";
import type { MonthQuery, MonthTotals } from "#contracts/ledger/ledger.ts";
import { type AlikeLines, type FeeOf, totalsOf } from "#domain/ledger/totals.ts";
import { inTenant } from "#platform/db.ts";
import { ledgerLines } from "./ledger-lines.ts";
import { readMonth } from "./ledger-span.ts";

type Wish = { tenantId: string; query: MonthQuery; feeOf: FeeOf };

/** What came in and went out, by day, provider and currency. Days are of the tenant's zone. */
export function loadMonthTotals({ tenantId, query, feeOf }: Wish): Promise<MonthTotals> {
  return inTenant(tenantId, async (tx) => {
    const { span, ...month } = await readMonth(tx, query);
    const { rows } = await sql<AlikeLines>`
      select to_char(l.at at time zone ${month.timezone}, 'YYYY-MM-DD') as day, l.provider, l.currency, l.kind,
        l.amount_minor as "amountMinor", count(*)::int as count
      from (${ledgerLines({ tenantId, mode: month.mode, span })}) l
      group by 1, 2, 3, 4, 5
      order by 1 desc, 2, 3`.execute(tx);
    return { ...month, ...totalsOf(rows, feeOf) };
  });
}
