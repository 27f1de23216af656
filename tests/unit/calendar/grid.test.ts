import fc from "fast-check";
import { expect, test } from "vitest";
import { columnsOf, datesOf, entriesOn, stretchOn } from "#app/dashboard/calendar/grid.ts";
import type { Calendar } from "#contracts/desk/calendar.ts";
import { closedSpans, isWithinHours, openSpans } from "#domain/professionals/openings.ts";
import { instantOf, minutesOfClock, wallTimeOf } from "#ui/dashboard/wall-clock.ts";
import { weekFrom } from "#ui/openings/week.ts";

const zones = ["America/Bogota", "Europe/Paris", "America/Santiago", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"];
const minute = 60_000;

test("a browser's clock reads and sets as Temporal does, at every minute of every zone", () => {
  const instants = fc.integer({ min: Date.UTC(2026, 0, 1) / minute, max: Date.UTC(2028, 0, 1) / minute });
  fc.assert(
    fc.property(fc.constantFrom(...zones), instants, (zone, at) => {
      const there = Temporal.Instant.fromEpochMilliseconds(at * minute).toZonedDateTimeISO(zone);
      const shown = wallTimeOf(at * minute, zone);
      expect(shown).toEqual({ date: there.toPlainDate().toString(), minutes: there.hour * 60 + there.minute });
      // A time that the clocks show twice may be read as either.
      const back = instantOf(shown, zone);
      expect(wallTimeOf(back, zone)).toEqual(shown);
    }),
    { numRuns: 300 },
  );
});

test("a time of the day is read from a field, and nothing else is", () => {
  expect(["00:00", "08:05", "24:00", "24:01", "8:05", "", "aa:bb"].map(minutesOfClock)).toEqual([0, 485, 1440, null, null, null, null]);
});

test("a week begins on the country's day, and an entry over midnight lies on both dates", () => {
  expect(datesOf("week", "2026-11-29", 1)).toEqual(datesOf("week", "2026-11-23", 1));
  expect(datesOf("week", "2026-11-25", 1)[0]).toBe("2026-11-23");
  expect(["2026-11-22", "2026-11-28"].map((day) => datesOf("week", day, 7)[0])).toEqual(["2026-11-22", "2026-11-22"]);
  expect([weekFrom(1)[0], weekFrom(7)]).toEqual([1, [7, 1, 2, 3, 4, 5, 6]]);
  const span = { start: "2026-11-24T04:30:00Z", end: "2026-11-24T05:30:00Z" };
  expect(stretchOn("2026-11-23", span, "America/Bogota")).toEqual({ from: 1410, until: 1440 });
  expect(stretchOn("2026-11-24", span, "America/Bogota")).toEqual({ from: 0, until: 30 });
  expect(stretchOn("2026-11-25", span, "America/Bogota")).toBeNull();
});

test("what overlaps stands side by side, and what comes after has the whole width again", () => {
  const professional = { id: "p", name: "Laura", photoUrl: null, timezone: "UTC", serviceIds: [], open: [], absences: [] };
  const at = (id: string, start: string, end: string) =>
    ({ id, professionalId: "p", start: `2026-11-23T${start}:00Z`, end: `2026-11-23T${end}:00Z` }) as Calendar["entries"][number];
  const entries = [at("a", "08:00", "10:00"), at("b", "09:00", "09:30"), at("c", "09:30", "11:00"), at("d", "12:00", "13:00")];
  const calendar = { timezone: "UTC", from: "2026-11-23", to: "2026-11-23", professionals: [professional], entries, isCut: false };
  const [column] = columnsOf(calendar, "day", ["2026-11-23"]);
  const placed = column ? entriesOn(column, calendar) : [];
  expect(placed.map(({ item, lane, lanes }) => [item.id, lane, lanes])).toEqual([
    ["a", 0, 2],
    ["b", 1, 2],
    ["c", 1, 2],
    ["d", 0, 1],
  ]);
});

test("hours that meet are one stretch; an appointment must lie in one, and absences keep their own times", () => {
  const timezone = "America/Bogota";
  const hours = [
    { weekday: 1, startsAt: "08:00", endsAt: "12:00" },
    { weekday: 1, startsAt: "12:00", endsAt: "18:00" },
    { weekday: 1, startsAt: "20:00", endsAt: "24:00" },
    { weekday: 2, startsAt: "00:00", endsAt: "02:00" },
  ];
  const exceptions = [{ kind: "closed", from: "2026-11-23", to: "2026-11-23", startsAt: "13:00", endsAt: "14:00" }] as const;
  const openings = { timezone, hours, exceptions };
  const span = (start: string, end: string) => ({ start: Date.parse(`${start}:00-05:00`), end: Date.parse(`${end}:00-05:00`) });
  const monday = span("2026-11-23T00:00", "2026-11-24T00:00");
  expect(openSpans(monday, openings)).toEqual([span("2026-11-23T08:00", "2026-11-23T18:00"), span("2026-11-23T20:00", "2026-11-24T00:00")]);
  expect(closedSpans(monday, openings)).toEqual([span("2026-11-23T13:00", "2026-11-23T14:00")]);
  expect(isWithinHours(span("2026-11-23T11:30", "2026-11-23T12:30"), openings)).toBe(true);
  expect(isWithinHours(span("2026-11-23T23:30", "2026-11-24T00:30"), openings)).toBe(true);
  expect(isWithinHours(span("2026-11-23T17:30", "2026-11-23T18:30"), openings)).toBe(false);
});
