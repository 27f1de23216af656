import { describe, expect, test } from "vitest";
import { offeredSlots } from "#domain/slots.ts";
import { naiveSlots, wallAt } from "./domain-slots-model.ts";

const minute = 60_000;
const day = 86_400_000;

/** How many clock changes the zone's law foresees for 2024–2030. A change of law changes this table, and is noticed here. */
const changesUntil2030: Record<string, number> = {
  "America/Bogota": 0,
  "America/Mexico_City": 0,
  "America/Sao_Paulo": 0,
  "America/Santiago": 14,
  "America/New_York": 14,
  "Europe/Paris": 14,
  "Europe/Lisbon": 14,
  "America/Havana": 14,
};

/** Found by looking at the zone's offset every quarter of an hour around each day on which it differs from the day before. */
function clockChanges(timezone: string): number[] {
  const offset = (at: number) => {
    const wall = wallAt(at, timezone);
    return wall.date * day + wall.minuteOfDay * minute - at;
  };
  const changes: number[] = [];
  for (let at = Date.UTC(2024, 0, 1); at < Date.UTC(2031, 0, 1); at += day) {
    if (offset(at) === offset(at + day)) continue;
    for (let quarter = at; quarter < at + day; quarter += 15 * minute)
      if (offset(quarter) !== offset(quarter + 15 * minute)) changes.push(quarter + 15 * minute);
  }
  return changes;
}

const every = Object.keys(changesUntil2030).flatMap((timezone) => clockChanges(timezone).map((at) => ({ timezone, at })));
/** Of each zone the next two, forth and back. `npm run nightly zones` tries all years. */
const isNext = ({ at }: { at: number }) => at > Date.UTC(2026, 0, 1) && at < Date.UTC(2027, 0, 1);
const changes = process.env["MATRIX"] === "full" ? every : every.filter(isNext);
const allDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startsAt: "00:00:00", endsAt: "24:00:00" }));

/** Intervals that begin, end, or lie inside the hour that is skipped or repeated, besides the whole day. */
const intervals = [
  ["00:00:00", "24:00:00"],
  ["00:30:00", "02:30:00"],
  ["01:15:00", "03:45:00"],
  ["02:15:00", "02:45:00"],
  ["22:30:00", "23:30:00"],
  ["23:30:00", "24:00:00"],
  ["09:00:00", "17:00:00"],
] as const;

test.each(Object.entries(changesUntil2030))("%s changes its clock %i times until 2030", (timezone, count) => {
  expect(every.filter((change) => change.timezone === timezone)).toHaveLength(count);
});

/** The dates around a change, as a wish for slots. */
function around(change: { timezone: string; at: number }, hours: typeof allDay, rules: { durationMinutes: number; stepMinutes: number }) {
  const from = new Date(change.at - 2 * day).toISOString().slice(0, 10);
  const to = new Date(change.at + 2 * day).toISOString().slice(0, 10);
  const fullRules = { bufferBeforeMinutes: 0, bufferAfterMinutes: 0, leadMinutes: 0, horizonDays: 30, ...rules };
  return { from, to, rangeTimezone: "UTC", timezone: change.timezone, hours, rules: fullRules, now: change.at - 10 * day };
}

describe.each(changes.map((change) => ({ ...change, when: new Date(change.at).toISOString() })))("$timezone at $when", (change) => {
  test("no skipped wall time is offered, none twice, and each slot lasts its duration", () => {
    const slots = offeredSlots(around(change, allDay, { durationMinutes: 50, stepMinutes: 10 }));
    const walls = slots.map((slot) => wallAt(slot.start, change.timezone)).map((wall) => `${wall.date} ${wall.minuteOfDay}`);
    expect(slots.length).toBeGreaterThan(500);
    expect(new Set(walls).size).toBe(walls.length);
    expect(walls.every((wall) => Number(wall.split(" ")[1]) % 10 === 0)).toBe(true);
    expect(slots.every((slot) => slot.end - slot.start === 50 * minute)).toBe(true);
  });

  test("the model that looks at every minute agrees, also for intervals that touch the change", () => {
    for (const [startsAt, endsAt] of intervals)
      for (const rules of [
        { durationMinutes: 15, stepMinutes: 15 },
        { durationMinutes: 60, stepMinutes: 45 },
      ]) {
        const wish = around(
          change,
          allDay.map(({ weekday }) => ({ weekday, startsAt, endsAt })),
          rules,
        );
        const range = { start: Date.parse(wish.from), end: Date.parse(wish.to) + day };
        expect(offeredSlots(wish), `${startsAt}–${endsAt} every ${rules.stepMinutes} minutes`).toEqual(naiveSlots(range, wish));
      }
  });

  test("the model agrees on closed hours that touch the change", () => {
    for (const [startsAt, endsAt] of intervals) {
      const wish = around(change, allDay, { durationMinutes: 30, stepMinutes: 15 });
      const given = { ...wish, exceptions: [{ kind: "closed" as const, startsAt, endsAt, from: wish.from, to: wish.to }] };
      const range = { start: Date.parse(wish.from), end: Date.parse(wish.to) + day };
      expect(offeredSlots(given), `${startsAt}–${endsAt}`).toEqual(naiveSlots(range, given));
    }
  });
});
