/** Money is in minor units. By the terms that were shown before paying, in full, or a sum. */
export type RefundChoice = "none" | "by_terms" | "full" | { amountMinor: number };

/** What each choice would send back now. */
export type RefundSums = {
  paidMinor: number;
  /** Sent back or on its way, by whatever case. */
  sentBackMinor: number;
  /** What may still be sent back. */
  leftMinor: number;
  /** Null if no terms were shown. */
  byTermsMinor: number | null;
};

/**
 * `isHere`: no bank has taken it back. `termsMinor`: what the terms give back of the whole at this
 * moment.
 */
export function refundSums(money: { paidMinor: number; isHere: boolean; sentBackMinor: number; termsMinor: number | null }): RefundSums {
  const { paidMinor, isHere, sentBackMinor, termsMinor } = money;
  const leftMinor = isHere ? Math.max(0, paidMinor - sentBackMinor) : 0;
  const byTermsMinor = termsMinor === null ? null : Math.min(leftMinor, Math.max(0, termsMinor - sentBackMinor));
  return { paidMinor, sentBackMinor, leftMinor, byTermsMinor };
}

/** Returns null if there are no terms, or if it is more than is left. */
export function chosenMinor(choice: RefundChoice, sums: RefundSums): number | null {
  if (choice === "none") return 0;
  if (choice === "full") return sums.leftMinor;
  if (choice === "by_terms") return sums.byTermsMinor;
  return choice.amountMinor <= sums.leftMinor ? choice.amountMinor : null;
}
