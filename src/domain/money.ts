/** Money is integer minor units with an ISO 4217 currency; never a float. */
export type Money = { amountMinor: number; currency: string };

export function isSameMoney(a: Money, b: Money): boolean {
  return a.amountMinor === b.amountMinor && a.currency === b.currency;
}

/** Digits after the point that people of this currency use at checkout. COP has cents on paper only: providers refuse them. */
const wholeUnitCurrencies = new Set(["COP", "CLP", "JPY", "PYG"]);

/**
 * What is charged now. A deposit is rounded up to a whole unit where the currency is paid in whole units,
 * and is never more than the price.
 */
export function amountDue(input: {
  priceMinor: number;
  currency: string;
  chargeType: "total" | "partial";
  depositPercent: number;
}): number {
  if (input.chargeType === "total") return input.priceMinor;
  const unit = wholeUnitCurrencies.has(input.currency) ? 100 : 1;
  // Integer arithmetic throughout: ceil(price * percent / (100 * unit)) * unit.
  const due = Math.ceil((input.priceMinor * input.depositPercent) / (100 * unit)) * unit;
  return Math.min(due, input.priceMinor);
}
