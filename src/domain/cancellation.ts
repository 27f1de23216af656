import { shareOf } from "./money.ts";

/** What comes back if the customer cancels so many hours before the start, less a fee. */
export type Cancellation = { steps: { hoursBefore: number; percentBack: number }[]; feeMinor: number };
/** Until then so much comes back. */
export type BackUntil = { until: Date; percentBack: number; backMinor: number };

/**
 * In order of time. After the last one nothing comes back. Steps that give nothing back, and those
 * whose time has passed, are left out.
 */
export function moneyBack(
  { steps, feeMinor }: Cancellation,
  paid: { amountMinor: number; start: Date; now: Date; stepMinor: number },
): BackUntil[] {
  return steps
    .map(({ hoursBefore, percentBack }) => {
      const back = Math.max(0, shareOf(paid.amountMinor, percentBack) - feeMinor);
      return { until: new Date(paid.start.getTime() - hoursBefore * hourMs), percentBack, backMinor: back - (back % paid.stepMinor) };
    })
    .filter(({ until, backMinor }) => until > paid.now && backMinor > 0);
}

/** What comes back after a cancellation at this moment, in minor units. */
export function backNow(cancellation: Cancellation, paid: Parameters<typeof moneyBack>[1]): number {
  return moneyBack(cancellation, paid)[0]?.backMinor ?? 0;
}

const hourMs = 3_600_000;

/** A later cancellation never brings more back than an earlier one. */
export function isInOrder({ steps }: Pick<Cancellation, "steps">): boolean {
  return steps.every((step, index) => {
    const next = steps[index + 1];
    return next === undefined || (next.hoursBefore < step.hoursBefore && next.percentBack <= step.percentBack);
  });
}

export function isSameCancellation(a: Cancellation | null, b: Cancellation | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.feeMinor === b.feeMinor &&
    a.steps.length === b.steps.length &&
    a.steps.every((step, index) => {
      const other = b.steps[index];
      return step.hoursBefore === other?.hoursBefore && step.percentBack === other.percentBack;
    })
  );
}
