import { type CheckoutStatus, isPaid } from "./checkout-states.ts";
import { isSameMoney, type Money } from "./money.ts";

/** What is known under the locks of checkout and payment when a charge is approved. */
export type ApprovedCharge = {
  charge: Money;
  payment: Money;
  checkout: { status: CheckoutStatus; paidByThisCharge: boolean };
};

export type Settlement =
  | { act: "nothing" }
  /** By the living claim, or by a new one. The database says whether the capacity is free. */
  | { act: "take_capacity" }
  | { act: "refund"; reason: "duplicate" | "mismatch" | "cancelled" };

/** The decision table of design §7. The database says whether the capacity is free. */
export function decideSettlement({ charge, payment, checkout }: ApprovedCharge): Settlement {
  if (checkout.paidByThisCharge) return { act: "nothing" };
  if (!isSameMoney(charge, payment)) return { act: "refund", reason: "mismatch" };
  if (isPaid(checkout.status)) return { act: "refund", reason: "duplicate" };
  if (checkout.status === "cancelled") return { act: "refund", reason: "cancelled" };
  return { act: "take_capacity" };
}
