import { answerFrom, claimEnd } from "./hold-times.ts";

/** Seconds between polls while the claim lives, because webhooks can be lost. */
const whileClaimLives = [3, 5, 10, 20, 30, 60] as const;
/** Minutes between polls afterwards. The last one repeats. */
const afterwards = [5, 15, 30, 60, 180, 360, 720, 1440] as const;
/** Seconds between polls without an answer while a slot waits for one. The last one repeats. */
const whileSilent = [10, 20, 30, 60] as const;
/** Days after `payableUntil` with a poll each day if none was answered. Then a person must look. */
export const silentDaysMax = 30;
/** Minutes until the polls after payment, for a second approval or a void. */
const oncePaid = [60, 1440] as const;

export type Asking = {
  now: Date;
  /** Polls so far. */
  polls: number;
  /** The end of the page that the customer sees. */
  expiresAt: Date;
  /** From so long after the page's end an answer frees capacity. */
  graceSeconds?: number | undefined;
  /** After this the provider can no longer approve the payment. */
  payableUntil: Date;
  isPaid: boolean;
  /** The last polls got no answer. The tenant says how long capacity waits for one. */
  silence?: { failures: number; answerWaitMinutes: number } | undefined;
};

/**
 * Returns when to poll next, or null after the last poll. Never skips the poll whose answer frees
 * the capacity, nor the last one at `payableUntil`. One without an answer is retried soon while
 * capacity waits for it, and is the last one only after `silentDaysMax`.
 */
export function nextPollAt({ now, polls, expiresAt, graceSeconds, payableUntil, isPaid, silence }: Asking): Date | null {
  const lastAsk = answerFrom(expiresAt, graceSeconds).getTime();
  const soon = silence ? now.getTime() + waitWhileSilent(silence.failures) * 1000 : Number.POSITIVE_INFINITY;
  if (now.getTime() < lastAsk) {
    if (isPaid) return new Date(lastAsk);
    const step = whileClaimLives[Math.min(polls, whileClaimLives.length - 1)] ?? 60;
    return new Date(Math.min(now.getTime() + step * 1000, lastAsk, soon));
  }
  if (silence && !isPaid && soon <= claimEnd(expiresAt, silence.answerWaitMinutes).getTime()) return new Date(soon);
  const minutesPast = (now.getTime() - lastAsk) / 60_000;
  const minutes = isPaid ? oncePaid : untilPayableEnds((payableUntil.getTime() - lastAsk) / 60_000);
  let total = 0;
  for (const wait of minutes) {
    total += wait;
    if (total > minutesPast + 0.5) return new Date(lastAsk + total * 60_000);
  }
  if (isPaid && !silence) return null;
  // A poll just before the end may not have seen the last word.
  if (!isPaid && now < payableUntil) return payableUntil;
  const isAskedStill = silence && now.getTime() < payableUntil.getTime() + silentDaysMax * dayMs;
  return isAskedStill ? new Date(now.getTime() + dayMs) : null;
}
const dayMs = 86_400_000;

/** Seconds until the next poll after so many in a row without an answer. */
export function waitWhileSilent(failures: number): number {
  return whileSilent[Math.min(Math.max(failures, 1), whileSilent.length) - 1] ?? 60;
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
