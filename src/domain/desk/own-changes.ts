import { type BackUntil, backNow, type Cancellation, moneyBack } from "../cancellation.ts";

const hourMs = 3_600_000;
/** How often a customer may move one booking by themselves; then they ask the merchant. */
export const ownMovesMax = 10;

export type OwnChangeHours = { cancelHours: number | null; moveHours: number | null };
type Standing = {
  start: Date;
  /** What the customer has paid us, in minor units. */
  paidMinor: number;
  /** What was shown before paying. */
  cancellation: Cancellation | null;
  moves: number;
};
/** An end is null if the customer must ask the merchant instead. */
export type OwnChangeEnds = { cancelUntil: Date | null; moveUntil: Date | null };

/**
 * Until when a customer may change a standing booking by themselves. Where money was paid and no
 * terms were shown, nobody but the merchant can say what comes back.
 */
export function ownChangeEnds({ start, paidMinor, cancellation, moves }: Standing, hours: OwnChangeHours): OwnChangeEnds {
  const hasTerms = paidMinor === 0 || cancellation !== null;
  return {
    cancelUntil: hasTerms ? endBefore(start, hours.cancelHours) : null,
    moveUntil: moves < ownMovesMax ? endBefore(start, hours.moveHours) : null,
  };
}

function endBefore(start: Date, hours: number | null): Date | null {
  return hours === null ? null : new Date(start.getTime() - hours * hourMs);
}

type Paid = { amountMinor: number; start: Date; now: Date; stepMinor: number };

/**
 * What the terms give back of a rest that was paid: the same share as of the booking itself. The
 * fee is taken once, from the booking as far as that lasts.
 */
export function restBack(terms: Cancellation | null, { restMinor, ...ofBooking }: Paid & { restMinor: number }): number {
  if (!terms || restMinor === 0) return 0;
  const feeMinor = Math.max(0, terms.feeMinor - backNow({ ...terms, feeMinor: 0 }, ofBooking));
  return backNow({ ...terms, feeMinor }, { ...ofBooking, amountMinor: restMinor });
}

/**
 * The terms after a customer's own move: no share grows by it, or whoever is late would move far
 * ahead and then cancel for the whole.
 */
export function termsAfterOwnMove(terms: Cancellation | null, paid: Paid): Cancellation | null {
  if (!terms) return null;
  const percentMax = shareNow(terms, paid);
  return { ...terms, steps: terms.steps.map((step) => ({ ...step, percentBack: Math.min(step.percentBack, percentMax) })) };
}

/** In percent, without the fee, which is the same at every moment. */
export function shareNow(terms: Cancellation, paid: Paid): number {
  const whole = { ...paid, amountMinor: 100 * 100 * paid.stepMinor };
  const [step]: (BackUntil | undefined)[] = moneyBack({ ...terms, feeMinor: 0 }, whole);
  return step?.percentBack ?? 0;
}
