import type { Calendar, CalendarEntry, CalendarProfessional } from "#contracts/desk/calendar.ts";
import { wallTimeOf } from "#ui/dashboard/wall-clock.ts";
import { addDays } from "#ui/format.ts";

export type View = "day" | "week";
/** A professional's day, or everybody's in a week. */
export type Column = { key: string; date: string; professionals: readonly CalendarProfessional[] };
/** Minutes of a column's date, as the clocks show them. */
export type Stretch = { from: number; until: number };
export type Placed<Item> = Stretch & { item: Item; lane: number; lanes: number };
export type Absence = CalendarProfessional["absences"][number] & { professional: CalendarProfessional };

const dayMinutes = 1440;
const shownByDefault = { from: 8 * 60, until: 18 * 60 };

/** The dates of a view. A week begins on Monday (1) or Sunday (7). */
export function datesOf(view: View, day: string, weekStart: 1 | 7): string[] {
  if (view === "day") return [day];
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 7 - (weekStart % 7)) % 7;
  return Array.from({ length: 7 }, (_, index) => addDays(day, index - weekday));
}

export function columnsOf(calendar: Calendar, view: View, dates: readonly string[]): Column[] {
  const { professionals } = calendar;
  const [day = calendar.from] = dates;
  if (view === "week") return dates.map((date) => ({ key: date, date, professionals }));
  return professionals.map((professional) => ({ key: professional.id, date: day, professionals: [professional] }));
}

/** The part of a span that lies on a date. Null if none does. */
export function stretchOn(date: string, span: { start: string; end: string }, timezone: string): Stretch | null {
  const [start, end] = [wallTimeOf(span.start, timezone), wallTimeOf(span.end, timezone)];
  if (start.date > date || end.date < date) return null;
  const from = start.date < date ? 0 : start.minutes;
  const until = end.date > date ? dayMinutes : end.minutes;
  return from < until ? { from, until } : null;
}

export function entriesOn(column: Column, { entries, timezone }: Calendar): Placed<CalendarEntry>[] {
  const ids = new Set(column.professionals.map(({ id }) => id));
  return inLanes(entries.filter(({ professionalId }) => ids.has(professionalId)).flatMap((item) => placedOn(column.date, item, timezone)));
}

/** Only the part in the shown hours, where they are given: an absence may be whole days. */
export function absencesOn(
  column: Column,
  timezone: string,
  hours: Stretch = { from: 0, until: dayMinutes },
): (Stretch & { item: Absence })[] {
  const all = column.professionals.flatMap((professional) => professional.absences.map((absence) => ({ ...absence, professional })));
  return all
    .flatMap((item) => placedOn(column.date, item, timezone))
    .map(({ item, from, until }) => ({ item, from: Math.max(from, hours.from), until: Math.min(until, hours.until) }))
    .filter(({ from, until }) => from < until);
}

/** When somebody of the column works. */
export function openOn(column: Column, timezone: string): Stretch[] {
  return column.professionals.flatMap(({ open }) => open.flatMap((span) => stretchOn(column.date, span, timezone) ?? []));
}

/** Whole hours that hold everything there is. */
export function hoursShown(columns: readonly Column[], calendar: Calendar): Stretch {
  const { timezone } = calendar;
  const all = columns.flatMap((column) => [...openOn(column, timezone), ...entriesOn(column, calendar)]);
  const shown = all.length > 0 ? all : [shownByDefault];
  const from = Math.floor(Math.min(...shown.map((one) => one.from)) / 60) * 60;
  return { from, until: Math.ceil(Math.max(...shown.map((one) => one.until)) / 60) * 60 };
}

function placedOn<Item extends { start: string; end: string }>(date: string, item: Item, timezone: string): (Stretch & { item: Item })[] {
  const stretch = stretchOn(date, item, timezone);
  return stretch ? [{ ...stretch, item }] : [];
}

/** What overlaps stands side by side. */
function inLanes<Item>(stretches: readonly (Stretch & { item: Item })[]): Placed<Item>[] {
  const sorted = stretches.toSorted((a, b) => a.from - b.from || b.until - a.until);
  const result: Placed<Item>[] = [];
  let group: Placed<Item>[] = [];
  let ends: number[] = [];
  for (const one of sorted) {
    if (ends.every((end) => end <= one.from)) [group, ends] = [[], []];
    const free = ends.findIndex((end) => end <= one.from);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = one.until;
    const placed = { ...one, lane, lanes: ends.length };
    group.push(placed);
    result.push(placed);
    for (const other of group) other.lanes = ends.length;
  }
  return result;
}
