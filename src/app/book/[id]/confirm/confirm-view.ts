import type { BookingState } from "#contracts/checkout.ts";
import type { Watching } from "#ui/fresh/use-live-state.ts";

/**
 * `asking`: the countdown is over, and nobody knows yet whether money was paid; the slot waits.
 * `askingLate`: the same, but the slot is free. `mismatch`: another amount came; the hold lives.
 * `asked`: the merchant made the booking and asks for its money; nobody is paying. `gone`: unpaid,
 * and somebody else has the slot. `taken`: the same, and the customer had paid.
 */
export type ConfirmView =
  | "asked"
  | "confirming"
  | "late"
  | "asking"
  | "askingLate"
  | "mismatch"
  | "confirmed"
  | "reversed"
  | "declined"
  | "expired"
  | "failed"
  | "refunded"
  | "taken"
  | "gone"
  | "cancelled";

/** Decides what the customer is told. Not knowing is never a "no". */
export function viewOf(state: BookingState, moment: { isLate: boolean; hasTimeLeft: boolean }): ConfirmView {
  switch (state.status) {
    case "paid":
    case "confirmed":
      // The appointment stands, and its money does not: the merchant decides what becomes of it.
      return isMoneyBack(state) ? "reversed" : "confirmed";
    case "expired":
    case "failed":
    case "cancelled":
      if (state.refund) return state.refund.reason === "capacity_gone" ? "taken" : "refunded";
      return state.isAwaitingAnswer ? "askingLate" : state.status;
    case "pending":
      if (state.isSlotGone) return "gone";
      // Whoever never went to a payment page has paid nothing.
      if (!moment.hasTimeLeft && state.mustAcceptTerms) return "expired";
      if (!moment.hasTimeLeft && state.amountMinor > 0) return "asking";
      // What was paid does not fit: it goes back, and the hold still lives for a payment that does.
      if (state.refund) return "mismatch";
      if (state.paymentStatus === "failed") return "declined";
      if (state.isAsked) return "asked";
      return moment.isLate ? "late" : "confirming";
    default:
      return state.status satisfies never;
  }
}

function isMoneyBack({ paymentStatus }: BookingState): boolean {
  return paymentStatus === "refunded" || paymentStatus === "charged_back";
}

export function watchingOf(state: BookingState): Watching {
  if (state.status === "pending" || state.isAwaitingAnswer) return "closely";
  if (state.rest?.state === "paying") return "closely";
  if (state.status === "paid" && state.service.online && state.meetingUrl === null) return "closely";
  if (state.refund && state.refund.state !== "done") return "slowly";
  if (state.status === "expired" || state.status === "failed") return "a_while";
  return "not";
}
