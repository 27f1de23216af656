/** A paying claim outlives its visible end by this, so that the last poll falls inside. */
export const payingGraceSeconds = 120;
/** The last poll before the capacity is freed, counted from the end that the customer sees. */
export const lastAskSeconds = 60;

/** Unpaid payment pages that one session may have open at a merchant. */
export const payingPerSessionMax = 5;
/** Tries per checkout. Each has a reference of its own, which is polled for hours. */
export const paymentsPerCheckoutMax = 10;

/** Opening the payment page extends the end once, to at most twice the tenant's hold. */
export function payingEnd(input: { heldAt: Date; now: Date; holdMinutes: number }): Date {
  const holdMs = input.holdMinutes * 60_000;
  return new Date(Math.min(input.now.getTime() + holdMs, input.heldAt.getTime() + 2 * holdMs));
}

/** When the capacity is free again, by time alone. */
export function claimEnd(visibleEnd: Date): Date {
  return new Date(visibleEnd.getTime() + payingGraceSeconds * 1000);
}

/** Minutes until an unpaid checkout expires under `first_payer_wins`. */
export const unclaimedMinutes = 30;
