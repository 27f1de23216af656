import type { Metrics } from "../../metrics/metrics.ts";

const money = {
  currency: "COP",
  isTest: false,
  payments: 21,
  revenueMinor: 252_000_000,
  refundedMinor: 12_000_000,
  otherRefundsMinor: 0,
};
export const metricsExample: Metrics = {
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
  shop: {
    ...{ begun: 40, paid: 31, conversion: 0.775 },
    money: [
      {
        ...{ currency: "COP", isTest: false, payments: 31 },
        ...{ revenueMinor: 279_000_000, refundedMinor: 9_000_000, otherRefundsMinor: 0 },
      },
    ],
  },
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
