import type { CheckoutStatus } from "./checkout-states.ts";
import type { ClaimState } from "./claim-states.ts";
import type { FollowUpState } from "./follow-ups.ts";
import type { InboxState, PaymentState } from "./payment-states.ts";
import { type RefundState, refundByProviderDays, shortOfBalanceDays } from "./refund-policy.ts";

export type WayOut<State> =
  /** Nothing is waited for. */
  | "over"
  /** A person ends it; `konfirmado_waiting` counts those that wait under this name. */
  | { person: string }
  /**
   * Time moves it on: these jobs do, at the latest so many minutes after the time in this column.
   * The doctor names what is left.
   */
  | { by: string; since: string; minutesMax: number; to: readonly State[] };

const day = 1440;
/** A job is late, or a process was away: no reason to call it stuck. */
const slack = 60;

const waiting = { by: "the follow-up that it waits for", since: "created_at", minutesMax: day, to: ["pending"] } as const;
/** Of a shop's stock, and of a code's uses: taken by an order session, or for good. */
const shopClaim: Record<ClaimState, WayOut<ClaimState>> = {
  held: "over",
  paying: { by: "expire-checkout, sweep", since: "expires_at", minutesMax: 4 * day, to: ["expired"] },
  booked: "over",
  past: "over",
  released: "over",
  expired: "over",
};
const attention = { person: "follow-up attention" } as const;

/**
 * For each state of each table: how it ends by time, so that nothing waits for ever. `callback` are
 * the follow-ups that deliver one.
 */
export const waysOut: {
  checkout: Record<CheckoutStatus, WayOut<CheckoutStatus>>;
  payment: Record<PaymentState, WayOut<PaymentState>>;
  slot_claim: Record<ClaimState, WayOut<ClaimState>>;
  stock_claim: Record<ClaimState, WayOut<ClaimState>>;
  discount_claim: Record<ClaimState, WayOut<ClaimState>>;
  refund_case: Record<RefundState, WayOut<RefundState>>;
  inbox_event: Record<InboxState, WayOut<InboxState>>;
  follow_up: Record<FollowUpState, WayOut<FollowUpState>>;
  callback: Record<FollowUpState, WayOut<FollowUpState>>;
} = {
  checkout: {
    // An approval that is stored keeps it until the provider's API answers.
    pending: { by: "expire-checkout, sweep", since: "ends_at", minutesMax: 4 * day, to: ["failed", "expired"] },
    // As long as its callback is retried, and a day for a person.
    paid: { by: "its follow-ups, sweep", since: "updated_at", minutesMax: 4 * day, to: ["confirmed"] },
    confirmed: "over",
    failed: "over",
    expired: "over",
    cancelled: "over",
  },
  payment: {
    // The provider is asked for a month more if it never answered.
    created: { by: "poll-payment, sweep", since: "payable_until", minutesMax: 32 * day, to: ["expired"] },
    pending: { by: "poll-payment, sweep", since: "payable_until", minutesMax: 32 * day, to: ["expired"] },
    approved: "over",
    declined: "over",
    error: "over",
    expired: "over",
    cancelled: "over",
    voided: "over",
    // What we send back ourselves is watched by its refund case.
    refunding: "over",
    refunded: "over",
    partly_refunded: "over",
    disputed: "over",
    charged_back: "over",
  },
  slot_claim: {
    held: { by: "sweep", since: "expires_at", minutesMax: day, to: ["expired"] },
    paying: { by: "expire-checkout, sweep", since: "expires_at", minutesMax: 4 * day, to: ["expired"] },
    booked: { by: "sweep", since: "ends_at", minutesMax: 2 * day, to: ["past"] },
    past: "over",
    released: "over",
    expired: "over",
  },
  stock_claim: shopClaim,
  discount_claim: shopClaim,
  refund_case: {
    open: { by: "advance-refund, sweep", since: "updated_at", minutesMax: refundByProviderDays * day + slack, to: ["armed", "manual"] },
    armed: {
      by: "advance-refund, sweep",
      since: "updated_at",
      minutesMax: refundByProviderDays * day + slack,
      to: ["observing", "manual"],
    },
    observing: { by: "advance-refund, sweep", since: "updated_at", minutesMax: refundByProviderDays * day + slack, to: ["done", "manual"] },
    short_of_balance: {
      by: "advance-refund, sweep",
      since: "short_since",
      minutesMax: shortOfBalanceDays * day + slack,
      to: ["armed", "observing", "manual", "done"],
    },
    manual: { person: "refund case manual" },
    done: "over",
  },
  inbox_event: {
    received: {
      by: "settle-inbox-event",
      since: "received_at",
      minutesMax: 4 * day,
      to: ["settled", "ignored", "unmatched", "refund_case", "not_ours"],
    },
    unmatched: {
      by: "settle-inbox-event",
      since: "received_at",
      minutesMax: 31 * day,
      to: ["settled", "ignored", "refund_case", "not_ours"],
    },
    settled: "over",
    ignored: "over",
    refund_case: "over",
    not_ours: "over",
  },
  follow_up: {
    waiting,
    // A refund case asks for an unknown charge for 30 days.
    pending: { by: "its job", since: "created_at", minutesMax: 32 * day, to: ["done", "skipped", "attention"] },
    attention,
    done: "over",
    skipped: "over",
  },
  callback: {
    waiting,
    pending: { by: "deliver-callback", since: "run_at", minutesMax: day, to: ["done", "skipped", "attention"] },
    attention,
    done: "over",
    skipped: "over",
  },
};
