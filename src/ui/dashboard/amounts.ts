import { amountDue, decimalsOf, toMajor, usualStepMinor } from "#domain/money.ts";

/**
 * Minor units of what a person typed: `120.000`, `1,234.50`, `$ 99,9`. A last mark with at most as
 * many digits behind it as the currency has is the decimal mark. Returns null if it is no amount.
 */
export function readAmount(text: string, currency: string): number | null {
  const decimals = decimalsOf(currency);
  const kept = text.replaceAll(/[^\d.,]/g, "");
  if (!/\d/.test(kept) || /-/.test(text)) return null;
  const [, whole = "", fraction = ""] = new RegExp(`^(.*?)(?:[.,](\\d{1,${Math.max(decimals, 1)}}))?$`).exec(kept) ?? [];
  const isDecimal = decimals > 0 && fraction !== "";
  const digits = (isDecimal ? whole : kept).replaceAll(/\D/g, "");
  const minor = Number(digits) * 10 ** decimals + (isDecimal ? Number(fraction.padEnd(decimals, "0")) : 0);
  return Number.isSafeInteger(minor) ? minor : null;
}

/** As a person would type it: `120.000` or `99,90`. `readAmount` reads it back. */
export function amountText(amountMinor: number, currency: string, locale: string): string {
  const decimals = decimalsOf(currency);
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    trailingZeroDisplay: "stripIfInteger",
  }).format(toMajor(amountMinor, currency));
}

type Terms = Parameters<typeof amountDue>[0];

/** What a customer would pay of it now, by the server's own rule. */
export function amountNow(terms: Terms): number {
  return amountDue(terms);
}

/** Providers charge no such fraction of the currency. */
export function hasOddCents(amountMinor: number, currency: string): boolean {
  return amountMinor % usualStepMinor(currency) > 0;
}
