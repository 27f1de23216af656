import { linkDaysMax, linkMinutesMin } from "#contracts/desk/limits.ts";
import { clockText, instantOf, minutesOfClock, wallTimeOf } from "#ui/dashboard/wall-clock.ts";

export const linkEnds = ["1h", "4h", "today", "24h", "custom"] as const;
export type LinkEnd = (typeof linkEnds)[number];

type Given = { end: LinkEnd; endDay: string; endTime: string };
type Bounds = { now: number; timezone: string; latest: number };

/** The instant that somebody has chosen, or null if what they typed is none. */
export function endOf({ end, endDay, endTime }: Given, { now, timezone }: Omit<Bounds, "latest">): number | null {
  switch (end) {
    case "1h":
      return now + hourMs;
    case "4h":
      return now + 4 * hourMs;
    case "24h":
      return now + 24 * hourMs;
    case "today":
      return Date.parse(instantOf({ date: wallTimeOf(now, timezone).date, minutes: 24 * 60 - 1 }, timezone));
    case "custom": {
      const minutes = minutesOfClock(endTime);
      return endDay === "" || minutes === null ? null : Date.parse(instantOf({ date: endDay, minutes }, timezone));
    }
    default:
      return end satisfies never;
  }
}
const hourMs = 3_600_000;

/** What was chosen; where the appointment is too soon for it, the longest that still fits. */
export function endThatFits(given: Given, { now, timezone, latest }: Bounds): Given {
  const isFit = (end: LinkEnd) => isEndFit(endOf({ ...given, end }, { now, timezone }), { now, latest });
  if (given.end === "custom" || isFit(given.end)) return given;
  const end = (["24h", "4h", "1h"] as const).find(isFit);
  if (end) return { ...given, end };
  const { date, minutes } = wallTimeOf(latest, timezone);
  return { end: "custom", endDay: date, endTime: clockText(Math.floor(minutes)) };
}

/** The latest end that any link may have for this appointment. */
export function latestEnd(start: string | null, { now, linkMinutesBefore }: { now: number; linkMinutesBefore: number }): number {
  const cap = now + linkDaysMax * 24 * hourMs;
  return start === null ? cap : Math.min(cap, Date.parse(start) - linkMinutesBefore * 60_000);
}

export function isEndFit(end: number | null, { now, latest }: { now: number; latest: number }): end is number {
  return end !== null && end <= latest && end >= now + linkMinutesMin * 60_000;
}
