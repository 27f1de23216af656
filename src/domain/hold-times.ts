/** After the end that the customer sees, a paying claim lives on this long, so that the last ask at the provider falls inside. */
export const payingGraceSeconds = 120;
/** The last ask before capacity is let go, counted from the end that the customer sees. */
export const lastAskSeconds = 60;

/** Unpaid payment pages that one customer's session may have open at a merchant. */
export const payingPerSessionMax = 5;
/** Tries to pay one checkout: each has a reference of its own, and the provider is asked about each for hours. */
export const paymentsPerCheckoutMax = 10;

/** Opening the payment page extends the end once by the tenant's hold; never beyond twice the hold from its start. */
export function payingEnd(input: { heldAt: Date; now: Date; holdMinutes: number }): Date {
  const holdMs = input.holdMinutes * 60_000;
  return new Date(Math.min(input.now.getTime() + holdMs, input.heldAt.getTime() + 2 * holdMs));
}

/** When the capacity is free again, by time alone. */
export function claimEnd(visibleEnd: Date): Date {
  return new Date(visibleEnd.getTime() + payingGraceSeconds * 1000);
}

/** Under `first_payer_wins` nothing is claimed; what is unpaid is given up after this long. */
export const unclaimedMinutes = 30;
