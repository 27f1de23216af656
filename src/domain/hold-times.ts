/**
 * From so long after the end that the customer sees, a provider's answer frees capacity: its page
 * has closed by then, and it knows what was paid in the last second. In SQL: `is_unanswered`.
 */
export const payingGraceSeconds = 120;

/** Unpaid payment pages that one session may have open at a merchant. */
export const payingPerSessionMax = 5;
/** Tries per checkout. Each has a reference of its own, which is polled for hours. */
export const paymentsPerCheckoutMax = 10;

/** Opening the payment page extends the end once, to at most twice the tenant's hold. */
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

/** Minutes until an unpaid checkout expires under `first_payer_wins`. */
export const unclaimedMinutes = 30;
