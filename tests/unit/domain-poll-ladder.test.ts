import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimEnd, lastAskSeconds, payingEnd, payingGraceSeconds } from "#domain/hold-times.ts";
import { nextPollAt } from "#domain/poll-ladder.ts";
import { roomTimes } from "#domain/room-times.ts";

const start = new Date("2026-11-23T13:00:00Z");
const later = (from: Date, seconds: number) => new Date(from.getTime() + seconds * 1000);

/** Every ask about a payment that stays pending; job `n` starts `delays[n]` seconds late. */
function asks(expiresAt: Date, delays: number[] = []): Date[] {
  const found: Date[] = [];
  let now = start;
  for (let polls = 0; ; polls += 1) {
    const next = nextPollAt({ now, polls, expiresAt, isPaid: false });
    if (!next) return found;
    expect(next.getTime()).toBeGreaterThan(now.getTime());
    now = later(next, delays[polls % delays.length] ?? 0);
    found.push(now);
    if (found.length > 2000) throw new Error("it never ends");
  }
}

const secondsUntilEnd = fc.integer({ min: 1, max: 120 * 60 });
const delays = fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 20 });

test("the first asks come after 3, 5, 10, 20, 30, 60, 60 … seconds", () => {
  const times = asks(later(start, 600)).map((at) => (at.getTime() - start.getTime()) / 1000);
  expect(times.slice(0, 8)).toEqual([3, 8, 18, 38, 68, 128, 188, 248]);
});

test("asks only go forward, one of them falls after the customer's end and before the capacity is let go, and they end", () => {
  fc.assert(
    fc.property(secondsUntilEnd, delays, (seconds, late) => {
      const expiresAt = later(start, seconds);
      const times = asks(expiresAt, late);
      expect(times.some((at) => at > expiresAt && at < claimEnd(expiresAt))).toBe(true);
      expect(times.length).toBeLessThan(200);
    }),
  );
});

test("asking goes on for three days after the end, because a provider may still say yes", () => {
  fc.assert(
    fc.property(secondsUntilEnd, delays, (seconds, late) => {
      const expiresAt = later(start, seconds);
      const last = asks(expiresAt, late).at(-1) ?? start;
      expect((last.getTime() - expiresAt.getTime()) / 3_600_000).toBeGreaterThan(60);
      expect((last.getTime() - expiresAt.getTime()) / 3_600_000).toBeLessThan(80);
    }),
  );
});

test("once paid it is asked at its end, an hour and a day later: for a second approval or a void whose event is lost", () => {
  const expiresAt = later(start, 600);
  const found: number[] = [];
  for (
    let now = start, next = nextPollAt({ now, polls: 1, expiresAt, isPaid: true });
    next;
    now = next, next = nextPollAt({ now, polls: 1, expiresAt, isPaid: true })
  ) {
    found.push((next.getTime() - expiresAt.getTime()) / 60_000);
  }
  expect(found).toEqual([1, 61, 1501]);
});

describe("hold times", () => {
  test("the last ask falls well inside the grace", () => {
    expect(lastAskSeconds).toBeGreaterThan(0);
    expect(payingGraceSeconds - lastAskSeconds).toBeGreaterThanOrEqual(30);
    expect(claimEnd(start)).toEqual(later(start, 120));
  });

  test("opening the payment page gives the tenant's full time again, but never beyond twice the hold from its start", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 60 }), fc.integer({ min: 0, max: 7200 }), (holdMinutes, secondsSinceHold) => {
        const now = later(start, secondsSinceHold);
        const end = payingEnd({ heldAt: start, now, holdMinutes });
        expect(end.getTime()).toBeLessThanOrEqual(later(start, holdMinutes * 120).getTime());
        expect(end.getTime()).toBeLessThanOrEqual(later(now, holdMinutes * 60).getTime());
        // While the hold lives, the end never comes nearer.
        if (secondsSinceHold <= holdMinutes * 60) expect(end.getTime()).toBeGreaterThanOrEqual(later(start, holdMinutes * 60).getTime());
      }),
    );
  });

  test("a room opens a quarter of an hour before and closes an hour after", () => {
    expect(roomTimes({ start, end: later(start, 1800) })).toEqual({ notBefore: later(start, -900), expiresAt: later(start, 1800 + 3600) });
  });
});
