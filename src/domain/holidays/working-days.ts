import holidays from "./holidays.json" with { type: "json" };

/** By year and `MM-DD`. Made by scripts/holidays.ts, and credited in NOTICE. */
type Years = Readonly<Record<string, Readonly<Record<string, string>>>>;
const known: Readonly<Record<string, Years>> = holidays.countries;

/**
 * The name of the public holiday on a civil date (`2026-12-08`), in the country's language. Null on
 * other days. Undefined where the country's holidays of that year are not known.
 */
export function holidayOn(country: string, date: string): string | null | undefined {
  const year = Object.hasOwn(known, country) ? known[country]?.[date.slice(0, 4)] : undefined;
  return year && (year[date.slice(5)] ?? null);
}

/** Monday to Friday but for public holidays. Undefined where these are not known. */
export function isWorkingDay(country: string, date: string): boolean | undefined {
  const holiday = holidayOn(country, date);
  if (holiday === undefined) return undefined;
  return holiday === null && ![0, 6].includes(weekdayOf(date));
}

/** The last of so many working days after a civil date. Null where a holiday may be missed. */
export function afterWorkingDays(country: string, date: string, days: number): string | null {
  let day = date;
  for (let left = days; left > 0; ) {
    day = addDays(day, 1);
    const isWorking = isWorkingDay(country, day);
    if (isWorking === undefined) return null;
    if (isWorking) left -= 1;
  }
  return day;
}

const asUtc = (date: string): Date => new Date(`${date}T00:00:00Z`);
/** 0 is Sunday. */
const weekdayOf = (date: string): number => asUtc(date).getUTCDay();

/** Civil dates have no zone, so that no change of clocks can lose one. */
export function addDays(date: string, days: number): string {
  return new Date(asUtc(date).getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
