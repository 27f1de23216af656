import { decimalsOf, usualStepMinor } from "#domain/money.ts";

const dayFirst = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/;
const clock = /^(\d{1,2})(?::|h|\.)(\d{2})(?::00)?\s*([ap])?\.?\s*m?\.?$/i;

/** 2026-12-31 or 31/12/2026, as ISO; null for no day of the calendar. */
export function dayOf(given: string): string | null {
  const [, day, month, year] = dayFirst.exec(given) ?? [];
  const date = day && month && year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : given;
  const isDay = /^(19[7-9]\d|2\d{3})-\d\d-\d\d$/.test(date) && new Date(`${date}T00:00:00Z`).toJSON()?.slice(0, 10) === date;
  return isDay ? date : null;
}

/** 15:30, 15h30, 3:30 pm or 3:30 p. m., as 15:30. */
export function clockOf(given: string): string | null {
  const [, hours, minutes, half] = clock.exec(given.replaceAll(/\s+/gu, " ")) ?? [];
  if (!hours || !minutes || Number(minutes) > 59) return null;
  if (half && (Number(hours) < 1 || Number(hours) > 12)) return null;
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === "p" ? 12 : 0) : Number(hours);
  return hour > 23 ? null : `${String(hour).padStart(2, "0")}:${minutes}`;
}

/**
 * Returns null for a time that the clocks of that day jump over. Of one that they show twice, it is
 * the first.
 */
export function instantOf(day: string, time: string, timezone: string): number | null {
  const wall = Temporal.PlainDateTime.from(`${day}T${time}`);
  const at = wall.toZonedDateTime(timezone, { disambiguation: "earlier" });
  return at.toPlainDateTime().equals(wall) ? at.epochMilliseconds : null;
}

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
