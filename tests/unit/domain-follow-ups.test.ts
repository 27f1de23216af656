import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { callbackPaymentStates } from "#domain/callback-body.ts";
import { type EventKind, eventKinds, type FollowUpJob, followUpJobs, followUps, followUpsOf, nextTrySeconds } from "#domain/follow-ups.ts";

const facts = fc.record({ online: fc.boolean(), wasPaid: fc.boolean(), hasCallback: fc.boolean() });
const all = { online: true, wasPaid: true, hasCallback: true };
const jobsOf = (kind: EventKind, given = all) => followUpsOf(kind, given).map((each) => each.job);

/** Events that may happen before any money is in, besides a cancellation of what was never paid. */
const beforeMoney: EventKind[] = [
  "booking.created",
  "booking.expired",
  "booking.failed",
  "payment.started",
  "payment.failed",
  "inbox_event.unmatched",
];

test("before the money nothing reaches anybody: no mail, no room, no callback, no notification", () => {
  for (const kind of beforeMoney) expect(jobsOf(kind), kind).toEqual([]);
  expect(jobsOf("booking.cancelled", { online: true, wasPaid: false, hasCallback: true })).toEqual([]);
});

test("only these events have effects", () => {
  expect(eventKinds.filter((kind) => jobsOf(kind).length > 0)).toEqual([
    "booking.paid",
    "booking.room_ready",
    "booking.cancelled",
    "payment.reversed",
    "refund_case.opened",
    "refund_case.manual",
    "refund_case.done",
    "refund_case.withdrawn",
    "callback.disabled",
  ]);
});

test("a paid online booking: the room first, then everybody who is told about it", () => {
  expect(followUpsOf("booking.paid", all)).toEqual([
    { job: "create-room", waitsFor: null, counted: false },
    { job: "mail-customer-paid", waitsFor: "create-room", counted: false },
    { job: "mail-professional-paid", waitsFor: "create-room", counted: false },
    { job: "mail-merchant-paid", waitsFor: "create-room", counted: false },
    { job: "notify-merchant", waitsFor: null, counted: false },
    { job: "deliver-callback", waitsFor: "create-room", counted: true },
  ]);
});

test("a paid booking on the spot waits for no room, and a merchant without a server gets no callback", () => {
  const given = followUpsOf("booking.paid", { online: false, wasPaid: true, hasCallback: false });
  expect(given.map((each) => each.job)).toEqual(["mail-customer-paid", "mail-professional-paid", "mail-merchant-paid", "notify-merchant"]);
  expect(given.every((each) => each.waitsFor === null)).toBe(true);
});

test("a room that came late reaches those who were told of the payment without it", () => {
  expect(jobsOf("booking.room_ready")).toEqual(["mail-customer-room", "mail-professional-room", "deliver-callback"]);
  expect(followUpsOf("booking.room_ready", all).every((each) => each.waitsFor === null)).toBe(true);
});

test("every refund is worked on, and everybody hears of it", () => {
  expect(jobsOf("refund_case.opened")).toEqual([
    "advance-refund",
    "mail-customer-refund",
    "mail-merchant-refund",
    "notify-merchant",
    "deliver-callback",
  ]);
});

test("no event names a job twice, every job belongs to an event, and every wait is for another job of the same event", () => {
  const used = new Set<FollowUpJob>();
  for (const kind of eventKinds) {
    const jobs = followUps[kind].map((rule) => rule.job);
    expect(new Set(jobs).size, kind).toBe(jobs.length);
    for (const rule of followUps[kind]) {
      used.add(rule.job);
      if (rule.after)
        expect(
          jobs.filter((job) => job !== rule.job),
          kind,
        ).toContain(rule.after);
    }
  }
  expect([...used].sort()).toEqual([...followUpJobs].sort());
});

test("whatever the facts, a wait is for a job that is wanted and that itself waits for nothing", () => {
  fc.assert(
    fc.property(fc.constantFrom(...eventKinds), facts, (kind, given) => {
      const wanted = followUpsOf(kind, given);
      for (const { waitsFor } of wanted) {
        if (waitsFor === null) continue;
        expect(wanted.find((other) => other.job === waitsFor)?.waitsFor).toBe(null);
      }
    }),
  );
});

test("callbacks, and only they, are counted; a merchant without a server gets none", () => {
  fc.assert(
    fc.property(fc.constantFrom(...eventKinds), facts, (kind, given) => {
      for (const { job, counted } of followUpsOf(kind, given)) {
        expect(counted).toBe(job === "deliver-callback");
        if (job === "deliver-callback") expect(given.hasCallback).toBe(true);
      }
    }),
  );
});

test("a callback has a word for the payment's state in exactly the events that send one", () => {
  const sending = eventKinds.filter((kind) => jobsOf(kind).includes("deliver-callback"));
  expect(Object.keys(callbackPaymentStates).sort()).toEqual([...sending].sort());
  expect(callbackPaymentStates).toEqual({
    "booking.paid": "aprobado",
    "booking.room_ready": "aprobado",
    "booking.cancelled": "cancelado",
    "refund_case.opened": "reembolso_pendiente",
    "refund_case.done": "reembolsado",
  });
});

describe("the next try", () => {
  /** The waits of a job that never succeeds, in seconds. */
  const waits = (job: FollowUpJob, spread: number) => {
    const found: number[] = [];
    for (let attempts = 1; ; attempts += 1) {
      const wait = nextTrySeconds({ job, attempts, retryAfterSeconds: null, spread });
      if (wait === null) return found;
      found.push(wait);
      if (found.length > 100) throw new Error("it never ends");
    }
  };
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  const spread = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  test("of a callback is after 2, 4, 8, 16 seconds, then minutes to hours, over about 72 hours", () => {
    expect(waits("deliver-callback", 0.5).slice(0, 4)).toEqual([2, 4, 8, 16]);
    expect(sum(waits("deliver-callback", 0.5)) / 3600).toBeGreaterThan(71);
    expect(sum(waits("deliver-callback", 0.5)) / 3600).toBeLessThan(73);
  });

  test("never comes sooner than the one before, but for the jitter of ten percent, and ends", () => {
    fc.assert(
      fc.property(fc.constantFrom(...followUpJobs), spread, (job, given) => {
        const middle = waits(job, 0.5);
        expect(middle).toEqual(middle.toSorted((a, b) => a - b));
        for (const [index, wait] of waits(job, given).entries()) {
          expect(wait).toBeGreaterThanOrEqual((middle[index] ?? 0) * 0.9 - 1e-9);
          expect(wait).toBeLessThan((middle[index] ?? 0) * 1.1 + 1e-9);
        }
      }),
    );
  });

  test("waits as long as the server asked, but never more than a day for it", () => {
    const next = (retryAfterSeconds: number, attempts = 1) =>
      nextTrySeconds({ job: "deliver-callback", attempts, retryAfterSeconds, spread: 0.5 });
    expect(next(1)).toBe(2);
    expect(next(120)).toBe(120);
    expect(next(1_000_000)).toBe(86_400);
    expect(next(10, 50)).toBe(null);
  });
});
