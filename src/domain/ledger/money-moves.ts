import type { EventKind } from "../follow-ups.ts";
import { type ChargeState, hasBeenApproved, isMoneyGone, type PaymentState, paymentStates } from "../payment-states.ts";

/** After money has come, these alone take it away or bring it back. */
export const moneyEvents = [
  "refund_case.done",
  "refund_case.failed",
  "payment.reversed",
  "payment.restored",
  "dispute.opened",
  "dispute.changed",
] as const satisfies readonly EventKind[];

export const chargeStates: readonly ChargeState[] = paymentStates.filter((state) => state !== "created");
export const approvedStates: readonly ChargeState[] = chargeStates.filter(hasBeenApproved);
export const goneStates: readonly ChargeState[] = chargeStates.filter(isMoneyGone);

/**
 * Where `payment.reversed` with this state leaves the money. Banks take disputed money when the
 * dispute opens. `part`: how much of it, only the provider's panel shows. `here`: not gone yet.
 */
export const placeAfterReversal: Readonly<Record<PaymentState, "away" | "part" | "here">> = {
  created: "here",
  pending: "here",
  approved: "here",
  declined: "here",
  error: "here",
  expired: "here",
  cancelled: "here",
  refunding: "here",
  partly_refunded: "part",
  disputed: "away",
  voided: "away",
  refunded: "away",
  charged_back: "away",
};

export function statesThatLeaveMoney(place: "away" | "part"): readonly ChargeState[] {
  return chargeStates.filter((state) => placeAfterReversal[state] === place);
}

/**
 * `refund`: by a refund case. `reversal`: at the bank or in the provider's panel. `restored`: a
 * dispute was won, or a refund failed after all. `part_unknown`: a part went back in the panel, and
 * nobody says how much. `dispute_fee`: what the provider takes for a dispute, on top.
 */
export const ledgerKinds = ["payment", "refund", "reversal", "restored", "part_unknown", "dispute_fee", "dispute_fee_back"] as const;
export type LedgerKind = (typeof ledgerKinds)[number];
