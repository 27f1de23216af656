import { lastAskSeconds } from "./hold-times.ts";

/** Seconds between polls while the claim lives, because webhooks can be lost. */
const whileClaimLives = [3, 5, 10, 20, 30, 60] as const;
/** Minutes between polls afterwards. The last one repeats. */
const afterwards = [5, 15, 30, 60, 180, 360, 720, 1440] as const;
/** Minutes until the polls after payment, for a second approval or a void. */
const oncePaid = [60, 1440] as const;

export type Asking = {
  now: Date;
  /** Polls so far. */
  polls: number;
  /** The end of the page that the customer sees. */
  expiresAt: Date;
  /** After this the provider can no longer approve the payment. */
  payableUntil: Date;
  isPaid: boolean;
};

/**
 * Returns when to poll next, or null after the last poll. Never skips the poll just before the
 * capacity is freed, nor the last one at `payableUntil`.
 */
export function nextPollAt({ now, polls, expiresAt, payableUntil, isPaid }: Asking): Date | null {
  const lastAsk = expiresAt.getTime() + lastAskSeconds * 1000;
  if (now.getTime() < lastAsk) {
    if (isPaid) return new Date(lastAsk);
    const step = whileClaimLives[Math.min(polls, whileClaimLives.length - 1)] ?? 60;
    return new Date(Math.min(now.getTime() + step * 1000, lastAsk));
  }
  const minutesPast = (now.getTime() - lastAsk) / 60_000;
  const minutes = isPaid ? oncePaid : untilPayableEnds((payableUntil.getTime() - lastAsk) / 60_000);
  let total = 0;
  for (const wait of minutes) {
    total += wait;
    if (total > minutesPast + 0.5) return new Date(lastAsk + total * 60_000);
  }
  // A poll just before the end may not have seen the last word.
  return !isPaid && now < payableUntil ? payableUntil : null;
}

/** The widening ladder, cut off at the end, with the end itself as its last rung. */
function untilPayableEnds(minutes: number): number[] {
  const rungs: number[] = [];
  let total = 0;
  for (let rung = 0; total < minutes && rungs.length < rungsMax; rung += 1) {
    const wait = Math.min(afterwards[Math.min(rung, afterwards.length - 1)] ?? 1440, minutes - total);
    rungs.push(wait);
    total += wait;
  }
  return rungs;
}
const rungsMax = 100;
