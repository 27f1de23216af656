import { type CheckoutStatus, isPaid } from "./checkout-states.ts";
import { isSameMoney, type Money } from "./money.ts";

/** What is known under the locks of checkout and payment when a charge is approved. */
export type ApprovedCharge = {
  /** As the approving fact says, whatever an older fact said. */
  charge: Money;
  /** The provider names another account or environment than the connection's. */
  isForeign?: boolean;
  payment: Money;
  /** `isLate`: its latest moment has passed, by the database's clock. */
  checkout: { status: CheckoutStatus; paidByThisCharge: boolean; isLate: boolean };
};

export type Settlement =
  | { act: "nothing" }
  /** By the living claim, or by a new one. The database says whether the capacity is free. */
  | { act: "take_capacity" }
  | { act: "refund"; reason: "duplicate" | "mismatch" | "cancelled" }
  /** The checkout ends with it. */
  | { act: "give_up"; reason: "late" };

/** The decision table of design §7. The database says whether the capacity is free. */
export function decideSettlement({ charge, isForeign = false, payment, checkout }: ApprovedCharge): Settlement {
  if (checkout.paidByThisCharge) return { act: "nothing" };
  if (isForeign || !isSameMoney(charge, payment)) return { act: "refund", reason: "mismatch" };
  if (isPaid(checkout.status)) return { act: "refund", reason: "duplicate" };
  if (checkout.status === "cancelled") return { act: "refund", reason: "cancelled" };
  if (checkout.isLate) return { act: "give_up", reason: "late" };
  return { act: "take_capacity" };
}
