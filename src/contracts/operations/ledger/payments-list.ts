import { paymentsPerPageMax } from "#contracts/ledger/limits.ts";
import { paymentFilters, paymentsPage, paymentsQuery } from "#contracts/ledger/payments-list.ts";
import { described, json, merchantRead, type Operation } from "../operation.ts";
import { paymentExample } from "./examples.ts";

const filterWords = {
  from: "First day (YYYY-MM-DD) in the merchant's zone.",
  to: "Last day, inclusive, in the merchant's zone.",
  provider: "The id of a provider, as in a payment's `provider`.",
  state: "What the provider says of it: `approved`, `declined`, `refunded` …",
  search: "The whole reference of a payment, or the provider's whole id.",
};
const read = { ...merchantRead, permission: "payments.read" } as const;

/** What providers charged, or tried to. */
export const paymentsListOperations = [
  {
    ...read,
    id: "listPayments",
    path: "/api/payments",
    summary: "Payments, the newest first, and what came of each",
    query: described(paymentsQuery, {
      ...filterWords,
      cursor: "`nextCursor` of the page before, with the same filters.",
      limit: `Payments on a page, at most ${paymentsPerPageMax}; 50 by default.`,
    }),
    answer: json(
      200,
      paymentsPage,
      "One row for each charge of a provider; what costs nothing is none. `feeMinor` is what the provider told, else (`isFeeTold` false) about what it keeps by the rates that it publishes; null: not known. `nextCursor` is null on the last page.",
      { payments: [paymentExample], nextCursor: null },
    ),
  },
  {
    ...read,
    id: "exportPayments",
    path: "/api/payments.csv",
    summary: "Payments as a file for spreadsheets",
    query: described(paymentFilters, filterWords),
    answer: {
      status: 200,
      contentType: "text/csv",
      description:
        "UTF-8, comma, all that the filters leave. Dates and times are in the merchant's zone, amounts in whole units of the currency. A text that begins like a formula has an apostrophe in front.",
    },
  },
] as const satisfies readonly Operation[];
