import type { PaymentCapabilities } from "./payment-provider.ts";
import type { ChargeState } from "./payment-states.ts";

export const refundReasons = ["capacity_gone", "duplicate", "mismatch", "cancelled", "unmatched"] as const;
export type RefundReason = (typeof refundReasons)[number];
export type RefundState = "open" | "armed" | "observing" | "manual" | "done";

/** `armed` is written before the call to the provider; `manual` waits for a person with steps, proof and deadline. */
export const refundMoves: Record<RefundState, readonly RefundState[]> = {
  open: ["armed", "manual", "done"],
  armed: ["observing", "manual", "done"],
  observing: ["manual", "done"],
  manual: ["done"],
  done: [],
};

/** Days until somebody must have sent the money back. */
export const refundDueDays = 3;

export type RefundMethod = "void" | "refund" | "manual";

/** The ways to try, in order. A void is free and immediate but only for cards of the same day: the provider says no otherwise. */
export function refundMethods(capabilities: PaymentCapabilities): RefundMethod[] {
  const ways: RefundMethod[] = [];
  if (capabilities.refunds.voidByApi) ways.push("void");
  if (capabilities.refunds.refundByApi) ways.push("refund");
  return [...ways, "manual"];
}

/** The next way after one was refused. */
export function nextRefundMethod(capabilities: PaymentCapabilities, refused: RefundMethod | null): RefundMethod {
  const ways = refundMethods(capabilities);
  const next = refused === null ? ways[0] : ways[ways.indexOf(refused) + 1];
  return next ?? "manual";
}

export type RefundStep = "send" | "wait" | "by_hand" | "finish" | "withdraw";

/** What a refund case does when the provider says this of its charge. */
export const refundSteps: Record<ChargeState, RefundStep> = {
  approved: "send",
  // On its way back already, or in the hands of the banks: sending it too would give it back twice.
  refunding: "wait",
  disputed: "wait",
  // Only the provider's panel tells what is left.
  partly_refunded: "by_hand",
  voided: "finish",
  refunded: "finish",
  charged_back: "finish",
  pending: "wait",
  // There never was money.
  declined: "withdraw",
  error: "withdraw",
  expired: "withdraw",
  cancelled: "withdraw",
};

/** Minutes until the next look at a charge that is to be waited for. */
export const waitMinutes = 15;
/** A charge that the provider's API does not know is asked for this often and this long; a person may end the case at any time. */
export const unknownChargeAskHours = 6;
export const unknownChargeAskDays = 30;
