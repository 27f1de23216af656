/** What happens after what. A product owner can read this; code that adds an effect adds a row. */
export const eventKinds = [
  "booking.created",
  "booking.paid",
  "booking.confirmed",
  "booking.room_ready",
  "booking.expired",
  "booking.failed",
  "booking.cancelled",
  "payment.started",
  "payment.failed",
  "payment.approved",
  "payment.facts_differ",
  "payment.reversed",
  "payment.restored",
  "payment.reversal_answered",
  "refund_case.opened",
  "refund_case.armed",
  "refund_case.manual",
  "refund_case.done",
  "refund_case.withdrawn",
  "inbox_event.unmatched",
  "callback.disabled",
  "follow_up.run_again",
  "tenant.created",
  "tenant.updated",
  "service.created",
  "service.updated",
  "service.archived",
  "professional.created",
  "professional.updated",
  "professional.archived",
  "openings.set",
  "link.created",
  "link.updated",
  "link.archived",
  "connection.created",
  "connection.updated",
  "connection.deactivated",
] as const;
export type EventKind = (typeof eventKinds)[number];

export const followUpJobs = [
  "create-room",
  "close-room",
  "mail-customer-paid",
  "mail-professional-paid",
  "mail-merchant-paid",
  "mail-customer-room",
  "mail-professional-room",
  "mail-customer-cancelled",
  "mail-professional-cancelled",
  "mail-customer-refund",
  "mail-merchant-refund",
  "mail-merchant-reversed",
  "mail-merchant-callback-disabled",
  "notify-merchant",
  "deliver-callback",
  "advance-refund",
] as const;
export type FollowUpJob = (typeof followUpJobs)[number];
export type FollowUpState = "waiting" | "pending" | "done" | "attention" | "skipped";
export type EventSubject = "checkout" | "payment" | "refund_case" | "inbox_event" | "tenant";

/** What happens to a checkout of any kind: the event is `<kind>.<step>`, such as `booking.paid`. */
export const checkoutSteps = ["created", "paid", "confirmed", "expired", "failed", "cancelled"] as const;
export type CheckoutStep = (typeof checkoutSteps)[number];
export type StepEvent = `${string}.${CheckoutStep}`;

/** What a kind of checkout says of one when it starts. */
export type Trait = "online";
type Condition = Trait | "was_paid" | "has_callback";

export type FollowUpRule = {
  job: FollowUpJob;
  /** Starts when that other follow-up of the same event has ended, well or badly; at once if that one is not wanted. */
  after?: FollowUpJob;
  /** Only if all of these hold for the subject. */
  when?: readonly Condition[];
};

export const followUps: Record<EventKind, readonly FollowUpRule[]> = {
  "booking.created": [],
  "booking.paid": [
    { job: "create-room", when: ["online"] },
    { job: "mail-customer-paid", after: "create-room" },
    { job: "mail-professional-paid", after: "create-room" },
    { job: "mail-merchant-paid", after: "create-room" },
    { job: "notify-merchant" },
    { job: "deliver-callback", after: "create-room", when: ["has_callback"] },
  ],
  "booking.confirmed": [],
  // Only if the room came so late that the mails and the callback of booking.paid had gone ahead without its link.
  "booking.room_ready": [
    { job: "mail-customer-room" },
    { job: "mail-professional-room" },
    { job: "deliver-callback", when: ["has_callback"] },
  ],
  "booking.expired": [],
  "booking.failed": [],
  "booking.cancelled": [
    { job: "close-room", when: ["online", "was_paid"] },
    { job: "mail-customer-cancelled", when: ["was_paid"] },
    { job: "mail-professional-cancelled", when: ["was_paid"] },
    { job: "notify-merchant", when: ["was_paid"] },
    { job: "deliver-callback", when: ["was_paid", "has_callback"] },
  ],
  "payment.started": [],
  "payment.failed": [],
  "payment.approved": [],
  // The provider named two amounts for one charge: nothing is undone by itself.
  "payment.facts_differ": [{ job: "notify-merchant" }],
  // Not by our doing. Nothing is cancelled by itself: the merchant is asked (commands/checkouts/answer-reversal.ts).
  "payment.reversed": [{ job: "mail-merchant-reversed" }, { job: "notify-merchant" }, { job: "deliver-callback", when: ["has_callback"] }],
  "payment.restored": [{ job: "notify-merchant" }, { job: "deliver-callback", when: ["has_callback"] }],
  "payment.reversal_answered": [],
  "refund_case.opened": [
    { job: "advance-refund" },
    { job: "mail-customer-refund" },
    { job: "mail-merchant-refund" },
    { job: "notify-merchant" },
    { job: "deliver-callback", when: ["has_callback"] },
  ],
  "refund_case.armed": [],
  "refund_case.manual": [{ job: "notify-merchant" }],
  "refund_case.done": [{ job: "deliver-callback", when: ["has_callback"] }],
  "refund_case.withdrawn": [{ job: "notify-merchant" }],
  "inbox_event.unmatched": [],
  "callback.disabled": [{ job: "mail-merchant-callback-disabled" }, { job: "notify-merchant" }],
  "follow_up.run_again": [],
  "tenant.created": [],
  "tenant.updated": [],
  "service.created": [],
  "service.updated": [],
  "service.archived": [],
  "professional.created": [],
  "professional.updated": [],
  "professional.archived": [],
  "openings.set": [],
  "link.created": [],
  "link.updated": [],
  "link.archived": [],
  "connection.created": [],
  "connection.updated": [],
  "connection.deactivated": [],
};

export type SubjectFacts = { traits: readonly string[]; wasPaid: boolean; hasCallback: boolean };
export type WantedFollowUp = { job: FollowUpJob; waitsFor: FollowUpJob | null; counted: boolean };

/** The follow-ups of one event, with the waits that make sense for it. */
export function followUpsOf(rules: readonly FollowUpRule[], facts: SubjectFacts): WantedFollowUp[] {
  const holds = (condition: Condition): boolean => {
    if (condition === "was_paid") return facts.wasPaid;
    return condition === "has_callback" ? facts.hasCallback : facts.traits.includes(condition);
  };
  const wanted = rules.filter((rule) => (rule.when ?? []).every(holds));
  return wanted.map((rule) => ({
    job: rule.job,
    waitsFor: wanted.some((other) => other.job === rule.after) ? (rule.after ?? null) : null,
    counted: rule.job === "deliver-callback",
  }));
}

/** Seconds until the next try of a follow-up: quick at first, then minutes to hours. Callbacks keep on for 72 hours (design §8). */
const usualWaits = [2, 4, 8, 16, 60, 300, 900, 3600, 7200, 21_600] as const;
const callbackWaits = [2, 4, 8, 16, 60, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 72_000] as const;

/** Null: the tries are used up and a person must look. `spread` is a number in [0, 1) for jitter of ±10 %. */
export function nextTrySeconds(input: {
  job: FollowUpJob;
  attempts: number;
  retryAfterSeconds: number | null;
  spread: number;
}): number | null {
  const waits: readonly number[] = input.job === "deliver-callback" ? callbackWaits : usualWaits;
  const wait = waits[input.attempts - 1];
  if (wait === undefined) return null;
  const jittered = wait * (0.9 + 0.2 * input.spread);
  return Math.max(jittered, Math.min(input.retryAfterSeconds ?? 0, 86_400));
}
