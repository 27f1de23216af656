export const followUpJobs = [
  "create-room",
  "close-room",
  "mail-customer-paid",
  "mail-professional-paid",
  "mail-merchant-paid",
  "mail-customer-room",
  "mail-professional-room",
  "mail-customer-moved",
  "mail-customer-reminder",
  "mail-professional-moved",
  "mail-professional-handed-over",
  "mail-customer-cancelled",
  "mail-professional-cancelled",
  "mail-customer-unpaid",
  "mail-customer-payment-link",
  "mail-customer-rest",
  "tell-rest-paid",
  "mail-customer-order",
  "mail-merchant-order",
  "mail-customer-order-sent",
  "mail-customer-order-cancelled",
  "mail-customer-refund",
  "mail-customer-refund-done",
  "mail-customer-refund-failed",
  "mail-merchant-refund",
  "mail-merchant-reversed",
  "mail-merchant-refund-manual",
  "mail-merchant-callback-disabled",
  "mail-member-invited",
  // Not in the rules below: notify-merchant plans one for each member who has chosen it.
  "mail-member-notice",
  "mail-member-summary",
  "mail-professional-invitation",
  "notify-merchant",
  "deliver-callback",
  "advance-refund",
  "watch-outside-refund",
] as const;
export type FollowUpJob = (typeof followUpJobs)[number];
export type FollowUpState = "waiting" | "pending" | "done" | "attention" | "skipped";
export type EventSubject = "checkout" | "payment" | "refund_case" | "inbox_event" | "tenant";

/** Steps of any kind of checkout. The event is `<kind>.<step>`, such as `booking.paid`. */
export const checkoutSteps = ["created", "paid", "confirmed", "expired", "failed", "cancelled"] as const;
export type CheckoutStep = (typeof checkoutSteps)[number];
export type StepEvent = `${string}.${CheckoutStep}`;

/** A fact that a kind states about a checkout when it starts. */
export type Trait = "online";
type Condition = Trait | "was_paid" | "has_callback" | "may_have_left" | "tells_customer" | "handed_over" | "was_told_done" | OutsideRefund;
/** How far a refund is that somebody made in the provider's own panel. */
type OutsideRefund = `outside_refund_${"asked" | "done" | "failed"}`;

export type FollowUpRule = {
  job: FollowUpJob;
  /** Waits until that follow-up has ended, well or badly. Starts at once if it is not wanted. */
  after?: FollowUpJob;
  /** Wanted only if all of these hold for the subject. */
  when?: readonly Condition[];
  /** Meant for people who have not paid. Everything else needs money. */
  isBeforeMoney?: true;
};

/** What happens after what. Product owners can read this. A new effect is a row here. */
const rules = {
  "booking.created": [],
  // Another tool sold it and told everybody. It is paid and confirmed from the start.
  "booking.imported": [],
  "booking.contact_changed": [],
  // Somebody of the merchant opened the answers to personal questions.
  "booking.answers_read": [],
  // By a person at the reception. A note's text is nowhere but in its table.
  "booking.attendance_set": [],
  "booking.note_added": [],
  "booking.mail_resent": [{ job: "mail-customer-paid" }],
  // A booking that was made by hand asks for its money. Its customer is mailed only by a wish.
  "booking.payment_link_mailed": [{ job: "mail-customer-payment-link", isBeforeMoney: true }],
  "booking.payment_link_prolonged": [],
  "booking.paid": [
    { job: "create-room", when: ["online"] },
    { job: "mail-customer-paid", after: "create-room" },
    { job: "mail-professional-paid", after: "create-room" },
    { job: "mail-merchant-paid", after: "create-room" },
    { job: "notify-merchant" },
    { job: "deliver-callback", after: "create-room", when: ["has_callback"] },
  ],
  "booking.confirmed": [],
  // What is left after a deposit: asked for by a link, and paid by it or at the desk.
  "booking.rest_link_mailed": [{ job: "mail-customer-rest" }],
  "booking.rest_paid": [{ job: "mail-customer-rest" }, { job: "notify-merchant" }, { job: "deliver-callback", when: ["has_callback"] }],
  // Of the rest's own checkout. The booking's timeline and its callbacks tell of it.
  "rest.created": [],
  "rest.paid": [{ job: "tell-rest-paid" }],
  "rest.confirmed": [],
  "rest.expired": [],
  "rest.failed": [],
  "rest.cancelled": [],
  // Logged only if the room came after the mails and the callback of booking.paid had gone out.
  "booking.room_ready": [
    { job: "mail-customer-room" },
    { job: "mail-professional-room" },
    { job: "deliver-callback", when: ["has_callback"] },
  ],
  // The merchant gave it another time or another professional. The room's times move with it.
  "booking.rescheduled": [
    { job: "create-room", when: ["online"] },
    { job: "mail-customer-moved", after: "create-room", when: ["tells_customer"] },
    { job: "mail-professional-moved", after: "create-room" },
    { job: "mail-professional-handed-over", when: ["handed_over"] },
    { job: "notify-merchant" },
    { job: "deliver-callback", after: "create-room", when: ["has_callback"] },
  ],
  // A customer's own move must not make more come back later.
  "booking.terms_kept": [],
  // Logged when the moment of a reminder comes, while the booking stands.
  "booking.reminder_due": [{ job: "mail-customer-reminder" }],
  "booking.expired": [],
  // The customer tried to pay. Whoever never tried ends as `expired`, in silence.
  "booking.failed": [{ job: "mail-customer-unpaid", when: ["may_have_left"], isBeforeMoney: true }],
  "booking.cancelled": [
    { job: "close-room", when: ["online", "was_paid"] },
    { job: "mail-customer-cancelled", when: ["was_paid"] },
    { job: "mail-professional-cancelled", when: ["was_paid"] },
    { job: "notify-merchant", when: ["was_paid"] },
    { job: "deliver-callback", when: ["was_paid", "has_callback"] },
  ],
  // An order session begins. Only once it is paid, it is an order.
  "order.created": [],
  "order.paid": [
    { job: "mail-customer-order" },
    { job: "mail-merchant-order" },
    { job: "notify-merchant" },
    { job: "deliver-callback", when: ["has_callback"] },
  ],
  "order.confirmed": [],
  "order.expired": [],
  "order.failed": [],
  "order.cancelled": [
    { job: "mail-customer-order-cancelled", when: ["was_paid"] },
    { job: "notify-merchant", when: ["was_paid"] },
    { job: "deliver-callback", when: ["was_paid", "has_callback"] },
  ],
  // By the merchant's people.
  "order.packed": [],
  "order.sent": [{ job: "mail-customer-order-sent" }],
  "order.delivered": [],
  "order.step_undone": [],
  "order.tracking_changed": [],
  "order.refunded_lines": [],
  "order.note_added": [],
  "order.stock_back": [],
  // Of the shop's catalogue. A change of a variant is its product's.
  "product.created": [],
  "product.updated": [],
  "product.archived": [],
  "product.restored": [],
  "products.ordered": [],
  "products.imported": [],
  "stock.changed": [],
  // A sale has brought it to its mark.
  "stock.low": [{ job: "notify-merchant" }],
  "discount.created": [],
  "discount.updated": [],
  "discount.archived": [],
  "discount.restored": [],
  "shipping_option.created": [],
  "shipping_option.updated": [],
  "shipping_option.archived": [],
  "shipping_option.restored": [],
  "shipping_options.ordered": [],
  "shop.updated": [],
  // What nobody paid for was deleted, because a person or a program asked for it.
  "order_sessions.cleaned": [],
  "payment.started": [],
  "payment.failed": [],
  "payment.approved": [],
  payment_provider_error: [],
  // An outside calendar did not let us in. The metrics count them.
  oauth_failure: [],
  "payment.seen": [],
  // A person asked the provider: about one payment, or about all of a time.
  "payment.asked": [],
  "payments.asked": [],
  // The provider named two amounts for one charge. A person must look.
  "payment.facts_differ": [{ job: "notify-merchant" }],
  // The money went back outside. The merchant is asked, and nothing is cancelled automatically.
  // The customer hears of a refund in the panel what they hear of one of ours.
  "payment.reversed": [
    { job: "watch-outside-refund", when: ["outside_refund_asked"] },
    { job: "mail-customer-refund", when: ["outside_refund_asked"] },
    { job: "mail-customer-refund-done", when: ["outside_refund_done"] },
    { job: "mail-merchant-reversed" },
    { job: "notify-merchant" },
    { job: "deliver-callback", when: ["has_callback"] },
  ],
  // A refund in the panel that was under way has ended well.
  "payment.refund_done": [{ job: "mail-customer-refund-done" }],
  "payment.restored": [
    { job: "mail-customer-refund-failed", when: ["outside_refund_failed"] },
    { job: "notify-merchant" },
    { job: "deliver-callback", when: ["has_callback"] },
  ],
  "payment.reversal_answered": [],
  // A bank asks about a payment, or takes it back. What waits for evidence rings until it is due.
  "dispute.opened": [{ job: "notify-merchant" }],
  "dispute.changed": [{ job: "notify-merchant" }],
  "dispute.evidence_made": [],
  "refund_case.opened": [
    { job: "advance-refund" },
    { job: "mail-customer-refund" },
    { job: "mail-merchant-refund" },
    { job: "notify-merchant" },
    { job: "deliver-callback", when: ["has_callback"] },
  ],
  "refund_case.armed": [],
  "refund_case.manual": [{ job: "mail-merchant-refund-manual" }, { job: "notify-merchant" }],
  "refund_case.done": [{ job: "mail-customer-refund-done" }, { job: "deliver-callback", when: ["has_callback"] }],
  // It failed at the provider, perhaps days after it was done: a person sends it another way.
  "refund_case.failed": [
    { job: "mail-customer-refund-failed", when: ["was_told_done"] },
    { job: "mail-merchant-refund-manual" },
    { job: "notify-merchant" },
    { job: "deliver-callback", when: ["has_callback"] },
  ],
  // The merchant's account at the provider has too little. It is tried again by itself.
  "refund_case.short_of_balance": [{ job: "notify-merchant" }],
  // A person sent it in the provider's panel, and its end is awaited.
  "refund_case.seen": [{ job: "advance-refund" }],
  "refund_case.proof_added": [],
  "refund_case.withdrawn": [{ job: "notify-merchant" }],
  "inbox_event.unmatched": [],
  // The provider's API denies what the event's signature proves: the API has the last word.
  "inbox_event.contradicted": [],
  "callback.disabled": [{ job: "mail-merchant-callback-disabled" }, { job: "notify-merchant" }],
  "callback.secret_rotated": [],
  "callback.tested": [],
  "follow_up.run_again": [],
  // Something begins to wait for a person (domain/desk/notices.ts).
  "attention.arose": [{ job: "notify-merchant" }],
  "tenant.created": [],
  "tenant.updated": [],
  "location.created": [],
  "location.updated": [],
  "location.archived": [],
  "location.restored": [],
  "image.added": [],
  "service.created": [],
  "service.updated": [],
  "service.archived": [],
  "service.restored": [],
  "services.ordered": [],
  "professional.created": [],
  "professional.updated": [],
  "professional.archived": [],
  "professional.restored": [],
  "professionals.ordered": [],
  "openings.set": [],
  "opening_exception.added": [],
  "opening_exception.removed": [],
  "calendar_invitation.made": [],
  "calendar_invitation.mailed": [{ job: "mail-professional-invitation" }],
  "calendar_invitation.revoked": [],
  // By the professional, behind the link.
  "professional.confirmed": [],
  "link.created": [],
  "link.updated": [],
  "link.archived": [],
  "link.restored": [],
  "link.imported": [],
  "link.signed": [],
  "customer.updated": [],
  "customer.note_added": [],
  "customer.blocked": [],
  "customer.unblocked": [],
  // They are offered no deposit.
  "customer.full_payment_set": [],
  "customer.full_payment_lifted": [],
  "customer.merged": [],
  "customer.merge_undone": [],
  // Somebody of the merchant took one person's data, or those of all.
  "customer.exported": [],
  "customer.erased": [],
  "customers.exported": [],
  "customers.imported": [],
  "connection.created": [],
  "connection.updated": [],
  "connection.deactivated": [],
  "connection.activated": [],
  "connections.ordered": [],
  "api_key.created": [],
  "api_key.revoked": [],
  "member.added": [],
  "member.changed": [],
  "member.removed": [],
  "member.invited": [{ job: "mail-member-invited" }],
  "member.invitation_withdrawn": [],
  "member.signed_in": [],
  // Which mails about the merchant's business go to that member.
  "member.mails_chosen": [],
  "member.summary_due": [{ job: "mail-member-summary" }],
} satisfies Record<string, readonly FollowUpRule[]>;
export type EventKind = keyof typeof rules;
export const followUps: Record<EventKind, readonly FollowUpRule[]> = rules;

export function isEventKind(kind: string): kind is EventKind {
  return Object.hasOwn(rules, kind);
}
export const eventKinds: readonly EventKind[] = Object.keys(rules).filter(isEventKind);

export type SubjectFacts = {
  traits: readonly string[];
  wasPaid: boolean;
  hasCallback: boolean;
  /** The customer may be away from the page that tells them. */
  mayHaveLeft?: boolean;
  /** Whoever moves a booking decides whether its customer gets a mail. */
  tellsCustomer?: boolean;
  /** It went to another professional. */
  isHandedOver?: boolean;
  /** The customer has been told that their money came back. */
  wasToldDone?: boolean;
  /** Somebody made it in the provider's own panel. */
  outsideRefund?: "asked" | "done" | "failed" | undefined;
};
export type WantedFollowUp = { job: FollowUpJob; waitsFor: FollowUpJob | null; counted: boolean };

/** What holds for the subject. Events keep it, so that the doctor knows what they wanted. */
export function conditionsOf(given: SubjectFacts): string[] {
  const { traits, wasPaid, hasCallback, mayHaveLeft = false, tellsCustomer = false, isHandedOver = false, wasToldDone = false } = given;
  const { outsideRefund } = given;
  const facts: Record<Exclude<Condition, Trait>, boolean> = {
    was_paid: wasPaid,
    has_callback: hasCallback,
    may_have_left: mayHaveLeft,
    tells_customer: tellsCustomer,
    handed_over: isHandedOver,
    was_told_done: wasToldDone,
    outside_refund_asked: outsideRefund === "asked",
    outside_refund_done: outsideRefund === "done",
    outside_refund_failed: outsideRefund === "failed",
  };
  return [...traits, ...Object.entries(facts).flatMap(([condition, holds]) => (holds ? [condition] : []))];
}

/** The follow-ups of one event. A wait for an unwanted follow-up is dropped. */
export function followUpsOf(rules: readonly FollowUpRule[], facts: SubjectFacts): WantedFollowUp[] {
  const conditions = conditionsOf(facts);
  const wanted = rules.filter((rule) => (rule.when ?? []).every((condition) => conditions.includes(condition)));
  return wanted.map((rule) => ({
    job: rule.job,
    waitsFor: wanted.some((other) => other.job === rule.after) ? (rule.after ?? null) : null,
    counted: rule.job === "deliver-callback",
  }));
}

/** Seconds until the next try. Callbacks go on for 72 hours. */
const usualWaits = [2, 4, 8, 16, 60, 300, 900, 3600, 7200, 21_600] as const;
const callbackWaits = [2, 4, 8, 16, 60, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 72_000] as const;

/** Returns null after the last try. `spread` is in [0, 1), for a jitter of ±10 %. */
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
