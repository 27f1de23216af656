import type { BookingState } from "#contracts/checkout.ts";

export type ConfirmView = "confirming" | "late" | "confirmed" | "reversed" | "declined" | "expired" | "failed" | "refunded" | "cancelled";

/** Decides what the customer is told, from the booking's state and the time left alone. */
export function viewOf(state: BookingState, moment: { isLate: boolean; hasTimeLeft: boolean }): ConfirmView {
  switch (state.status) {
    case "paid":
    case "confirmed":
      // The appointment stands, and its money does not: the merchant decides what becomes of it.
      return isMoneyBack(state) ? "reversed" : "confirmed";
    case "expired":
    case "failed":
    case "cancelled":
      return state.refund ? "refunded" : state.status;
    case "pending":
      // A payment that did not fit (another amount) is refunded. The hold lives on.
      if (state.refund) return "refunded";
      if (state.paymentStatus === "failed") return moment.hasTimeLeft ? "declined" : "failed";
      return moment.isLate ? "late" : "confirming";
    default:
      return state.status satisfies never;
  }
}

function isMoneyBack({ paymentStatus }: BookingState): boolean {
  return paymentStatus === "refunded" || paymentStatus === "charged_back";
}

/** Returns true when nothing that this page shows can change any more. */
export function isFinal(state: BookingState): boolean {
  switch (state.status) {
    case "pending":
    case "expired":
    case "failed":
      return false;
    case "paid":
      return !state.service.online || state.meetingUrl !== null;
    case "confirmed":
    case "cancelled":
      return true;
    default:
      return state.status satisfies never;
  }
}

/** The booking is over, unless a payment made at the last moment still arrives. */
export function hasLapsed(state: BookingState): boolean {
  return state.status === "expired" || state.status === "failed";
}
