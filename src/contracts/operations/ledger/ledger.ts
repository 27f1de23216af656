import { ledgerLinesMax, ledgerPage, linesQuery, monthQuery, monthTotals } from "#contracts/ledger/ledger.ts";
import { described, json, merchantRead, type Operation } from "../operation.ts";
import { ledgerLineExample, monthTotalsExample } from "./examples.ts";

const mode = "`production` or `test`. By default real money, unless the merchant takes test payments only.";
const month = described(monthQuery, { month: "A month (YYYY-MM) in the merchant's zone; this month by default.", mode });
const read = { ...merchantRead, permission: "payments.read" } as const;

/** Every move of money. Lists, sums and journal have one source: queries/ledger/ledger-lines.ts. */
export const ledgerOperations = [
  {
    ...read,
    id: "listDayTotals",
    path: "/api/ledger/days",
    summary: "What came in and went out, by day, provider and currency",
    query: month,
    answer: json(
      200,
      monthTotals,
      "Days are of the merchant's zone. A refund counts on the day on which the money went back. Disputed money counts as gone from the opening of the dispute, and comes back if the dispute is won. Fees are those that the provider told (`feesTold` counts their payments), else about, by the rates that it publishes; null: not known.",
      monthTotalsExample,
    ),
  },
  {
    ...read,
    id: "listLedgerLines",
    path: "/api/ledger/lines",
    summary: "The lines of which a day's totals are the sum, the oldest first",
    query: described(linesQuery, {
      day: "A day (YYYY-MM-DD) in the merchant's zone; today by default.",
      mode,
      provider: "Only of this provider.",
      currency: "Only in this currency.",
      cursor: "`next` of the page before.",
    }),
    answer: json(200, ledgerPage, `About ${ledgerLinesMax} on a page. \`next\` is null on the last page.`, {
      day: "2026-11-21",
      lines: [ledgerLineExample],
      next: null,
    }),
  },
  {
    ...read,
    id: "exportSalesJournal",
    path: "/api/ledger/journal.csv",
    summary: "The sales journal of a month, for an accountant",
    query: month,
    answer: {
      status: 200,
      contentType: "text/csv",
      description:
        "UTF-8, comma. A line for each payment, and one with a minus for each refund, on its own date. `reference` is our number of the payment: it is no number of a fiscal invoice and has gaps. `document` is the answer to a service's question for it; a personal answer stays closed. `tax` is included in `total`, by the rate that the merchant had said at the sale. `total` is empty where a part went back in the provider's panel: only the panel shows how much. Whoever was erased has no name, and their money stays.",
    },
  },
] as const satisfies readonly Operation[];
