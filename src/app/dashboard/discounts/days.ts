import { dateInZone } from "#ui/format.ts";

/** A code ends when a day is over: the last moment in which it counts is on that day. */
export function lastInstant(endsAt: string): string {
  return new Date(Date.parse(endsAt) - 1).toISOString();
}

/** For a field of the type `date`. */
export const firstDay = (startsAt: string | null, timezone: string): string => (startsAt ? dateInZone(startsAt, timezone) : "");
export const lastDay = (endsAt: string | null, timezone: string): string => (endsAt ? dateInZone(lastInstant(endsAt), timezone) : "");
