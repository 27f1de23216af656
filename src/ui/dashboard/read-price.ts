import { decimalsOf } from "#domain/money.ts";

/**
 * Reads a price as people type it: `95000`, `95.000`, `$ 95,000.50`. A point or comma with exactly
 * three digits behind it separates thousands. Returns minor units, or null if it is no price.
 */
export function readPrice(given: string, currency: string): number | null {
  const text = given.replaceAll(/[\s\u00a0\u202f'’]/g, "").replace(/^\p{Sc}|\p{Sc}$/gu, "");
  if (!/^\d+([.,]\d+)*$/.test(text)) return null;
  const decimals = decimalsOf(currency);
  const [, whole = text, fraction = ""] = /^(.*)[.,](\d+)$/.exec(text) ?? [];
  const isThousands = fraction.length === 3 && decimals !== 3;
  const units = (isThousands ? text : whole).replaceAll(/[.,]/g, "");
  const minor = isThousands ? "" : fraction;
  if (minor.length > decimals) return null;
  const amount = Number(`${units}${minor.padEnd(decimals, "0")}`);
  return Number.isSafeInteger(amount) ? amount : null;
}
