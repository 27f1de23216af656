/** A payment is one attempt under our reference. A charge is one try of it at the provider. */
export const paymentStates = [
  "created",
  "pending",
  "approved",
  "declined",
  "error",
  "expired",
  "cancelled",
  "voided",
  "refunding",
  "refunded",
  "partly_refunded",
  "disputed",
  "charged_back",
] as const;
export type PaymentState = (typeof paymentStates)[number];
export type ChargeState = Exclude<PaymentState, "created">;
/** What became of a charge's money. */
export type ChargeOutcome = "booked" | "refund_case";
export type InboxState = "received" | "settled" | "ignored" | "unmatched" | "refund_case" | "not_ours";

/** What may follow what. A late or repeated fact that is not in this table changes nothing. */
export const paymentMoves: Record<PaymentState, readonly PaymentState[]> = {
  created: ["pending", "approved", "declined", "error", "expired", "cancelled"],
  // Approved and sent back between two looks: the money is gone before it was seen.
  pending: ["approved", "declined", "error", "expired", "cancelled", "voided", "refunded", "charged_back"],
  declined: ["approved"],
  error: ["approved"],
  expired: ["approved"],
  cancelled: ["approved"],
  // A lost dispute may be the first that we hear of it, because webhooks can be lost.
  approved: ["voided", "refunding", "refunded", "partly_refunded", "disputed", "charged_back"],
  refunding: ["refunded", "partly_refunded", "voided", "disputed", "charged_back"],
  partly_refunded: ["refunding", "refunded", "disputed", "charged_back"],
  disputed: ["approved", "charged_back", "refunded"],
  voided: [],
  refunded: [],
  charged_back: [],
};
// A reference stays payable after a failure: a retry on the provider's page, or a late bank.

export function mayPaymentMove(from: PaymentState, to: PaymentState): boolean {
  return paymentMoves[from].includes(to);
}

/** Whether the provider may still approve it. */
export function mayStillBecomeMoney(state: PaymentState): boolean {
  return mayPaymentMove(state, "approved") && !hasBeenApproved(state);
}
export const unsettledStates: readonly PaymentState[] = paymentStates.filter(mayStillBecomeMoney);

/** A page of the provider is, or may be, open. */
export const openStates: readonly PaymentState[] = ["created", "pending"];

/** Money came in, whatever happened to it afterwards. */
export function hasBeenApproved(state: PaymentState): boolean {
  return ["approved", "voided", "refunding", "refunded", "partly_refunded", "disputed", "charged_back"].includes(state);
}

/** The merchant has the money, so a paid checkout or a refund case must cover it. */
export function isMoneyHere(state: PaymentState): boolean {
  return moneyHereStates.some((known) => known === state);
}
export const moneyHereStates: readonly ChargeState[] = ["approved", "refunding", "partly_refunded", "disputed"];

/** Money came in and is with the customer again. */
export function isMoneyGone(state: PaymentState): boolean {
  return hasBeenApproved(state) && !isMoneyHere(state);
}

export function hasFailed(state: PaymentState): boolean {
  return ["declined", "error", "expired", "cancelled"].includes(state);
}
