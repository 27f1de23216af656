import type { LedgerKind } from "./money-moves.ts";

/** Lines of one day, provider and currency that are alike. `amountMinor` has a line's sign. */
export type AlikeLines = {
  day: string;
  provider: string;
  currency: string;
  kind: LedgerKind;
  amountMinor: number;
  /** What the provider said that it keeps of each; null or left out if it has not said. */
  toldFeeMinor?: number | null;
  count: number;
};

/** What the provider keeps of a payment, about; null if that is not known. */
export type FeeOf = (payment: { provider: string; currency: string; amountMinor: number }) => number | null;

/** In minor units. None is negative but `netMinor`, `arrivesMinor` and `disputeFeesMinor`. */
export type Sums = {
  payments: number;
  refunds: number;
  takenMinor: number;
  refundedMinor: number;
  reversedMinor: number;
  restoredMinor: number;
  /** What providers took for disputes, less what they gave back of it. */
  disputeFeesMinor: number;
  netMinor: number;
  /** As told, else about; null if the provider's fees are not known. */
  feesMinor: number | null;
  /** Payments whose fee the provider told. With all of them, `feesMinor` is no estimate. */
  feesTold: number;
  arrivesMinor: number | null;
  /** Payments of which an unknown part went back. */
  partsUnknown: number;
};
export type DayTotal = Sums & { day: string; provider: string; currency: string };
export type PeriodTotal = Sums & { provider: string; currency: string };

/** With arrivals.ts, the only place that sums money for people. Keeps the order of the days. */
export function totalsOf(lines: readonly AlikeLines[], feeOf: FeeOf): { days: DayTotal[]; period: PeriodTotal[] } {
  const days = new Map<string, DayTotal>();
  const period = new Map<string, PeriodTotal>();
  for (const line of lines) {
    const { day, provider, currency } = line;
    const sums = sumsOf(line, feeOf);
    addTo(days, `${day} ${provider} ${currency}`, { day, provider, currency, ...sums });
    addTo(period, `${provider} ${currency}`, { provider, currency, ...sums });
  }
  return { days: [...days.values()], period: [...period.values()] };
}

function sumsOf({ provider, currency, kind, amountMinor, toldFeeMinor = null, count }: AlikeLines, feeOf: FeeOf): Sums {
  const sum = amountMinor * count;
  const of = (wanted: LedgerKind, value: number) => (kind === wanted ? value : 0);
  const fee = kind === "payment" ? (toldFeeMinor ?? feeOf({ provider, currency, amountMinor })) : 0;
  const feesMinor = fee === null ? null : fee * count;
  return {
    payments: of("payment", count),
    refunds: of("refund", count),
    takenMinor: of("payment", sum),
    refundedMinor: of("refund", 0 - sum),
    reversedMinor: of("reversal", 0 - sum),
    restoredMinor: of("restored", sum),
    disputeFeesMinor: of("dispute_fee", 0 - sum) + of("dispute_fee_back", 0 - sum),
    netMinor: sum,
    feesMinor,
    feesTold: kind === "payment" && toldFeeMinor !== null ? count : 0,
    arrivesMinor: feesMinor === null ? null : sum - feesMinor,
    partsUnknown: of("part_unknown", count),
  };
}

function addTo<T extends Sums>(sums: Map<string, T>, key: string, more: T): void {
  const known = sums.get(key);
  sums.set(key, known ? { ...known, ...added(known, more) } : more);
}

/** One fee that is not known makes the sum unknown. */
export const both = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);

function added(a: Sums, b: Sums): Sums {
  return {
    payments: a.payments + b.payments,
    refunds: a.refunds + b.refunds,
    takenMinor: a.takenMinor + b.takenMinor,
    refundedMinor: a.refundedMinor + b.refundedMinor,
    reversedMinor: a.reversedMinor + b.reversedMinor,
    restoredMinor: a.restoredMinor + b.restoredMinor,
    disputeFeesMinor: a.disputeFeesMinor + b.disputeFeesMinor,
    netMinor: a.netMinor + b.netMinor,
    feesMinor: both(a.feesMinor, b.feesMinor),
    feesTold: a.feesTold + b.feesTold,
    arrivesMinor: both(a.arrivesMinor, b.arrivesMinor),
    partsUnknown: a.partsUnknown + b.partsUnknown,
  };
}
