import { lastAskSeconds } from "./hold-times.ts";

/** Seconds between asks while the claim lives: webhooks can be lost, and Wompi repeats only after 30 minutes. */
const whileClaimLives = [3, 5, 10, 20, 30, 60] as const;
/** Minutes between asks afterwards, for as long as the provider may still say yes. */
const afterwards = [5, 15, 30, 60, 180, 360, 720, 1440, 1440] as const;
/** Once paid, only a second approval or a void in the provider's panel is left to miss: an hour and a day later. */
const oncePaid = [60, 1440] as const;

/**
 * When to ask the provider next, or null when it was asked for the last time.
 * `polls` counts the asks made; the ask just before capacity is let go is never skipped.
 */
export function nextPollAt(input: { now: Date; polls: number; expiresAt: Date; isPaid: boolean }): Date | null {
  const now = input.now.getTime();
  const lastAsk = input.expiresAt.getTime() + lastAskSeconds * 1000;
  if (now < lastAsk && input.isPaid) return new Date(lastAsk);
  if (now < lastAsk) {
    const step = whileClaimLives[Math.min(input.polls, whileClaimLives.length - 1)] ?? 60;
    const next = now + step * 1000;
    return new Date(Math.min(next, lastAsk));
  }
  const minutesPast = (now - lastAsk) / 60_000;
  let total = 0;
  for (const minutes of input.isPaid ? oncePaid : afterwards) {
    total += minutes;
    if (total > minutesPast + 0.5) return new Date(lastAsk + total * 60_000);
  }
  return null;
}
