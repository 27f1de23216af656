import { aboutFeeOf as feeOf } from "#commands/connections/provider-fees.ts";
import type { ledgerOperations } from "#contracts/operations/ledger/ledger.ts";
import type { HandlersOf } from "#http/route.ts";
import { listLines } from "#queries/ledger/day-lines.ts";
import { journalColumns, openJournal } from "#queries/ledger/journal.ts";
import { loadMonthTotals } from "#queries/ledger/month-totals.ts";
import { csvAnswer } from "../csv.ts";

export const ledgerHandlers: HandlersOf<typeof ledgerOperations> = {
  listDayTotals: ({ caller: { tenantId }, input: { query } }) => loadMonthTotals({ tenantId, query, feeOf }),

  listLedgerLines: ({ caller: { tenantId }, input: { query } }) => listLines({ tenantId, query }),

  async exportSalesJournal({ caller: { tenantId }, input: { query }, c }) {
    const { month, mode, lines } = await openJournal({ tenantId, query });
    const name = mode === "test" ? `sales-${month}-test` : `sales-${month}`;
    return csvAnswer(c, { name, columns: journalColumns, pages: lines });
  },
};
