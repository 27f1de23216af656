import { joined, type Span } from "../professionals/openings.ts";

/** A shorter one is no use to anybody. */
const gapMinutesMin = 15;

/** The open time from now on that nothing takes, in order. */
export function gapsOf({ open, taken, now }: { open: readonly Span[]; taken: readonly Span[]; now: number }): Span[] {
  const busy = joined(taken);
  return joined(open)
    .flatMap((span) => without({ start: Math.max(span.start, now), end: span.end }, busy))
    .filter(({ start, end }) => end - start >= gapMinutesMin * 60_000);
}

function without(span: Span, busy: readonly Span[]): Span[] {
  const free: Span[] = [];
  let from = span.start;
  for (const { start, end } of busy) {
    if (end <= from || start >= span.end) continue;
    free.push({ start: from, end: start });
    from = end;
  }
  return [...free, { start: from, end: span.end }].filter(({ start, end }) => start < end);
}
