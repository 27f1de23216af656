import { answerFrom, claimEnd } from "./hold-times.ts";

/** Seconds between asks while the claim lives: webhooks can be lost, and some are repeated only after 30 minutes. */
const whileClaimLives = [3, 5, 10, 20, 30, 60] as const;
/** Minutes between asks afterwards; the last one again and again, for as long as the provider may still say yes. */
const afterwards = [5, 15, 30, 60, 180, 360, 720, 1440] as const;
/** Seconds between asks that get no answer while a slot waits for it; the last one again and again. */
const whileSilent = [10, 20, 30, 60] as const;
/** Days after the last moment of a payment in which one that was not answered is asked about, once a day; then a person must look. */
export const silentDaysMax = 30;
/** Once paid, only a second approval or a void in the provider's panel is left to miss: an hour and a day later. */
const oncePaid = [60, 1440] as const;

export type Asking = {
  now: Date;
  /** How many asks were made. */
  polls: number;
  /** The end of the page that the customer sees. */
  expiresAt: Date;
  /** After this the provider can no longer approve it. */
  payableUntil: Date;
  isPaid: boolean;
  /** The last asks got no answer: so many in a row, and so long after the end capacity waits for one (tenant setting). */
  silence?: { failures: number; answerWaitMinutes: number } | undefined;
};

/**
 * When to ask the provider next, or null when it was asked for the last time. Never skips the ask whose answer lets capacity
 * go, nor the last one, after which the provider cannot say yes any more. An ask without an answer is repeated soon while
 * capacity waits for it, and is never the last one before `silentDaysMax`.
 */
export function nextPollAt({ now, polls, expiresAt, payableUntil, isPaid, silence }: Asking): Date | null {
  const lastAsk = answerFrom(expiresAt).getTime();
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
  if (isPaid) return null;
  // Asked just before the end: what is said then may not be the last word.
  if (now < payableUntil) return payableUntil;
  const isAskedDaily = silence && now.getTime() < payableUntil.getTime() + silentDaysMax * dayMs;
  return isAskedDaily ? new Date(now.getTime() + dayMs) : null;
}
const dayMs = 86_400_000;

/** Seconds until the next ask, after so many in a row without an answer. */
export function waitWhileSilent(failures: number): number {
  return whileSilent[Math.min(Math.max(failures, 1), whileSilent.length) - 1] ?? 60;
}

/** The widening ladder, cut off where it would reach past the end, with the end itself as its last rung. */
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
