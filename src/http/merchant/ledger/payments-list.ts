import { aboutFeeOf as feeOf } from "#commands/connections/provider-fees.ts";
import type { paymentsListOperations } from "#contracts/operations/ledger/payments-list.ts";
import type { HandlersOf } from "#http/route.ts";
import { paymentColumns, paymentLines } from "#queries/ledger/payments-file.ts";
import { listPayments } from "#queries/ledger/payments-list.ts";
import { csvAnswer } from "../csv.ts";

const pageDefault = 50;

export const paymentsListHandlers: HandlersOf<typeof paymentsListOperations> = {
  listPayments({ caller: { tenantId }, input: { query } }) {
    const { cursor, limit = pageDefault, ...filters } = query;
    return listPayments({ tenantId, filters, feeOf, cursor, limit });
  },

  exportPayments({ caller: { tenantId }, input: { query: filters }, c }) {
    return csvAnswer(c, { name: "payments", columns: paymentColumns, pages: paymentLines({ tenantId, filters, feeOf }) });
  },
};
