import { arrivalDaysAhead, arrivals, arrivalsQuery, unknownDaysBack } from "#contracts/ledger/arrivals.ts";
import { described, json, merchantRead, type Operation } from "../operation.ts";
import { arrivalsExample } from "./examples.ts";

const mode = "`production` or `test`. By default real money, unless the merchant takes test payments only.";
const read = { ...merchantRead, permission: "payments.read" } as const;

/** What arrives at the merchant's bank, and when, where providers tell it. */
export const arrivalOperations = [
  {
    ...read,
    id: "listArrivals",
    path: "/api/ledger/arrivals",
    summary: "What arrives of the payments, and when, as the providers tell it",
    query: described(arrivalsQuery, { mode }),
    answer: json(
      200,
      arrivals,
      `By day of the merchant's zone, provider and currency, for the next ${arrivalDaysAhead} days and the last week. Nothing here is computed from published rates: where a provider told no sum it is null, and payments of the last ${unknownDaysBack} days of which no arrival was told stand in \`unknown\`.`,
      arrivalsExample,
    ),
  },
  {
    ...read,
    id: "exportArrivals",
    path: "/api/ledger/arrivals.csv",
    summary: "The same as a file for spreadsheets",
    query: described(arrivalsQuery, { mode }),
    answer: {
      status: 200,
      contentType: "text/csv",
      description: "UTF-8, comma. Amounts are in whole units of the currency. Lines without a day: the provider does not tell it.",
    },
  },
] as const satisfies readonly Operation[];
