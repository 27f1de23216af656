import { type Availability, availabilityDaysMax } from "#contracts/checkout.ts";
import { loadAvailability } from "#queries/availability.ts";
import { addDays, dateInZone, formatDay, formatTime, hourInZone, sentenceCase } from "#ui/format.ts";

export type PartOfDay = "morning" | "afternoon" | "evening";
export type SlotState = "free" | "held" | "mine";
export type SlotShown = { start: string; time: string; part: PartOfDay; state: SlotState };
export type DayShown = { date: string; weekday: string; day: string; month: string; name: string; free: number; slots: SlotShown[] };
export type Days = { days: DayShown[]; previous: string | null; next: string | null; nextFree: string | null; lastDay: string };

export const daysShown = 14;

type Wanted = {
  link: string;
  serviceId: string;
  professionalId: string;
  /** How far ahead the service is offered. */
  horizonDays: number;
  session: string | null;
  timezone: string;
  locale: string;
  /** Both come from the address, so they may hold anything. `day` must be among the days shown. */
  from: string | undefined;
  day: string | undefined;
  ownStart: string | null;
  now: number;
};

/** Loads fourteen days as the page shows them, and finds the next free day if they have none. */
export async function loadDays(wanted: Wanted): Promise<Days> {
  const { link, serviceId, professionalId, session } = wanted;
  const today = dateInZone(new Date(wanted.now).toISOString(), wanted.timezone);
  const lastDay = addDays(today, wanted.horizonDays);
  const from = within(wanted.from, today, lastDay) ?? fortnightOf(within(wanted.day, today, lastDay) ?? today, today);
  const to = within(addDays(from, daysShown - 1), today, lastDay) ?? lastDay;
  const load = (range: { from: string; to: string }) => loadAvailability({ link, serviceId, professionalId, session, ...range });
  const { slots } = await load({ from, to });
  const byDate = Map.groupBy(slots, (slot) => dateInZone(slot.start, wanted.timezone));
  const days = eachDay(from, to).map((date) => dayShown(date, byDate.get(date) ?? [], wanted));
  const next = to < lastDay ? addDays(to, 1) : null;
  const isEmpty = days.every((day) => day.free === 0);
  const freeLater = isEmpty && next ? await firstFree(load, next, lastDay) : undefined;
  return {
    days,
    previous: from > today ? (within(addDays(from, -daysShown), today, lastDay) ?? today) : null,
    next,
    nextFree: freeLater ? dateInZone(freeLater, wanted.timezone) : null,
    lastDay,
  };
}

type Load = (range: { from: string; to: string }) => Promise<Availability>;

/** Looks on as far as the service is offered, as many days at a time as may be asked for. */
async function firstFree(load: Load, from: string, lastDay: string): Promise<string | undefined> {
  for (let first = from; first <= lastDay; first = addDays(first, availabilityDaysMax)) {
    const { slots } = await load({ from: first, to: within(addDays(first, availabilityDaysMax - 1), first, lastDay) ?? lastDay });
    const free = slots.find((slot) => slot.state === "free");
    if (free) return free.start;
  }
  return undefined;
}

function dayShown(date: string, ofDay: Availability["slots"], { timezone, locale, ownStart }: Wanted): DayShown {
  const noon = `${date}T12:00:00Z`;
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(new Date(noon));
  const slots = ofDay.map(
    (slot): SlotShown => ({
      start: slot.start,
      time: formatTime({ instant: slot.start, locale, timezone }),
      part: partOfDay(hourInZone(slot.start, timezone)),
      state: slot.start === ownStart ? "mine" : slot.state,
    }),
  );
  return {
    date,
    weekday: part({ weekday: "short" }),
    day: part({ day: "numeric" }),
    month: part({ month: "short" }),
    name: sentenceCase(formatDay({ instant: noon, locale, timezone: "UTC" })),
    free: slots.filter((slot) => slot.state !== "held").length,
    slots,
  };
}

function partOfDay(hour: number): PartOfDay {
  if (hour < 12) return "morning";
  return hour < 18 ? "afternoon" : "evening";
}

function eachDay(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Counts fortnights from today, so that choosing a day does not move the strip. */
function fortnightOf(day: string, today: string): string {
  const daysAhead = Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
  return addDays(today, daysAhead - (daysAhead % daysShown));
}

function within(date: string | undefined, first: string, last: string): string | null {
  if (!date || !/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date))) return null;
  return date >= first && date <= last ? date : null;
}
