/** What becomes of the difference: the customer owes it, gets it back, or it is let be. */
export const differenceChoices = ["ask", "refund", "leave"] as const;
export type DifferenceChoice = (typeof differenceChoices)[number];

type Paid = {
  /** What came in, and what of it went back or is on its way. */
  paidMinor: number;
  sentBackMinor: number;
};

/** Whether this choice fits that difference. Without one there is nothing to choose. */
export function isChoiceFor(choice: DifferenceChoice, { fromMinor, toMinor }: { fromMinor: number; toMinor: number }): boolean {
  if (fromMinor === toMinor) return false;
  return choice === "leave" || choice === (toMinor > fromMinor ? "ask" : "refund");
}

/**
 * What goes back of a booking that has become cheaper: never more than the difference, nor more
 * than what was paid above the new price. After a deposit only the rest may shrink.
 */
export function differenceBack(prices: { fromMinor: number; toMinor: number }, { paidMinor, sentBackMinor }: Paid): number {
  const { fromMinor, toMinor } = prices;
  return Math.max(0, Math.min(fromMinor - toMinor, paidMinor - sentBackMinor - toMinor));
}
