import type { Metrics, MetricsRow, MoneySum } from "#contracts/metrics/metrics.ts";
import { type FunnelStep, funnelSteps } from "#contracts/metrics/steps.ts";
import { toMajor } from "#domain/money.ts";

/** The plan's words, and none that a dimension has. */
const stepColumns: Record<FunnelStep, string> = {
  opened: "link_opened",
  service: "service_selected",
  slot: "slot_selected",
  details: "details_entered",
  payment: "payment_initiated",
  approved: "payment_approved",
  confirmed: "booking_confirmed",
};

/** `by` names the first column, so that files of one kind can be put below each other. */
export const metricsColumns = (by: string): string[] => [
  ...[by, "name", ...funnelSteps.map((step) => stepColumns[step])],
  ...["payments", "revenue", "refunded", "other_refunds", "currency", "mode"],
];

/** One line for each row, and one more for each further currency or mode. */
export function metricsLines({ rows }: Metrics) {
  return rows.flatMap((row) => {
    const [first = null, ...others] = row.money ?? [];
    return [lineOf(row, first, true), ...others.map((sum) => lineOf(row, sum, false))];
  });
}

function lineOf({ key, name, visits }: MetricsRow, sum: MoneySum | null, isFirst: boolean) {
  const money = sum
    ? [
        ...[sum.payments, ...[sum.revenueMinor, sum.refundedMinor, sum.otherRefundsMinor].map((minor) => toMajor(minor, sum.currency))],
        ...[sum.currency, sum.isTest ? "test" : "production"],
      ]
    : [null, null, null, null, null, null];
  return [key, name, ...funnelSteps.map((step) => (isFirst ? visits[step] : null)), ...money];
}
