/**
 * After the end that the customer sees, the provider is asked what became of the payment: its page has
 * closed, and what was paid in its last second is known. Only an answer to a question from then on lets
 * capacity go. In SQL: db/functions/is_unanswered.sql.
 */
export const payingGraceSeconds = 120;

/** Unpaid payment pages that one customer's session may have open at a merchant. */
export const payingPerSessionMax = 5;
/** Tries to pay one checkout: each has a reference of its own, and the provider is asked about each for hours. */
export const paymentsPerCheckoutMax = 10;

/** Opening the payment page extends the end once by the tenant's hold; never beyond twice the hold from its start. */
export function payingEnd(input: { heldAt: Date; now: Date; holdMinutes: number }): Date {
  const holdMs = input.holdMinutes * 60_000;
  return new Date(Math.min(input.now.getTime() + holdMs, input.heldAt.getTime() + 2 * holdMs));
}

/** When the provider's answer counts. */
export function answerFrom(visibleEnd: Date): Date {
  return new Date(visibleEnd.getTime() + payingGraceSeconds * 1000);
}

/** When the capacity is free again by time alone, should the provider never answer. */
export function claimEnd(visibleEnd: Date, answerWaitMinutes: number): Date {
  return new Date(visibleEnd.getTime() + answerWaitMinutes * 60_000);
}

/** Under `first_payer_wins` nothing is claimed; what is unpaid is given up after this long. */
export const unclaimedMinutes = 30;
