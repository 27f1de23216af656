import type { WeeklyHours } from "#contracts/catalog.ts";

export type Range = WeeklyHours[number];
/** A range while it is typed: a time may be empty. */
export type TypedRange = { key: number; weekday: number; startsAt: string; endsAt: string };
export type RangeProblem = "incomplete" | "order" | "overlap";

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
/** Monday or Sunday: the day with which people's weeks begin. */
export type WeekStart = 1 | 7;
export const weekFrom = (first: WeekStart): readonly number[] => (first === 7 ? [7, ...weekdays.slice(0, 6)] : weekdays);
/** Its key in the catalogue. */
export const weekdayName = (weekday: number) => (["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const)[weekday - 1] ?? "mon";

let keys = 0;
export const typed = ({ weekday, startsAt, endsAt }: Range): TypedRange => {
  keys += 1;
  return { key: keys, weekday, startsAt, endsAt };
};

/** Monday to Friday with a lunch break. */
export const usualWeek: WeeklyHours = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { weekday, startsAt: "09:00", endsAt: "13:00" },
  { weekday, startsAt: "14:00", endsAt: "18:00" },
]);

/** Midnight at the end of a day is 24:00, which a browser's time field cannot show. */
export const endOf = (endsAt: string): string => (endsAt === "00:00" ? "24:00" : endsAt);
export const shownEnd = (endsAt: string): string => (endsAt === "24:00" ? "00:00" : endsAt);

/** After the last range of the day, else the morning. */
export function nextRange(weekday: number, ranges: readonly TypedRange[]): TypedRange {
  const last = ranges
    .filter((range) => range.weekday === weekday)
    .map(({ endsAt }) => endsAt)
    .sort()
    .at(-1);
  const hour = Number((last ?? "08:00").slice(0, 2)) + 1;
  if (last === undefined || hour >= 23)
    return typed({ weekday, startsAt: last === undefined ? "09:00" : "", endsAt: last === undefined ? "13:00" : "" });
  const clock = (hours: number) => `${String(hours).padStart(2, "0")}:00`;
  return typed({ weekday, startsAt: clock(hour), endsAt: clock(Math.min(hour + 4, 24)) });
}

/** The same rules as the server's (contracts/catalog.ts). */
export function problemsOf(ranges: readonly TypedRange[]): Map<number, RangeProblem> {
  const found = new Map<number, RangeProblem>();
  for (const range of ranges) {
    if (!range.startsAt || !range.endsAt) found.set(range.key, "incomplete");
    else if (range.endsAt <= range.startsAt) found.set(range.key, "order");
    else if (ranges.some((other) => isEarlierOverlap(other, range))) found.set(range.key, "overlap");
  }
  return found;
}

function isEarlierOverlap(other: TypedRange, range: TypedRange): boolean {
  if (other.key === range.key || other.weekday !== range.weekday) return false;
  const isBefore = other.startsAt < range.startsAt || (other.startsAt === range.startsAt && other.key < range.key);
  return isBefore && other.endsAt > range.startsAt;
}

export function toWeek(ranges: readonly TypedRange[]): WeeklyHours {
  return ranges
    .map(({ weekday, startsAt, endsAt }) => ({ weekday, startsAt, endsAt }))
    .sort((a, b) => a.weekday - b.weekday || (a.startsAt < b.startsAt ? -1 : 1));
}

/** The day's ranges replace those of the other days. */
export function copyDay(ranges: readonly TypedRange[], from: number, to: readonly number[]): TypedRange[] {
  const own = ranges.filter(({ weekday }) => weekday === from);
  const kept = ranges.filter(({ weekday }) => !to.includes(weekday) || weekday === from);
  return [...kept, ...to.filter((day) => day !== from).flatMap((weekday) => own.map((range) => typed({ ...range, weekday })))];
}

export const hoursIn = (week: WeeklyHours): number =>
  week.reduce((sum, { startsAt, endsAt }) => sum + minutes(endsAt) - minutes(startsAt), 0) / 60;

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
