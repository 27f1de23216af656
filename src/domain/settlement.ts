import { type CheckoutStatus, isPaid } from "./checkout-states.ts";
import { isSameMoney, type Money } from "./money.ts";

/** What is known, under the locks of checkout and payment, when a charge is found approved. */
export type ApprovedCharge = {
  charge: Money;
  payment: Money;
  /** `isLate`: its latest moment has passed, by the database's clock. */
  checkout: { status: CheckoutStatus; paidByThisCharge: boolean; isLate: boolean };
};

export type Settlement =
  | { act: "nothing" }
  /** The living claim, or a new one if it lapsed; the database says whether the capacity is still there. */
  | { act: "take_capacity" }
  | { act: "refund"; reason: "duplicate" | "mismatch" | "cancelled" }
  /** The checkout ends with it. */
  | { act: "give_up"; reason: "late" };

/** The decision table of design §7, in its order. Whether the capacity is still there is the database's answer, not this function's. */
export function decideSettlement({ charge, payment, checkout }: ApprovedCharge): Settlement {
  if (checkout.paidByThisCharge) return { act: "nothing" };
  if (!isSameMoney(charge, payment)) return { act: "refund", reason: "mismatch" };
  if (isPaid(checkout.status)) return { act: "refund", reason: "duplicate" };
  if (checkout.status === "cancelled") return { act: "refund", reason: "cancelled" };
  if (checkout.isLate) return { act: "give_up", reason: "late" };
  return { act: "take_capacity" };
}
