import fc from "fast-check";
import { expect, test } from "vitest";
import { touchesClosed } from "#domain/professionals/openings.ts";
import {
  type Claim,
  daysAsSpan,
  freeAndHeldSlots,
  type OpeningException,
  offeredSlots,
  type SlotRules,
  spanWithBuffers,
} from "#domain/slots.ts";
import { naiveSlots } from "./domain-slots-model.ts";

const minute = 60_000;
const day = 86_400_000;
const zones = [
  "America/Bogota",
  "America/Mexico_City",
  "America/Santiago",
  "America/Sao_Paulo",
  "America/New_York",
  "Europe/Paris",
  "Europe/Lisbon",
  "America/Havana",
];

const rules: SlotRules = {
  durationMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  stepMinutes: 30,
  leadMinutes: 0,
  horizonDays: 60,
};
/** Monday, 2026-11-23, in Bogotá. */
const monday = Date.parse("2026-11-23T05:00:00Z");

type Dated = [kind: "closed" | "extra", dates: string, times?: [string, string]];
/** Dates of November: "23" or "23–25". */
function dated([kind, dates, [startsAt, endsAt] = ["", ""]]: Dated): OpeningException {
  const [from = "", to = from] = dates.split("–");
  return { kind, from: `2026-11-${from}`, to: `2026-11-${to}`, startsAt: startsAt || null, endsAt: endsAt || null };
}

function offered(wish: {
  hours: [string, string][];
  exceptions?: Dated[];
  rules?: Partial<SlotRules>;
  now?: number;
  from?: string;
  to?: string;
}) {
  return offeredSlots({
    from: wish.from ?? "2026-11-23",
    to: wish.to ?? "2026-11-23",
    rangeTimezone: "America/Bogota",
    timezone: "America/Bogota",
    hours: wish.hours.map(([startsAt, endsAt]) => ({ weekday: 1, startsAt, endsAt })),
    exceptions: (wish.exceptions ?? []).map(dated),
    rules: { ...rules, ...wish.rules },
    now: wish.now ?? monday - day,
  });
}
const times = (slots: { start: number }[]) => slots.map((slot) => new Date(slot.start - 5 * 3_600_000).toISOString().slice(11, 16));

test("slots lie on the grid of each working interval and end inside it", () => {
  expect(
    times(
      offered({
        hours: [
          ["09:00", "10:45"],
          ["14:10:00", "15:10:00"],
        ],
      }),
    ),
  ).toEqual(["09:00", "09:30", "10:00", "14:10", "14:40"]);
});

test("a slot may be longer than the step; overlapping intervals offer a time once", () => {
  expect(
    times(
      offered({
        hours: [
          ["09:00", "10:30"],
          ["09:30", "11:00"],
        ],
        rules: { durationMinutes: 60 },
      }),
    ),
  ).toEqual(["09:00", "09:30", "10:00"]);
});

test("a working day may end at midnight", () => {
  expect(times(offered({ hours: [["23:00:00", "24:00:00"]] }))).toEqual(["23:00", "23:30"]);
  expect(times(offered({ hours: [["23:00:00", "23:59:59"]] }))).toEqual(["23:00"]);
});

test("the least notice is kept to the minute", () => {
  const at = (now: string) =>
    times(offered({ hours: [["09:00", "11:00"]], rules: { leadMinutes: 60 }, now: Date.parse(`2026-11-23T${now}-05:00`) }));
  expect(at("08:30:00")).toEqual(["09:30", "10:00", "10:30"]);
  expect(at("08:30:00.001")).toEqual(["10:00", "10:30"]);
  expect(at("12:00:00")).toEqual([]);
});

test("nothing is offered beyond the horizon", () => {
  const wish = { hours: [["09:00", "10:00"]] as [string, string][], rules: { horizonDays: 7 }, from: "2026-11-30", to: "2026-12-28" };
  expect(offered({ ...wish, now: Date.parse("2026-11-23T09:30:00-05:00") })).toHaveLength(1);
  expect(offered({ ...wish, now: Date.parse("2026-11-23T09:00:00-05:00") })).toHaveLength(0);
});

test("nothing is offered on a day without hours, nor for a service longer than the interval", () => {
  expect(offered({ hours: [["09:00", "17:00"]], from: "2026-11-24", to: "2026-11-29" })).toEqual([]);
  expect(offered({ hours: [["09:00", "10:00"]], rules: { durationMinutes: 61 } })).toEqual([]);
});

test("a day off has no slots; closed hours take what touches them and leave the grid as it is", () => {
  const hours: [string, string][] = [["09:00", "12:00"]];
  expect(offered({ hours, exceptions: [["closed", "23"]] })).toEqual([]);
  expect(offered({ hours, exceptions: [["closed", "22–24"]] })).toEqual([]);
  expect(offered({ hours, exceptions: [["closed", "24–25"]] })).toHaveLength(6);
  expect(times(offered({ hours, exceptions: [["closed", "23", ["09:40", "10:30"]]] }))).toEqual(["09:00", "10:30", "11:00", "11:30"]);
  expect(times(offered({ hours, exceptions: [["closed", "23", ["11:00", "24:00"]]] }))).toEqual(["09:00", "09:30", "10:00", "10:30"]);
});

test("an extra day opens besides the week, and an absence outranks it", () => {
  const hours: [string, string][] = [["09:00", "10:00"]];
  const sunday = { hours, from: "2026-11-22", to: "2026-11-22", now: monday - 3 * day };
  expect(offered(sunday)).toEqual([]);
  expect(times(offered({ ...sunday, exceptions: [["extra", "22", ["15:00", "16:00"]]] }))).toEqual(["15:00", "15:30"]);
  expect(times(offered({ hours, exceptions: [["extra", "23", ["09:30", "11:00"]]] }))).toEqual(["09:00", "09:30", "10:00", "10:30"]);
  const both: Dated[] = [
    ["extra", "22", ["15:00", "17:00"]],
    ["closed", "22", ["15:00", "15:30"]],
  ];
  expect(times(offered({ ...sunday, exceptions: both }))).toEqual(["15:30", "16:00", "16:30"]);
  expect(offered({ ...sunday, exceptions: [...both, ["closed", "20–22"]] })).toEqual([]);
});

test("an appointment touches an absence by the professional's clock, and not where it only meets it", () => {
  const exceptions = [dated(["closed", "23", ["10:00", "11:00"]])];
  const touches = (start: string, end: string, timezone = "America/Bogota") =>
    touchesClosed({ start: Date.parse(`2026-11-23T${start}-05:00`), end: Date.parse(`2026-11-23T${end}-05:00`) }, { timezone, exceptions });
  expect([touches("09:30:00", "10:00:00"), touches("11:00:00", "11:30:00")]).toEqual([false, false]);
  expect([touches("09:30:00", "10:00:01"), touches("10:59:00", "11:30:00"), touches("09:00:00", "12:00:00")]).toEqual([true, true, true]);
  expect(touches("10:15:00", "10:45:00", "Europe/Paris")).toBe(false);
  expect(touches("04:15:00", "04:45:00", "Europe/Paris")).toBe(true);
});

test("the range is read in the tenant's zone, the hours in the professional's", () => {
  const slots = offeredSlots({
    from: "2026-11-23",
    to: "2026-11-23",
    rangeTimezone: "America/Bogota",
    timezone: "Europe/Paris",
    hours: [1, 2].map((weekday) => ({ weekday, startsAt: "05:00", endsAt: "07:00" })),
    rules: { ...rules, stepMinutes: 60 },
    now: monday - day,
  });
  // Bogotá's Monday is 06:00 on Monday until 06:00 on Tuesday in Paris.
  expect(slots.map((slot) => new Date(slot.start).toISOString())).toEqual(["2026-11-23T05:00:00.000Z", "2026-11-24T04:00:00.000Z"]);
});

const time = fc.integer({ min: 0, max: 288 }).map((fives) => fives * 5);
const text = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}:00`;
const hours = fc
  .tuple(fc.integer({ min: 1, max: 7 }), time, time)
  .filter(([, a, b]) => a !== b)
  .map(([weekday, a, b]) => ({ weekday, startsAt: text(Math.min(a, b)), endsAt: text(Math.max(a, b)) }));
const anyRules = fc.record({
  durationMinutes: fc.integer({ min: 1, max: 60 }).map((fives) => fives * 5),
  stepMinutes: fc.constantFrom(5, 10, 15, 20, 25, 30, 45, 50, 60, 90, 240),
  leadMinutes: fc.integer({ min: 0, max: 5000 }),
  horizonDays: fc.integer({ min: 1, max: 20 }),
  bufferBeforeMinutes: fc.constantFrom(0, 5, 30, 240),
  bufferAfterMinutes: fc.constantFrom(0, 10, 45, 240),
});
const week = fc.record({
  timezone: fc.constantFrom(...zones),
  rangeTimezone: fc.constantFrom(...zones),
  hours: fc.array(hours, { minLength: 1, maxLength: 6 }),
  rules: anyRules,
  from: fc.integer({ min: Date.UTC(2024, 0, 1) / day, max: Date.UTC(2030, 11, 20) / day }),
  days: fc.integer({ min: 0, max: 7 }),
  nowAhead: fc.integer({ min: -4 * 1440, max: 10 * 1440 }),
});
const dateText = (days: number) => new Date(days * day).toISOString().slice(0, 10);
/** Days after the first date of the range. */
const exception = fc
  .record({
    kind: fc.constantFrom("closed" as const, "extra" as const),
    first: fc.integer({ min: -2, max: 8 }),
    days: fc.integer({ min: 0, max: 3 }),
    hours,
    isAllDay: fc.boolean(),
  })
  .map(({ kind, first, days, hours: { startsAt, endsAt }, isAllDay }) => {
    const between = isAllDay && kind === "closed" ? { startsAt: null, endsAt: null } : { startsAt, endsAt };
    return { first, last: first + days, given: { kind, ...between } };
  });

test("a model that looks at every minute agrees on random weeks with days off and extra days", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(week, fc.array(exception, { maxLength: 5 }), (given, differing) => {
      const exceptions = differing.map((each) => ({
        ...each.given,
        from: dateText(given.from + each.first),
        to: dateText(given.from + each.last),
      }));
      const wish = {
        ...given,
        exceptions,
        from: dateText(given.from),
        to: dateText(given.from + given.days),
        now: given.from * day - given.nowAhead * minute,
      };
      const range = daysAsSpan(wish.from, wish.to, wish.rangeTimezone);
      expect(offeredSlots(wish)).toEqual(naiveSlots(range, wish));
    }),
    { numRuns: 150 },
  );
});

/** One professional's live claims: in order, never overlapping, because the database refuses that. */
const claims = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 40 }),
      length: fc.integer({ min: 1, max: 60 }),
      state: fc.constantFrom("booked" as const, "held" as const),
    }),
    { maxLength: 25 },
  )
  .map((parts) => {
    let at = monday;
    return parts.map(({ gap, length, state }): Claim => {
      const start = at + gap * 5 * minute;
      at = start + length * 5 * minute;
      return { start, end: at, state };
    });
  });

test("a slot is free only if neither it nor its buffers touch a claim, held if they touch only holds, and gone if they touch a booking", {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(claims, anyRules, fc.array(hours, { minLength: 1, maxLength: 4 }), (live, given, weekHours) => {
      const slots = offeredSlots({
        from: "2026-11-23",
        to: "2026-11-25",
        rangeTimezone: "America/Bogota",
        timezone: "America/Bogota",
        hours: weekHours.map((each) => ({ ...each, weekday: 1 + (each.weekday % 3) })),
        rules: { ...given, leadMinutes: 0, horizonDays: 20 },
        now: monday - day,
      });
      const expected = slots.flatMap((slot) => {
        const span = spanWithBuffers(slot, given);
        const touched = live.filter((claim) => claim.start < span.end && span.start < claim.end);
        if (touched.some((claim) => claim.state === "booked")) return [];
        return [{ ...slot, state: touched.length > 0 ? "held" : "free" }];
      });
      expect(freeAndHeldSlots(slots, live, given)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test("a claim that ends where a slot's buffer begins does not take it", () => {
  const [slot] = offered({ hours: [["09:00", "09:30"]] });
  if (!slot) throw new Error("no slot to look at");
  const buffered = { ...rules, bufferBeforeMinutes: 10 };
  const before = (gap: number): Claim[] => [{ start: slot.start - day, end: slot.start - gap * minute, state: "booked" }];
  expect(freeAndHeldSlots([slot], before(10), buffered)).toHaveLength(1);
  expect(freeAndHeldSlots([slot], before(9), buffered)).toHaveLength(0);
});
