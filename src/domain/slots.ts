import { areOverlapping, type Interval, type Openings, openingsOn, type Span, wallTime } from "./professionals/openings.ts";

export type { OpeningException, Span, WorkingHours } from "./professionals/openings.ts";
export type SlotRules = {
  durationMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  stepMinutes: number;
  /** The least notice, and how far ahead a customer may book. */
  leadMinutes: number;
  horizonDays: number;
};
export type SlotState = "free" | "held";
export type Claim = Span & { state: "booked" | "held" };

const minute = 60_000;

/**
 * All slots between two dates (inclusive, in `rangeTimezone`). The grid follows the wall clock from
 * each interval's start. A skipped wall time is not offered, a repeated one once (the earlier).
 * Every slot lasts its full real time inside the interval and touches nothing closed.
 */
export function offeredSlots(input: Openings & { from: string; to: string; rangeTimezone: string; rules: SlotRules; now: number }): Span[] {
  const range = daysAsSpan(input.from, input.to, input.rangeTimezone);
  const earliest = Math.max(range.start, input.now + input.rules.leadMinutes * minute);
  const latest = Math.min(range.end, input.now + input.rules.horizonDays * 1440 * minute);
  const slots: Span[] = [];
  if (earliest >= latest) return slots;
  const lastDay = plainDateAt(latest - 1, input.timezone);
  for (let day = plainDateAt(earliest, input.timezone); Temporal.PlainDate.compare(day, lastDay) <= 0; day = day.add({ days: 1 })) {
    const { intervals, closed } = openingsOn(day, input);
    for (const hours of intervals) {
      for (const start of startsIn(day, hours, input.timezone, input.rules)) {
        const slot = { start, end: start + input.rules.durationMinutes * minute };
        if (start >= earliest && start < latest && !closed.some((span) => areOverlapping(span, slot))) slots.push(slot);
      }
    }
  }
  return slots.sort((a, b) => a.start - b.start).filter((slot, index, all) => slot.start !== all[index - 1]?.start);
}

/** The start of the first date and the end of the last. */
export function daysAsSpan(from: string, to: string, timezone: string): Span {
  const start = Temporal.PlainDate.from(from).toZonedDateTime(timezone).epochMilliseconds;
  const end = Temporal.PlainDate.from(to).add({ days: 1 }).toZonedDateTime(timezone).epochMilliseconds;
  return { start, end };
}

export function plainDateAt(instant: number, timezone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone).toPlainDate();
}

/** The span that a claim must cover: the appointment with its buffers. */
export function spanWithBuffers(slot: Span, rules: SlotRules): Span {
  return { start: slot.start - rules.bufferBeforeMinutes * minute, end: slot.end + rules.bufferAfterMinutes * minute };
}

/** Drops booked slots and marks held ones. `claims` are sorted and do not overlap. */
export function freeAndHeldSlots<Slot extends Span>(
  slots: readonly Slot[],
  claims: readonly Claim[],
  rules: SlotRules,
): (Slot & { state: SlotState })[] {
  const result: (Slot & { state: SlotState })[] = [];
  let first = 0;
  for (const slot of slots) {
    const span = spanWithBuffers(slot, rules);
    while (first < claims.length && (claims[first]?.end ?? 0) <= span.start) first += 1;
    let state: SlotState | "booked" = "free";
    for (let index = first; index < claims.length; index += 1) {
      const claim = claims[index];
      if (!claim || claim.start >= span.end) break;
      state = claim.state;
      if (state === "booked") break;
    }
    if (state !== "booked") result.push({ ...slot, state });
  }
  return result;
}

function startsIn(day: Temporal.PlainDate, hours: Interval, timezone: string, rules: SlotRules): number[] {
  const opensAt = wallTime(day, hours.startsAt);
  const opens = firstReached(opensAt, timezone);
  const closes = firstReached(wallTime(day, hours.endsAt), timezone);
  const lastStart = closes.epochMilliseconds - rules.durationMinutes * minute;
  const starts: number[] = [];
  if (opens.offsetNanoseconds === closes.offsetNanoseconds && opens.toPlainDateTime().equals(opensAt)) {
    for (let at = opens.epochMilliseconds; at <= lastStart; at += rules.stepMinutes * minute) starts.push(at);
    return starts;
  }
  // The clock changes inside this interval: walk the wall clock and keep the times that exist.
  for (let wall = opensAt; ; wall = wall.add({ minutes: rules.stepMinutes })) {
    const at = wall.toZonedDateTime(timezone, { disambiguation: "earlier" });
    if (at.epochMilliseconds > lastStart || Temporal.PlainDate.compare(wall.toPlainDate(), day) > 0) return starts;
    if (at.toPlainDateTime().equals(wall)) starts.push(at.epochMilliseconds);
  }
}

/** When the wall clock first shows this time, or jumps over it. */
function firstReached(wall: Temporal.PlainDateTime, timezone: string): Temporal.ZonedDateTime {
  const at = wall.toZonedDateTime(timezone, { disambiguation: "earlier" });
  return at.toPlainDateTime().equals(wall) ? at : (at.getTimeZoneTransition("next") ?? at);
}
