import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { callbackPaymentState } from "#domain/callback-body.ts";
import {
  checkoutSteps,
  type EventKind,
  eventKinds,
  type FollowUpJob,
  followUpJobs,
  followUps,
  followUpsOf,
  nextTrySeconds,
  type SubjectFacts,
} from "#domain/follow-ups.ts";

/** Every combination, also with a trait that no rule names. */
const facts = fc.record({ traits: fc.subarray(["online", "gift"]), wasPaid: fc.boolean(), hasCallback: fc.boolean() });
const all: SubjectFacts = { traits: ["online"], wasPaid: true, hasCallback: true, tellsCustomer: true, isHandedOver: true };
const wantedOf = (kind: EventKind, given = all) => followUpsOf(followUps[kind], given);
const jobsOf = (kind: EventKind, given = all) => wantedOf(kind, given).map((each) => each.job);

/** Events that may happen before any money is in, besides a cancellation of what was never paid. */
const beforeMoney: EventKind[] = [
  "booking.created",
  "booking.contact_changed",
  "booking.expired",
  "booking.failed",
  "order.created",
  "order.expired",
  "order.failed",
  "payment.started",
  "payment.failed",
  "inbox_event.unmatched",
];

test("before the money nothing reaches anybody: no mail, no room, no callback, no notification", () => {
  for (const kind of beforeMoney) expect(jobsOf(kind), kind).toEqual([]);
  expect(jobsOf("booking.cancelled", { ...all, wasPaid: false })).toEqual([]);
});

test("a customer who tried to pay in vain and may have left hears of it, and nobody else does", () => {
  expect(jobsOf("booking.failed", { ...all, mayHaveLeft: true })).toEqual(["mail-customer-unpaid"]);
});

test("only these events have effects", () => {
  expect(eventKinds.filter((kind) => jobsOf(kind).length > 0)).toEqual([
    "booking.mail_resent",
    "booking.payment_link_mailed",
    "booking.paid",
    "booking.rest_link_mailed",
    "booking.rest_paid",
    "rest.paid",
    "booking.room_ready",
    "booking.rescheduled",
    "booking.reminder_due",
    "booking.cancelled",
    "order.paid",
    "order.cancelled",
    "order.sent",
    "stock.low",
    "payment.facts_differ",
    "payment.reversed",
    "payment.refund_done",
    "payment.restored",
    "dispute.opened",
    "dispute.changed",
    "refund_case.opened",
    "refund_case.manual",
    "refund_case.done",
    "refund_case.failed",
    "refund_case.short_of_balance",
    "refund_case.seen",
    "refund_case.withdrawn",
    "callback.disabled",
    "attention.arose",
    "calendar_invitation.mailed",
    "member.invited",
    "member.summary_due",
  ]);
});

test("a paid online booking: the room first, then everybody who is told about it", () => {
  expect(wantedOf("booking.paid")).toEqual([
    { job: "create-room", waitsFor: null, counted: false },
    { job: "mail-customer-paid", waitsFor: "create-room", counted: false },
    { job: "mail-professional-paid", waitsFor: "create-room", counted: false },
    { job: "mail-merchant-paid", waitsFor: "create-room", counted: false },
    { job: "notify-merchant", waitsFor: null, counted: false },
    { job: "deliver-callback", waitsFor: "create-room", counted: true },
  ]);
});

test("a paid booking on the spot waits for no room, and a merchant without a server gets no callback", () => {
  const given = wantedOf("booking.paid", { traits: [], wasPaid: true, hasCallback: false });
  expect(given.map((each) => each.job)).toEqual(["mail-customer-paid", "mail-professional-paid", "mail-merchant-paid", "notify-merchant"]);
  expect(given.every((each) => each.waitsFor === null)).toBe(true);
});

test("a room that came late reaches those who were told of the payment without it", () => {
  expect(jobsOf("booking.room_ready")).toEqual(["mail-customer-room", "mail-professional-room", "deliver-callback"]);
  expect(wantedOf("booking.room_ready").every((each) => each.waitsFor === null)).toBe(true);
});

test("a move: the room first, then who has it now; whoever had it, and a customer who was told already, only if so", () => {
  const mails = ["mail-customer-moved", "mail-professional-moved", "mail-professional-handed-over"];
  expect(jobsOf("booking.rescheduled")).toEqual(["create-room", ...mails, "notify-merchant", "deliver-callback"]);
  const quiet = jobsOf("booking.rescheduled", { traits: [], wasPaid: true, hasCallback: false });
  expect(quiet).toEqual(["mail-professional-moved", "notify-merchant"]);
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
  // notify-merchant plans it, for whoever has chosen it.
  expect([...used, "mail-member-notice"].sort()).toEqual([...followUpJobs].sort());
});

test("whatever the facts, a wait is for a job that is wanted and that itself waits for nothing", () => {
  fc.assert(
    fc.property(fc.constantFrom(...eventKinds), facts, (kind, given) => {
      const wanted = wantedOf(kind, given);
      const waiting = wanted.filter(({ waitsFor }) => waitsFor !== null);
      expect(waiting.map(({ waitsFor }) => wanted.find(({ job }) => job === waitsFor)?.waitsFor)).toEqual(waiting.map(() => null));
    }),
  );
});

test("callbacks, and only they, are counted; a merchant without a server gets none", () => {
  fc.assert(
    fc.property(fc.constantFrom(...eventKinds), facts, (kind, given) => {
      for (const { job, counted } of wantedOf(kind, given)) {
        expect(counted).toBe(job === "deliver-callback");
        if (job === "deliver-callback") expect(given.hasCallback).toBe(true);
      }
    }),
  );
});

test("a booking has an event for every step of a checkout", () => {
  for (const step of checkoutSteps) expect(eventKinds).toContain(`booking.${step}`);
});

test("a rule with several conditions needs all of them, and a trait that no rule names changes nothing", () => {
  const closing = (given: Partial<SubjectFacts>) => jobsOf("booking.cancelled", { ...all, ...given }).includes("close-room");
  expect(closing({})).toBe(true);
  expect(closing({ traits: [] })).toBe(false);
  expect(closing({ traits: ["gift"] })).toBe(false);
  expect(closing({ wasPaid: false })).toBe(false);
  for (const kind of eventKinds) expect(wantedOf(kind, { ...all, traits: ["online", "gift"] }), kind).toEqual(wantedOf(kind));
});

test("a kind's own rules are followed like those of the table: conditions, and waits only for what is wanted", () => {
  const rules = [
    { job: "create-room", when: ["online"] },
    { job: "deliver-callback", after: "create-room", when: ["was_paid", "has_callback"] },
  ] as const;
  expect(followUpsOf(rules, all)).toEqual([
    { job: "create-room", waitsFor: null, counted: false },
    { job: "deliver-callback", waitsFor: "create-room", counted: true },
  ]);
  expect(followUpsOf(rules, { ...all, traits: [] })).toEqual([{ job: "deliver-callback", waitsFor: null, counted: true }]);
  expect(followUpsOf(rules, { traits: [], wasPaid: true, hasCallback: false })).toEqual([]);
});

test("a callback calls the payment by the same word in every event that sends one", () => {
  const sending = eventKinds.filter((kind) => jobsOf(kind).includes("deliver-callback"));
  expect(Object.fromEntries(sending.map((kind) => [kind, callbackPaymentState(kind, "paid")]))).toEqual({
    "booking.paid": "aprobado",
    "booking.rest_paid": "aprobado",
    "booking.room_ready": "aprobado",
    "booking.rescheduled": "aprobado",
    "booking.cancelled": "cancelado",
    "order.paid": "aprobado",
    "order.cancelled": "cancelado",
    "payment.reversed": "aprobado",
    "payment.restored": "aprobado",
    "refund_case.opened": "reembolso_pendiente",
    "refund_case.done": "reembolsado",
    "refund_case.failed": "reembolso_pendiente",
  });
});

test("a callback's word for the payment does not depend on what was bought", () => {
  for (const step of ["paid", "cancelled"])
    expect(callbackPaymentState(`order.${step}`, "paid"), step).toBe(callbackPaymentState(`booking.${step}`, "paid"));
  for (const silent of ["booking.expired", "payment.started", ""])
    expect(() => callbackPaymentState(silent, "paid")).toThrow("says nothing");
  expect(callbackPaymentState("order.paid", "refunded")).toBe("aprobado");
  expect(callbackPaymentState("order.cancelled", "paid")).toBe("cancelado");
});

test("a callback about what became of the money says how it stood, and a room's does not call money paid that is gone", () => {
  const wordsOf = (event: string) =>
    (["paid", "refunding", "refunded", "partly_refunded", "disputed", "charged_back"] as const).map((money) =>
      callbackPaymentState(event, money),
    );
  const words = ["aprobado", "reembolso_pendiente", "reembolsado", "reembolsado_en_parte", "en_disputa", "contracargo"];
  for (const event of ["payment.reversed", "payment.restored", "booking.room_ready", "booking.rescheduled"])
    expect(wordsOf(event)).toEqual(words);
  expect(() => callbackPaymentState("payment.reversed", "pending")).toThrow("says nothing");
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
