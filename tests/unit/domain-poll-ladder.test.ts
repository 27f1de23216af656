import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerFrom, claimEnd, payingEnd, payingGraceSeconds } from "#domain/hold-times.ts";
import { nextPollAt, silentDaysMax } from "#domain/poll-ladder.ts";
import { roomTimes } from "#domain/room-times.ts";

const start = new Date("2026-11-23T13:00:00Z");
const later = (from: Date, seconds: number) => new Date(from.getTime() + seconds * 1000);

type Payment = { expiresAt: Date; payableUntil: Date };

/** The provider may approve it for so many hours after the customer's end. */
const endingIn = (seconds: number, pendingHoursMax: number): Payment => ({
  expiresAt: later(start, seconds),
  payableUntil: later(start, seconds + pendingHoursMax * 3600),
});
const lastAskOf = ({ expiresAt }: Payment) => answerFrom(expiresAt);
/** The last ask never comes before the one that precedes letting the capacity go. */
const endOf = (payment: Payment) => new Date(Math.max(payment.payableUntil.getTime(), lastAskOf(payment).getTime()));

/** Every ask about a payment that stays pending, as planned and as made; ask `n` is made `delays[n]` seconds late. */
function asks(payment: Payment, delays: number[] = []): { planned: Date; made: Date }[] {
  const found: { planned: Date; made: Date }[] = [];
  let now = start;
  for (let polls = 0; ; polls += 1) {
    const planned = nextPollAt({ now, polls, ...payment, isPaid: false });
    if (!planned) return found;
    expect(planned.getTime()).toBeGreaterThan(now.getTime());
    now = later(planned, delays[polls % delays.length] ?? 0);
    found.push({ planned, made: now });
    if (found.length > 2000) throw new Error("it never ends");
  }
}
const hoursAfterEnd = ({ expiresAt }: Payment, at: Date | undefined) => ((at ?? start).getTime() - expiresAt.getTime()) / 3_600_000;

const secondsUntilEnd = fc.integer({ min: 1, max: 120 * 60 });
const delays = fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 20 });
/** The worker was away, for seconds or for half a day. */
const outages = fc.array(fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 43_200 })), { minLength: 1, maxLength: 20 });
const pendingHours = fc.oneof(fc.constantFrom(0, 1, 24, 72, 720), fc.integer({ min: 0, max: 720 }));
/** A payment that is still pending may be approved until any second, not only after whole hours. */
const anyPayment = fc
  .record({
    seconds: secondsUntilEnd,
    payableSeconds: fc.oneof(fc.integer({ min: 0, max: 7200 }), fc.integer({ min: 0, max: 720 * 3600 })),
  })
  .map(({ seconds, payableSeconds }) => endingIn(seconds, payableSeconds / 3600));

test("the first asks come after 3, 5, 10, 20, 30, 60, 60 … seconds", () => {
  const times = asks(endingIn(600, 72)).map(({ made }) => (made.getTime() - start.getTime()) / 1000);
  expect(times.slice(0, 8)).toEqual([3, 8, 18, 38, 68, 128, 188, 248]);
});

test("asks only go forward, one of them comes as soon as its answer lets the capacity go, and they end", () => {
  fc.assert(
    fc.property(secondsUntilEnd, pendingHours, delays, (seconds, hours, late) => {
      const payment = endingIn(seconds, hours);
      const times = asks(payment, late);
      const deciding = times.find(({ made }) => made >= lastAskOf(payment));
      expect(deciding?.planned.getTime()).toBeLessThanOrEqual(lastAskOf(payment).getTime());
      expect(times.length).toBeLessThan(220);
    }),
  );
});

describe("a payment that stays pending", () => {
  test("is asked about for the last time when the provider can no longer say yes: never before, and planned for no later", () => {
    fc.assert(
      fc.property(secondsUntilEnd, pendingHours, delays, (seconds, hours, late) => {
        const payment = endingIn(seconds, hours);
        const last = asks(payment, late).at(-1);
        expect(last?.made.getTime()).toBeGreaterThanOrEqual(endOf(payment).getTime());
        expect(last?.planned.getTime()).toBeLessThanOrEqual(endOf(payment).getTime());
      }),
    );
  });

  test("is asked about at its very end also when the worker was away, and whatever second the end falls on", () => {
    fc.assert(
      fc.property(anyPayment, outages, (payment, late) => {
        const times = asks(payment, late);
        expect(times.at(-1)?.made.getTime()).toBeGreaterThanOrEqual(endOf(payment).getTime());
        for (const { planned } of times) expect(planned.getTime()).toBeLessThanOrEqual(endOf(payment).getTime());
      }),
    );
  });

  test.each([1, 10, 29, 31])("that was asked about %i seconds before that end is asked about once more, at the end", (seconds) => {
    const payment = endingIn(600, 72);
    const next = nextPollAt({ now: later(payment.payableUntil, -seconds), polls: 30, ...payment, isPaid: false });
    expect(next).toEqual(payment.payableUntil);
  });

  test("is not asked about any more once its end has passed", () => {
    fc.assert(
      fc.property(anyPayment, fc.nat({ max: 10_000_000 }), (payment, seconds) => {
        expect(nextPollAt({ now: later(endOf(payment), seconds), polls: 30, ...payment, isPaid: false })).toBe(null);
      }),
    );
  });

  test("is asked about ever more rarely, at least once a day, where the provider may say yes for three days", () => {
    const payment = endingIn(600, 72);
    const minutes = asks(payment)
      .map(({ planned }) => hoursAfterEnd(payment, planned) * 60)
      .filter((minute) => minute > 1.5);
    expect(minutes.map(Math.round)).toEqual([2, 7, 22, 52, 112, 292, 652, 1372, 2812, 4252, 4320]);
  });

  test("is asked about nothing more after the customer's end where the provider approves nothing late", () => {
    const payment = endingIn(600, 0);
    expect(asks(payment).at(-1)?.planned).toEqual(lastAskOf(payment));
    expect(nextPollAt({ now: lastAskOf(payment), polls: 30, ...payment, isPaid: false })).toBe(null);
  });

  test("is asked about once a day for a month where the provider may say yes for a month", () => {
    const payment = endingIn(600, 720);
    const hours = asks(payment).map(({ planned }) => hoursAfterEnd(payment, planned));
    expect(hours.at(-1)).toBe(720);
    const waits = hours.slice(1).map((hour, index) => hour - (hours[index] ?? 0));
    expect(Math.max(...waits)).toBeCloseTo(24, 9);
    expect(hours.filter((hour) => hour > 0).length).toBeLessThan(50);
  });
});

test("once paid it is asked at its end, an hour and a day later: for a second approval or a void whose event is lost", () => {
  for (const hours of [0, 72, 720]) {
    const payment = endingIn(600, hours);
    const askAgain = (now: Date) => nextPollAt({ now, polls: 1, ...payment, isPaid: true });
    const found: number[] = [];
    for (let next = askAgain(start); next; next = askAgain(next)) found.push(hoursAfterEnd(payment, next) * 60);
    expect(found.map(Math.round), `${hours} hours`).toEqual([2, 62, 1502]);
  }
});

test("once paid, a last question without an answer is asked again each day, and after the answer no more", () => {
  const payment = endingIn(600, 72);
  const last = new Date(payment.expiresAt.getTime() + 1502 * 60_000);
  const next = (now: Date, failures: number) =>
    nextPollAt({ now, polls: 9, ...payment, isPaid: true, ...(failures ? { silence: { failures, answerWaitMinutes: 30 } } : {}) });
  expect(next(last, 1)).toEqual(new Date(last.getTime() + 86_400_000));
  expect(next(new Date(payment.payableUntil.getTime() + 29 * 86_400_000), 30)).not.toBeNull();
  expect(next(new Date(payment.payableUntil.getTime() + 30 * 86_400_000), 31)).toBeNull();
  expect(next(last, 0)).toBeNull();
});

describe("a payment that the provider does not answer for", () => {
  const payment = endingIn(600, 72);
  /** Seconds after the customer's end of each question, the provider being away from that end on. */
  function silentAsks(): number[] {
    const found: number[] = [];
    let now = payment.expiresAt;
    for (let failures = 1; ; failures += 1) {
      const next = nextPollAt({ now, polls: 20 + failures, ...payment, isPaid: false, silence: { failures, answerWaitMinutes: 30 } });
      if (!next) return found;
      now = next;
      found.push((now.getTime() - payment.expiresAt.getTime()) / 1000);
    }
  }

  test("is asked about after 10, 20, 30, 60, 60 … seconds while its slot waits, then ever more rarely", () => {
    const seconds = silentAsks();
    expect(seconds.slice(0, 7)).toEqual([10, 30, 60, 120, 180, 240, 300]);
    const inTheWait = seconds.filter((second) => second <= 1800);
    expect(inTheWait.at(-1)).toBe(1800);
    expect(seconds.slice(inTheWait.length, inTheWait.length + 3).map((second) => second / 60)).toEqual([52, 112, 292]);
  });

  test("is asked about daily when no bank can approve it any more, for a month: then a person must look", () => {
    const days = silentAsks().map((second) => second / 86_400);
    expect(days.filter((day) => day > 3)).toEqual(Array.from({ length: silentDaysMax }, (_, index) => 4 + index));
  });
});

describe("hold times", () => {
  test("an answer counts from the grace on, and silence keeps capacity as long as the tenant says", () => {
    expect(answerFrom(start)).toEqual(later(start, payingGraceSeconds));
    expect(claimEnd(start, 30)).toEqual(later(start, 1800));
  });

  test("the database counts with the same grace", async () => {
    for (const name of ["is_unanswered", "ask_about_payments"])
      expect(await readFile(`db/functions/${name}.sql`, "utf8"), name).toMatch(
        /expires_at \+ make_interval\(secs => (p\.)?grace_seconds\)/,
      );
    const migration = await readFile("db/migrations/022_closing_pages.sql", "utf8");
    expect(migration).toContain(`grace_seconds int not null default ${payingGraceSeconds} check`);
  });

  test("opening the payment page gives the tenant's full time again, but never beyond twice the hold from its start", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 60 }), fc.integer({ min: 0, max: 7200 }), (holdMinutes, secondsSinceHold) => {
        const now = later(start, secondsSinceHold);
        const end = payingEnd({ heldAt: start, now, holdMinutes, latest: later(start, 86_400) });
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
