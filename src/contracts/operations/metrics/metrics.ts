import { type Metrics, metrics, metricsQuery } from "../../metrics/metrics.ts";
import { metricsDaysDefault, metricsDaysMax } from "../../metrics/steps.ts";
import { described, json, merchantRead, type Operation } from "../operation.ts";

const words = {
  from: `First day (YYYY-MM-DD) in the merchant's zone. Default: ${metricsDaysDefault} days, today included.`,
  to: `Last day, inclusive; at most ${metricsDaysMax} days. Default: today.`,
  by: "What the rows are told apart by. Default: `day`.",
  link: "The id of a booking link.",
  service: "The id of a service.",
  professional: "The id of a professional.",
  provider: "A payment provider, such as `wompi`.",
  device: "`phone`, `tablet` or `desktop`.",
  source: "The utm_source of the opened address.",
  campaign: "The utm_campaign of the opened address.",
};

const money = {
  currency: "COP",
  isTest: false,
  payments: 21,
  revenueMinor: 252_000_000,
  refundedMinor: 12_000_000,
  otherRefundsMinor: 0,
};
const example: Metrics = {
  from: "2026-10-29",
  to: "2026-11-27",
  timezone: "America/Bogota",
  funnel: [
    { step: "opened", visits: 180, ofAll: 1, ofPrevious: null, lost: 0, medianSeconds: null },
    { step: "service", visits: 96, ofAll: 96 / 180, ofPrevious: 96 / 180, lost: 84, medianSeconds: 14.2 },
    { step: "slot", visits: 44, ofAll: 44 / 180, ofPrevious: 44 / 96, lost: 52, medianSeconds: 38.5 },
    { step: "details", visits: 30, ofAll: 30 / 180, ofPrevious: 30 / 44, lost: 14, medianSeconds: 62 },
    { step: "payment", visits: 30, ofAll: 30 / 180, ofPrevious: 1, lost: 0, medianSeconds: 0.6 },
    { step: "approved", visits: 21, ofAll: 21 / 180, ofPrevious: 0.7, lost: 9, medianSeconds: 95 },
    { step: "confirmed", visits: 21, ofAll: 21 / 180, ofPrevious: 1, lost: 0, medianSeconds: 2.1 },
  ],
  lapsedHolds: 9,
  money: [money],
  webhooks: [{ provider: "wompi", settled: 58, p50Ms: 42, p95Ms: 180, arrivalP50Ms: 1800, arrivalP95Ms: 6200 }],
  oauthFailures: 0,
  by: "link",
  rows: [
    {
      key: "01900000-0000-7000-8000-000000000002",
      name: "Instagram",
      visits: { opened: 180, service: 96, slot: 44, details: 30, payment: 30, approved: 21, confirmed: 21 },
      money: [money],
    },
  ],
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
      example,
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
