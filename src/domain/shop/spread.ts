type Taking = {
  /** Of each line in minor units; 0 where the discount does not count. */
  grosses: readonly number[];
  discount: { percent: number } | { amountMinor: number } | null;
  stepMinor: number;
};

/** What each line gets of the discount, which is never more than what it is taken from. */
export function takeDiscount({ grosses, discount, stepMinor }: Taking): number[] {
  const base = grosses.reduce((total, gross) => total + gross, 0);
  if (!discount || base === 0) return grosses.map(() => 0);
  const amount = "percent" in discount ? percentOf(base, discount.percent, stepMinor) : Math.min(discount.amountMinor, base);
  const isWhole = [amount, ...grosses].every((each) => each % stepMinor === 0);
  return spread({ amount, grosses, base, unit: isWhole ? stepMinor : 1 });
}

/** Rounded down to what is in use. All of it is all of it. */
function percentOf(base: number, percent: number, stepMinor: number): number {
  const amount = Number((BigInt(base) * BigInt(Math.round(percent * 100))) / 10_000n);
  return amount === base ? base : amount - (amount % stepMinor);
}

type Spreading = { amount: number; grosses: readonly number[]; base: number; unit: number };

/** By the largest remainder; of equal ones the earlier line gets the unit. */
function spread({ amount, grosses, base, unit }: Spreading): number[] {
  const units = BigInt(amount / unit);
  const parts = grosses.map((gross, index) => {
    const exact = units * BigInt(gross);
    return { index, whole: Number(exact / BigInt(base)), remainder: exact % BigInt(base) };
  });
  const left = amount / unit - parts.reduce((total, { whole }) => total + whole, 0);
  const ranked = parts.toSorted((a, b) => Number(b.remainder > a.remainder) - Number(b.remainder < a.remainder) || a.index - b.index);
  const more = new Set(ranked.slice(0, left).map(({ index }) => index));
  return parts.map(({ index, whole }) => (whole + Number(more.has(index))) * unit);
}
