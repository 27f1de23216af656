import type { BookingStatus } from "#contracts/checkout.ts";
import { isBookingPaid } from "./checkout-states.ts";
import { isSameMoney, type Money } from "./money.ts";

/** What is known, under the locks of booking and payment, when a charge is found approved. */
export type ApprovedCharge = {
  charge: Money;
  payment: Money;
  booking: { status: BookingStatus; paidByThisCharge: boolean };
};

export type Settlement =
  | { act: "nothing" }
  /** Take the slot: the living claim, or a new one if it lapsed; the database says whether it is still there. */
  | { act: "take_slot" }
  | { act: "refund"; reason: "duplicate" | "mismatch" | "cancelled" };

/** The decision table of design §7, in its order. Whether the slot is still there is the database's answer, not this function's. */
export function decideSettlement(input: ApprovedCharge): Settlement {
  const { booking } = input;
  if (booking.paidByThisCharge) return { act: "nothing" };
  if (!isSameMoney(input.charge, input.payment)) return { act: "refund", reason: "mismatch" };
  if (isBookingPaid(booking.status)) return { act: "refund", reason: "duplicate" };
  switch (booking.status) {
    case "pending":
    case "expired":
    case "failed":
      return { act: "take_slot" };
    case "cancelled":
      return { act: "refund", reason: "cancelled" };
    default:
      return { act: "refund", reason: "duplicate" };
  }
}
