import { expect, test } from "vitest";
import { endThatFits, type LinkEnd } from "#app/dashboard/bookings/new/link-end.ts";

const now = Date.parse("2026-11-27T12:00:00Z");
const hour = 3_600_000;
const ends = (end: LinkEnd, hoursLeft: number) =>
  endThatFits({ end, endDay: "", endTime: "" }, { now, timezone: "America/Bogota", latest: now + hoursLeft * hour });

test("a chosen end stays while the appointment leaves time for it", () => {
  expect(ends("4h", 5).end).toBe("4h");
  expect(ends("custom", 0.5).end).toBe("custom");
});

test("where the appointment is too soon, the longest end that fits is chosen, never one that is refused", () => {
  expect(ends("4h", 3).end).toBe("1h");
  expect(ends("24h", 5).end).toBe("4h");
  expect(ends("4h", 0.5)).toEqual({ end: "custom", endDay: "2026-11-27", endTime: "07:30" });
});
