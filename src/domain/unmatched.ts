import { type ChargeState, hasFailed, isMoneyHere, paymentMoves } from "./payment-states.ts";

/** Minutes that a verified event waits for its payment. */
export const unmatchedMinutes = 30;
/** Hours between polls if the signature proves nothing and the API does not know the charge. */
export const askAgainHours = 6;

/** Days after which such an event is given up. */
export const askAgainDaysMax = 30;
/** Hours until an event without an answer from the API ends by what its signature proves. */
export const silentHoursMax = 72;

/** Seconds until the next try of an event, after so many without an answer. */
export function takeUpAgainSeconds(tries: number): number {
  if (tries < 30) return [10, 20, 30][tries] ?? 60;
  return tries < 60 ? 300 : 3600;
}

/**
 * Whether the API still shows what was before the signed word: a pending charge whose end is
 * signed, a declined one whose approval is, or an approved one whose money has gone back for good.
 */
export function isBehind({ shown, signed }: { shown: ChargeState; signed: ChargeState | null }): boolean {
  if (signed === null || signed === shown) return false;
  if (shown === "pending" || (hasFailed(shown) && signed === "approved")) return true;
  return shown === "approved" && paymentMoves.approved.includes(signed) && paymentMoves[signed].length === 0;
}

export type UnmatchedEnd =
  /** The API shows the money: refund it. */
  | "refund"
  /** Signed as approved, but not shown by the API: refund what the signature proves. */
  | "refund_signed"
  | "ignore"
  | "ask_again";

/** What becomes of an event that waited in vain, by its signed state and the API's, if any. */
export function decideUnmatched(input: { signed: ChargeState | null; known: ChargeState | null }): UnmatchedEnd {
  const { signed, known } = input;
  if (known !== null && isMoneyHere(known)) return "refund";
  // The API has the last word: a failure, or money that was refunded already.
  if (known !== null && known !== "pending") return "ignore";
  if (signed === "approved") return "refund_signed";
  // If a pending charge changes, a later event will say so.
  return known === "pending" || signed !== null ? "ignore" : "ask_again";
}
