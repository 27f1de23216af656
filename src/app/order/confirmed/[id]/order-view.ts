import type { OrderSessionState } from "#contracts/shop/order-session.ts";
import type { Watching } from "#ui/fresh/use-live-state.ts";

/**
 * `asking`: the countdown is over, and nobody knows yet whether money was paid; the goods wait.
 * `askingLate`: the same, but the goods are free. `mismatch`: another amount came; the goods wait.
 * `taken`: paid, but sold out meanwhile. `left`: the customer went back to the cart. `cancelled`:
 * the order was made and is no more.
 */
export type OrderView =
  | "confirming"
  | "late"
  | "asking"
  | "askingLate"
  | "mismatch"
  | "paid"
  | "reversed"
  | "declined"
  | "expired"
  | "failed"
  | "refunded"
  | "taken"
  | "left"
  | "cancelled";

/** Decides what the customer is told. Not knowing is never a "no". */
export function viewOf(state: OrderSessionState, moment: { isLate: boolean; hasTimeLeft: boolean }): OrderView {
  switch (state.checkoutStatus) {
    case "paid":
    case "confirmed":
      return state.paymentStatus === "refunded" || state.paymentStatus === "charged_back" ? "reversed" : "paid";
    case "expired":
    case "failed":
    case "cancelled":
      if (state.order) return "cancelled";
      if (state.refund) return state.refund.reason === "capacity_gone" ? "taken" : "refunded";
      if (state.isAwaitingAnswer) return "askingLate";
      return state.checkoutStatus === "cancelled" ? "left" : state.checkoutStatus;
    case "pending":
      if (!moment.hasTimeLeft && state.totalMinor > 0) return "asking";
      // What was paid does not fit: it goes back, and the goods still wait for a payment that does.
      if (state.refund) return "mismatch";
      if (state.paymentStatus === "failed") return "declined";
      return moment.isLate ? "late" : "confirming";
    default:
      return state.checkoutStatus satisfies never;
  }
}

/** Another payment may be tried, and the cart taken back: nothing is paid, and the goods wait. */
export const isWaiting = (view: OrderView): boolean => ["confirming", "late", "declined", "mismatch"].includes(view);

export function watchingOf(state: OrderSessionState): Watching {
  if (state.checkoutStatus === "pending" || state.isAwaitingAnswer) return "closely";
  if (state.refund && state.refund.state !== "done") return "slowly";
  // Packed, sent, delivered: whoever leaves the page open sees it.
  if (state.order && state.order.orderStatus !== "delivered" && state.order.orderStatus !== "cancelled") return "slowly";
  if (state.checkoutStatus === "expired" || state.checkoutStatus === "failed") return "a_while";
  return "not";
}
