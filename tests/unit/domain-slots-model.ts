import type { OpeningException, Span, WorkingHours } from "#domain/slots.ts";

const minute = 60_000;
const quarter = 15 * minute;

/** What a wall clock shows: the date as days since 1970-01-01, and the minute of the day. */
export type Wall = { date: number; minuteOfDay: number };
type Minute = Wall & { at: number };

const formats = new Map<string, Intl.DateTimeFormat>();

/** By Intl, not by Temporal, so that the model shares nothing with what it checks. */
export function wallAt(at: number, timezone: string): Wall {
  const options = { hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" } as const;
  const format = formats.get(timezone) ?? new Intl.DateTimeFormat("en-US", { timeZone: timezone, ...options });
  formats.set(timezone, format);
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)])) as Record<string, number>;
  const { year = 0, month = 1, day = 1, hour = 0, minute: minutes = 0 } = part;
  return { date: Date.UTC(year, month - 1, day) / 86_400_000, minuteOfDay: hour * 60 + minutes };
}

export type Offer = {
  timezone: string;
  hours: readonly WorkingHours[];
  exceptions?: readonly OpeningException[];
  rules: { durationMinutes: number; stepMinutes: number; leadMinutes: number; horizonDays: number };
  now: number;
};

/**
 * What `offeredSlots` must give, found by looking at every minute: a slot may start where the wall clock stands on the grid of a working
 * interval for the first time, and must end before the wall clock first reaches (or jumps over) the interval's end.
 */
export function naiveSlots(range: Span, offer: Offer): Span[] {
  const minutes = minutesOf({ start: range.start - 86_400_000, end: range.end + 2 * 86_400_000 }, offer.timezone);
  const dates = Map.groupBy(minutes, (each) => each.date);
  const starts = new Set<number>();
  const closed = new Set(minutes.filter((each) => isClosed(each, offer.exceptions ?? [])).map(({ at }) => at));
  for (const [date, today] of dates) {
    const ofDate = [...today, ...(dates.get(date + 1) ?? [])];
    const weekly = offer.hours.filter((hours) => weekdayOf(date) === hours.weekday);
    for (const interval of [...weekly, ...extrasOn(date, offer.exceptions ?? [])])
      for (const at of startsOn(date, ofDate, interval, offer))
        if (!someMinute(at, offer.rules.durationMinutes, (each) => closed.has(each))) starts.add(at);
  }
  const earliest = Math.max(range.start, offer.now + offer.rules.leadMinutes * minute);
  const latest = Math.min(range.end, offer.now + offer.rules.horizonDays * 86_400_000);
  return [...starts]
    .filter((at) => at >= earliest && at < latest)
    .sort((a, b) => a - b)
    .map((start) => ({ start, end: start + offer.rules.durationMinutes * minute }));
}

/** A minute is closed if the wall clock shows a date and a time of an absence. */
function isClosed({ date, minuteOfDay: shown }: Minute, exceptions: readonly OpeningException[]): boolean {
  return exceptions.some(
    ({ kind, from, to, startsAt, endsAt }) =>
      kind === "closed" &&
      dayOf(from) <= date &&
      date <= dayOf(to) &&
      (startsAt === null || endsAt === null || (minuteOfDay(startsAt) <= shown && shown < minuteOfDay(endsAt))),
  );
}

function extrasOn(date: number, exceptions: readonly OpeningException[]): Interval[] {
  return exceptions
    .filter(({ kind, from, to }) => kind === "extra" && dayOf(from) <= date && date <= dayOf(to))
    .map(({ startsAt, endsAt }) => ({ startsAt: startsAt ?? "", endsAt: endsAt ?? "" }));
}

function someMinute(at: number, minutes: number, holds: (at: number) => boolean): boolean {
  return Array.from({ length: minutes }, (_, past) => at + past * minute).some(holds);
}

const dayOf = (date: string): number => Date.parse(date) / 86_400_000;

type Interval = Pick<WorkingHours, "startsAt" | "endsAt">;

function startsOn(date: number, minutes: readonly Minute[], hours: Interval, { rules }: Offer): number[] {
  const opensAt = minuteOfDay(hours.startsAt);
  const isPast = (each: Minute, limit: number) => each.date > date || (each.date === date && each.minuteOfDay >= limit);
  const opens = minutes.findIndex((each) => isPast(each, opensAt));
  const closes = minutes.findIndex((each, index) => index >= opens && isPast(each, minuteOfDay(hours.endsAt)));
  const seen = new Set<number>();
  return minutes.slice(opens, closes).flatMap((each, index) => {
    const isOnGrid = each.minuteOfDay >= opensAt && (each.minuteOfDay - opensAt) % rules.stepMinutes === 0;
    const isFirst = !seen.has(each.minuteOfDay);
    seen.add(each.minuteOfDay);
    return isOnGrid && isFirst && opens + index + rules.durationMinutes <= closes ? [each.at] : [];
  });
}

/** Zones change their clocks at quarters of an hour only, so one look per quarter is enough. */
function minutesOf(span: Span, timezone: string): Minute[] {
  const found: Minute[] = [];
  for (let at = Math.floor(span.start / quarter) * quarter; at < span.end; at += quarter) {
    const wall = wallAt(at, timezone);
    for (let past = 0; past < 15; past += 1) found.push({ at: at + past * minute, date: wall.date, minuteOfDay: wall.minuteOfDay + past });
  }
  return found;
}

function minuteOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** ISO: 1 Monday … 7 Sunday. 1970-01-01 was a Thursday. */
const weekdayOf = (date: number): number => ((((date + 3) % 7) + 7) % 7) + 1;
