import { type ChargeState, isMoneyHere } from "./payment-states.ts";

/** Minutes that a verified event without a payment waits for its checkout. */
export const unmatchedMinutes = 30;
/** Hours between asks about an event whose signature proves nothing of its charge and of which the provider's API knows nothing. */
export const askAgainHours = 6;

export type UnmatchedEnd =
  /** The money goes back on the provider's API's word. */
  | "refund"
  /** Signed as approved, and the API does not say so (yet): a refund case from what the signature proves. */
  | "refund_signed"
  | "ignore"
  | "ask_again";

/** What becomes of an event that waited in vain. `signed`: null if not even the status is; `known`: what the API says of this charge, null for nothing. */
export function decideUnmatched(input: { signed: ChargeState | null; known: ChargeState | null }): UnmatchedEnd {
  const { signed, known } = input;
  if (known !== null && isMoneyHere(known)) return "refund";
  // The API has the last word: a failure, or money that went back already.
  if (known !== null && known !== "pending") return "ignore";
  if (signed === "approved") return "refund_signed";
  // A later event tells when a pending charge becomes something.
  return known === "pending" || signed !== null ? "ignore" : "ask_again";
}
