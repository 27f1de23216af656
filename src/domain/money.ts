/** Integer minor units with an ISO 4217 currency, never a float. */
export type Money = { amountMinor: number; currency: string };

export function isSameMoney(a: Money, b: Money): boolean {
  return a.amountMinor === b.amountMinor && a.currency === b.currency;
}

const decimalsByDefault = 2;
/**
 * ISO 4217, list one, column "minor unit". Currencies that are not listed have two decimals.
 * https://www.six-group.com/en/products-services/financial-information/data-standards.html
 */
const currenciesByDecimals: Record<number, readonly string[]> = {
  0: ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"],
  3: ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"],
  4: ["CLF", "UYW"],
};

const decimals = new Map(
  Object.entries(currenciesByDecimals).flatMap(([count, currencies]) => currencies.map((currency) => [currency, Number(count)] as const)),
);

/** Digits after the point: 2 for COP and EUR, 0 for CLP, 3 for KWD. */
export function decimalsOf(currency: string): number {
  return decimals.get(currency) ?? decimalsByDefault;
}

/** 150050 COP are 1500.5. Exact up to 15 digits, as far as a JSON number is safe. */
export function toMajor(amountMinor: number, currency: string): number {
  return amountMinor / 10 ** decimalsOf(currency);
}

/** Currencies whose decimals nobody uses. Providers take only multiples of this. */
const stepsMinor = new Map([["COP", 100]]);

/** `on_site`: nothing is charged now, and the customer pays at the place. */
export const chargeTypes = ["total", "partial", "on_site"] as const;
export type ChargeType = (typeof chargeTypes)[number];

/** What a price may be a multiple of: the smallest amount in use in this currency. */
export function usualStepMinor(currency: string): number {
  return stepsMinor.get(currency) ?? 1;
}

/**
 * What is charged now. A deposit is rounded down to a multiple of the step, but is at least one
 * step, so that a small deposit does not make a price free. Never more than the price.
 */
export function amountDue(input: {
  priceMinor: number;
  currency: string;
  chargeType: ChargeType;
  depositPercent: number;
  /** A fixed deposit. Without one, the percentage counts. */
  depositMinor?: number | null;
  /** A provider's `stepMinor`. The default is the smallest amount in use in this currency. */
  stepMinor?: number;
}): number {
  const { priceMinor, currency, depositPercent, depositMinor } = input;
  if (input.chargeType === "total") return priceMinor;
  if (input.chargeType === "on_site") return 0;
  const step = input.stepMinor ?? usualStepMinor(currency);
  const share = depositMinor ?? shareOf(priceMinor, depositPercent);
  const due = share - (share % step);
  return Math.min(Math.max(due, step), priceMinor);
}

/** Rounded down. A price times a percentage may exceed 2^53. */
export function shareOf(amountMinor: number, percent: number): number {
  return Number((BigInt(amountMinor) * BigInt(percent)) / 100n);
}

type Rate = { percent: number; fixedMinor: number; currency: string; taxPercent: number };

/** What a provider keeps of a payment, tax included, to the unit that its currency uses. */
export function feeOf({ percent, fixedMinor, currency, taxPercent }: Rate, amountMinor: number): number {
  const step = stepsMinor.get(currency) ?? 1;
  const fee = ((amountMinor * percent) / 100 + fixedMinor) * (1 + taxPercent / 100);
  return Math.min(amountMinor, Math.round(fee / step) * step);
}
