import { type ChargeState, isMoneyHere } from "./payment-states.ts";

/** Minutes that a verified event without a payment waits for its checkout. */
export const unmatchedMinutes = 30;
/** Hours between asks about an event whose signature proves nothing of its charge and of which the provider's API knows nothing. */
export const askAgainHours = 6;

/** Days after which such an event is given up. */
export const askAgainDaysMax = 30;
/** Hours that an event waits for an API that does not answer; then what its signature proves is all there is. */
export const silentHoursMax = 72;

/** Seconds until an event is taken up again that the provider's API did not answer for, so many times in a row. */
export function takeUpAgainSeconds(tries: number): number {
  if (tries < 30) return [10, 20, 30][tries] ?? 60;
  return tries < 60 ? 300 : 3600;
}

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
