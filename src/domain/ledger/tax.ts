/** Hundredths of a percent, in which a rate is exact. */
const whole = 10_000n;

/** Splits an amount that includes its tax. A refund is split as its payment was, with a minus. */
export function splitTax(amountMinor: number, percent: number | null): { baseMinor: number; taxMinor: number } {
  const rate = BigInt(Math.round((percent ?? 0) * 100));
  const size = BigInt(Math.abs(amountMinor));
  const divisor = whole + rate;
  const base = Number((size * whole * 2n + divisor) / (divisor * 2n));
  const baseMinor = amountMinor < 0 ? 0 - base : base;
  return { baseMinor, taxMinor: amountMinor - baseMinor };
}

/** A rate that the merchant said, the oldest first. */
export type SaidRate = { sinceMs: number; percent: number | null };

/**
 * The rate of a sale at this moment. What was sold before any rate was said has the first one: not
 * to have said it is not to have none.
 */
export function rateAt(rates: readonly SaidRate[], atMs: number): number | null {
  const held = rates.findLast(({ sinceMs }) => sinceMs <= atMs) ?? rates.find(({ percent }) => percent !== null);
  return held?.percent ?? null;
}
