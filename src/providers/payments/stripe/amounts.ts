import type { AmountLimits } from "#domain/payment-provider.ts";

/** Eight digits in most currencies. */
const usualMax = 99_999_999;
const limits = (minMinor: number, rest: Partial<AmountLimits> = {}): AmountLimits => ({
  minMinor,
  maxMinor: usualMax,
  stepMinor: 1,
  ...rest,
});

/**
 * In ISO minor units. For COP, CLP, PEN, ARS, UYU and ISK Stripe asks for the worth of half a
 * dollar: their minimum is ours, with a margin. Where no maximum is published there is none here.
 * https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
 */
export const amounts: Readonly<Record<string, AmountLimits>> = {
  COP: limits(300_000, { maxMinor: null, stepMinor: 100 }),
  MXN: limits(1000),
  BRL: limits(50),
  PEN: limits(300),
  CLP: limits(700),
  ARS: limits(150_000, { maxMinor: null }),
  UYU: limits(3000),
  USD: limits(50),
  CAD: limits(50),
  EUR: limits(50),
  GBP: limits(30),
  CHF: limits(50),
  SEK: limits(300),
  NOK: limits(300),
  DKK: limits(250),
  PLN: limits(200),
  AUD: limits(50),
  NZD: limits(50),
  JPY: limits(50),
  ISK: limits(100, { maxMinor: 999_999 }),
};

/**
 * How many of Stripe's units one ISO minor unit is, where it is not one: Stripe keeps two decimals
 * for ISK and UGX, which have none, and none for MGA, which has two.
 * https://docs.stripe.com/currencies#special-cases
 */
const unitsPerMinor: Readonly<Record<string, number>> = { ISK: 100, UGX: 100, MGA: 0.01 };

const factorOf = (currency: string): number => (Object.hasOwn(unitsPerMinor, currency) ? (unitsPerMinor[currency] ?? 1) : 1);

/** Returns null for what Stripe cannot charge. */
export function toStripe(amountMinor: number, currency: string): number | null {
  return whole(factorOf(currency) < 1 ? amountMinor / (1 / factorOf(currency)) : amountMinor * factorOf(currency));
}

/** Stripe writes currencies in lower case. Returns null for a part of a minor unit. */
export function fromStripe(amount: number, currency: string): number | null {
  const factor = factorOf(currency.toUpperCase());
  return whole(factor < 1 ? amount * (1 / factor) : amount / factor);
}

const whole = (amount: number): number | null => (Number.isSafeInteger(amount) ? amount : null);
