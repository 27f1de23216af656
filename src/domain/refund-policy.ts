import type { PaymentCapabilities } from "./payment-provider.ts";

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
