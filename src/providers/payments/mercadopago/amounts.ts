import { decimalsOf, toMajor, usualStepMinor } from "#domain/money.ts";
import type { AmountLimits } from "#domain/payment-provider.ts";

/**
 * The currency of each country's account, by Mercado Pago's name of the country ("site").
 * https://www.mercadopago.com.co/developers/en/docs/checkout-pro/overview
 */
export const currencyOfSite: Readonly<Record<string, string>> = {
  MCO: "COP",
  MLA: "ARS",
  MLB: "BRL",
  MLC: "CLP",
  MLM: "MXN",
  MLU: "UYU",
  MPE: "PEN",
};

/** The least amount differs by method and is published nowhere: one unit is our own floor. */
export const amounts: Readonly<Record<string, AmountLimits>> = Object.fromEntries(
  Object.values(currencyOfSite).map((currency) => [
    currency,
    { minMinor: 10 ** decimalsOf(currency), maxMinor: null, stepMinor: usualStepMinor(currency) },
  ]),
);

/** The wire counts in pesos with decimals: 1050 ARS in minor units are 10.5. */
export const toWire = toMajor;

/** Returns null for an amount that is no whole number of minor units. */
export function fromWire(amount: number, currency: string): number | null {
  const exact = amount * 10 ** decimalsOf(currency);
  const minor = Math.round(exact);
  return Number.isSafeInteger(minor) && minor >= 0 && toMajor(minor, currency) === amount ? minor : null;
}
