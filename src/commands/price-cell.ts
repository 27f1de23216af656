import { decimalsOf, usualStepMinor } from "#domain/money.ts";

/** So that a sum of them stays exact. */
const priceMinorMax = 10_000_000_000_00;

/**
 * 120000, 120.000, $ 120,000.00 or 12,50: a last group of three digits is thousands, unless the
 * currency has as many decimals.
 */
export function priceOf(given: string, currency: string): number | null {
  const text = given.replaceAll(/[\s\p{Sc}]|^[A-Z]{1,3}\b|\b[A-Z]{3}$/gu, "");
  if (!/^\d+([.,']\d+)*$/.test(text)) return null;
  const groups = text.split(/[.,']/);
  const last = groups.length > 1 ? (groups.at(-1) ?? "") : "";
  const decimals = decimalsOf(currency);
  const hasDecimals = last !== "" && (last.length !== 3 || decimals === 3);
  const whole = (hasDecimals ? groups.slice(0, -1) : groups).join("");
  const areThousands = groups.slice(1, hasDecimals ? -1 : undefined).every((group) => group.length === 3);
  const fraction = hasDecimals ? last : "";
  if (!areThousands || fraction.slice(decimals).replaceAll("0", "") !== "" || whole.length > 13) return null;
  const minor = Number(whole) * 10 ** decimals + Number(fraction.slice(0, decimals).padEnd(decimals, "0"));
  return minor <= priceMinorMax && minor % usualStepMinor(currency) === 0 ? minor : null;
}
