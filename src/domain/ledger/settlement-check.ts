import { isSameMoney, type Money } from "../money.ts";
import type { ChargeFact } from "../payment-provider.ts";
import { type ChargeState, hasBeenApproved, hasFailed, isMoneyHere } from "../payment-states.ts";

export const checkDifferenceKinds = ["missing_here", "missing_there", "other_amount", "other_state"] as const;
export type CheckDifferenceKind = (typeof checkDifferenceKinds)[number];
export const checkOutcomes = ["agrees", "differs", "not_known"] as const;
export type CheckOutcome = (typeof checkOutcomes)[number];

/** A charge as our row has it. `isGoingBack`: a refund case of ours moves, or moved, its money. */
export type CheckedCharge = Money & { providerChargeId: string; reference: string; state: ChargeState; isGoingBack: boolean };

/** `there` and `here` are states, or sums in minor units with their currency. */
export type CheckDifference = {
  kind: CheckDifferenceKind;
  providerChargeId: string;
  reference: string;
  there: string | null;
  here: string | null;
};

/** Of one charge that the provider shows. What was never money is no difference if we lack it. */
export function differencesThere(fact: ChargeFact, own: CheckedCharge | null): CheckDifference[] {
  const { providerChargeId, reference, state } = fact;
  const about = { providerChargeId, reference };
  if (!own) return hasBeenApproved(state) ? [{ ...about, kind: "missing_here", there: state, here: null }] : [];
  const found: CheckDifference[] = [];
  if (!isSameMoney(fact, own)) found.push({ ...about, kind: "other_amount", there: sumOf(fact), here: sumOf(own) });
  if (!areAlike(state, own)) found.push({ ...about, kind: "other_state", there: state, here: own.state });
  return found;
}

/** Of one charge of ours, asked for by its id, of which the provider has said that it has none. */
export function differenceHere({ providerChargeId, reference, state }: CheckedCharge): CheckDifference[] {
  return isMoneyHere(state) ? [{ kind: "missing_there", providerChargeId, reference, there: null, here: state }] : [];
}

/**
 * Failures of all kinds mean that nothing was paid. Some charges stay approved when their money has
 * gone back, so a refund case of ours explains either word.
 */
function areAlike(there: ChargeState, { state: here, isGoingBack }: CheckedCharge): boolean {
  if (there === here || (hasFailed(there) && hasFailed(here))) return true;
  return isGoingBack && hasBeenApproved(there) && hasBeenApproved(here);
}

const sumOf = ({ amountMinor, currency }: Money): string => `${amountMinor} ${currency}`;

/** Minutes until a day that is not known is asked about again. Returns null after the last try. */
const waits = [10, 30, 60, 120, 240, 480, 720, 1440, 1440] as const;
export const minutesToNextTry = (tries: number): number | null => waits[tries - 1] ?? null;

/** So many tries without an answer are told to a person. */
export const triesUntilTold = 4;

/** A day is compared once this long has passed since its end, for what settles late. */
export const marginHours = 2;
/** Charges that began so long before or after the day are listed too: clocks and slow banks. */
export const listMarginMinutes = 60;
