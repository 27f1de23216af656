import { linkDaysMax, linkMinutesMin } from "#contracts/desk/limits.ts";

type Wanted = { wanted: Date; now: Date; latest: Date };

/** Whether a payment link may end so: not at once, not in weeks, never after its latest moment. */
export function isLinkEndFit({ wanted, now, latest }: Wanted): boolean {
  const minutes = (wanted.getTime() - now.getTime()) / 60_000;
  return minutes >= linkMinutesMin && minutes <= linkDaysMax * 1440 && wanted <= latest;
}

/** The latest end that it may have, or null if there is no time left to pay. */
export function latestLinkEnd({ now, latest }: Omit<Wanted, "wanted">): Date | null {
  const end = new Date(Math.min(latest.getTime(), now.getTime() + linkDaysMax * 86_400_000));
  return end.getTime() - now.getTime() >= linkMinutesMin * 60_000 ? end : null;
}
