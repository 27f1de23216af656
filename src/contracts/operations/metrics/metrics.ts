import { metrics, metricsQuery } from "../../metrics/metrics.ts";
import { metricsDaysDefault, metricsDaysMax } from "../../metrics/steps.ts";
import { described, json, merchantRead, type Operation } from "../operation.ts";
import { metricsExample } from "./metrics-examples.ts";

const words = {
  from: `First day (YYYY-MM-DD) in the merchant's zone. Default: ${metricsDaysDefault} days, today included.`,
  to: `Last day, inclusive; at most ${metricsDaysMax} days. Default: today.`,
  by: "What the rows are told apart by. Default: `day`.",
  link: "The id of a booking link.",
  service: "The id of a service.",
  professional: "The id of a professional.",
  provider: "The id of a payment provider.",
  device: "`phone`, `tablet` or `desktop`.",
  source: "The utm_source of the opened address.",
  campaign: "The utm_campaign of the opened address.",
};

const read = { ...merchantRead, permission: "metrics.read" } as const;

/** How visits become bookings, and what came of it. */
export const metricsOperations = [
  {
    ...read,
    id: "getMerchantMetrics",
    path: "/api/metrics",
    summary: "The funnel from the opened link to the confirmed booking, money and times of webhooks",
    query: described(metricsQuery, words),
    answer: json(
      200,
      metrics,
      "Visits count by the day on which they began, and pass every step before the last one that they reached. Bookings that a program or a person at the reception makes are no visits; their money counts.",
      metricsExample,
    ),
    refusals: ["range_too_long"],
  },
  {
    ...read,
    id: "exportMerchantMetrics",
    path: "/api/metrics.csv",
    summary: "The same figures as a file for spreadsheets, one row for each day, link, service …",
    query: described(metricsQuery, words),
    answer: {
      status: 200,
      contentType: "text/csv",
      description:
        "UTF-8, comma. A second currency, or payments in test mode, have a row of their own without visits, so that columns can be added up. Amounts are in whole units of the currency. A text that begins like a formula has an apostrophe in front.",
    },
    refusals: ["range_too_long"],
  },
] as const satisfies readonly Operation[];
