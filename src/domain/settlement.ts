import { type CheckoutStatus, isPaid } from "./checkout-states.ts";
import { isSameMoney, type Money } from "./money.ts";

/** What is known, under the locks of checkout and payment, when a charge is found approved. */
export type ApprovedCharge = {
  /** What the approving fact says, and not what was said of the charge before. */
  charge: Money;
  /** The provider says that it belongs to another account or environment than the connection's. */
  isForeign?: boolean;
  payment: Money;
  checkout: { status: CheckoutStatus; paidByThisCharge: boolean };
};

export type Settlement =
  | { act: "nothing" }
  /** The living claim, or a new one if it lapsed; the database says whether the capacity is still there. */
  | { act: "take_capacity" }
  | { act: "refund"; reason: "duplicate" | "mismatch" | "cancelled" };

/** The decision table of design §7, in its order. Whether the capacity is still there is the database's answer, not this function's. */
export function decideSettlement({ charge, isForeign = false, payment, checkout }: ApprovedCharge): Settlement {
  if (checkout.paidByThisCharge) return { act: "nothing" };
  if (isForeign || !isSameMoney(charge, payment)) return { act: "refund", reason: "mismatch" };
  if (isPaid(checkout.status)) return { act: "refund", reason: "duplicate" };
  if (checkout.status === "cancelled") return { act: "refund", reason: "cancelled" };
  return { act: "take_capacity" };
}
