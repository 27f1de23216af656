/** Times in epoch milliseconds, half open: [start, end). */
export type Span = { start: number; end: number };
export type WorkingHours = { weekday: number; startsAt: string; endsAt: string };

export const openingExceptionKinds = ["closed", "extra"] as const;
export type OpeningExceptionKind = (typeof openingExceptionKinds)[number];

/**
 * Dates (inclusive, in the professional's zone) that differ from the week. `closed` without times
 * is whole days. `closed` outranks `extra`: whoever is away is never offered.
 */
export type OpeningException = {
  kind: OpeningExceptionKind;
  from: string;
  to: string;
  startsAt: string | null;
  endsAt: string | null;
};
export type Openings = { timezone: string; hours: readonly WorkingHours[]; exceptions?: readonly OpeningException[] };

/** Wall-clock times of one date. */
export type Interval = { startsAt: string; endsAt: string };

/** What a date has by its weekday and its exceptions. */
export function openingsOn(day: Temporal.PlainDate, openings: Openings): { intervals: Interval[]; closed: Span[] } {
  const { timezone, hours, exceptions = [] } = openings;
  const intervals: Interval[] = hours.filter(({ weekday }) => weekday === day.dayOfWeek);
  if (exceptions.length === 0) return { intervals, closed: [] };
  const own = exceptionsOn(day, exceptions);
  const extra = own.flatMap(({ kind, startsAt, endsAt }) => (kind === "extra" && startsAt && endsAt ? [{ startsAt, endsAt }] : []));
  return { intervals: [...intervals, ...extra], closed: closedOn(day, own, timezone) };
}

/** Whether any moment of the span is closed. The span is an appointment, so it is hours long. */
export function touchesClosed(span: Span, { timezone, exceptions = [] }: Omit<Openings, "hours">): boolean {
  return closedSpans(span, { timezone, exceptions }).some((closed) => areOverlapping(closed, span));
}

/** When the dates that the range touches are open, whoever is away. Sorted and joined. */
export function openSpans(range: Span, openings: Openings): Span[] {
  const { timezone } = openings;
  return joined(
    datesOf(range, timezone).flatMap((day) => openingsOn(day, openings).intervals.flatMap((hours) => spansOf(day, hours, timezone))),
  );
}

/** The absences of the dates that the range touches. Sorted and joined. */
export function closedSpans(range: Span, { timezone, exceptions = [] }: Omit<Openings, "hours">): Span[] {
  return joined(datesOf(range, timezone).flatMap((day) => closedOn(day, exceptionsOn(day, exceptions), timezone)));
}

/** Whether one stretch of open time holds all of the span. */
export function isWithinHours(span: Span, openings: Openings): boolean {
  return openSpans(span, openings).some(({ start, end }) => start <= span.start && span.end <= end);
}

/** Whether one absence takes every time of an extra opening, so that it has no effect. */
export function isCovered(extra: OpeningException, exceptions: readonly OpeningException[]): boolean {
  const coversTimes = ({ startsAt, endsAt }: OpeningException) =>
    startsAt === null || endsAt === null || (startsAt <= (extra.startsAt ?? "") && endsAt >= (extra.endsAt ?? ""));
  return exceptions.some((other) => other.kind === "closed" && other.from <= extra.from && other.to >= extra.to && coversTimes(other));
}

export function areOverlapping(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** PostgreSQL's `time` has 24:00, the end of a day. */
export function wallTime(day: Temporal.PlainDate, time: string): Temporal.PlainDateTime {
  return time.startsWith("24:") ? day.add({ days: 1 }).toPlainDateTime() : day.toPlainDateTime(Temporal.PlainTime.from(time));
}

function datesOf(range: Span, timezone: string): Temporal.PlainDate[] {
  const last = dateAt(range.end - 1, timezone);
  const dates: Temporal.PlainDate[] = [];
  for (let day = dateAt(range.start, timezone); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) dates.push(day);
  return dates;
}

/** In order, with those that touch or overlap made one. */
/** Sorted, and one where they touch. */
export function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const before = result.at(-1);
    if (before && span.start <= before.end) before.end = Math.max(before.end, span.end);
    else result.push({ ...span });
  }
  return result;
}

function exceptionsOn(day: Temporal.PlainDate, exceptions: readonly OpeningException[]): OpeningException[] {
  const date = day.toString();
  return exceptions.filter(({ from, to }) => from <= date && date <= to);
}

function closedOn(day: Temporal.PlainDate, exceptions: readonly OpeningException[], timezone: string): Span[] {
  return exceptions
    .filter(({ kind }) => kind === "closed")
    .flatMap(({ startsAt, endsAt }) => spansOf(day, { startsAt: startsAt ?? "00:00", endsAt: endsAt ?? "24:00" }, timezone));
}

/**
 * Each moment of the date at which the wall clock shows a time of the interval. There are two spans
 * if the clock is set back within it.
 */
function spansOf(day: Temporal.PlainDate, { startsAt, endsAt }: Interval, timezone: string): Span[] {
  const [opens, closes] = [wallTime(day, startsAt), wallTime(day, endsAt)];
  const dayEnd = day.add({ days: 1 }).toZonedDateTime(timezone).epochMilliseconds;
  const spans: Span[] = [];
  for (let at: Temporal.ZonedDateTime | null = day.toZonedDateTime(timezone); at && at.epochMilliseconds < dayEnd; ) {
    const change: Temporal.ZonedDateTime | null = at.getTimeZoneTransition("next");
    const offsetMs = at.offsetNanoseconds / 1_000_000;
    const start = Math.max(at.epochMilliseconds, asUtc(opens) - offsetMs);
    const end = Math.min(change?.epochMilliseconds ?? dayEnd, dayEnd, asUtc(closes) - offsetMs);
    if (start < end) spans.push({ start, end });
    at = change;
  }
  return spans;
}

const asUtc = (wall: Temporal.PlainDateTime): number => wall.toZonedDateTime("UTC").epochMilliseconds;

const dateAt = (instant: number, timezone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone).toPlainDate();
