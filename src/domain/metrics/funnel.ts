/** How a visit becomes a booking, in this order. */
export const funnelSteps = ["opened", "service", "slot", "details", "payment", "approved", "confirmed"] as const;
export type FunnelStep = (typeof funnelSteps)[number];

/** Steps that leave no event, and are counted. What the money did stands in charges and events. */
export const countedSteps = ["opened", "service", "slot", "details", "payment"] as const satisfies readonly FunnelStep[];
export type CountedStep = (typeof countedSteps)[number];

/** Steps that only a page sees. The server sees the others itself. */
export const seenByPages = ["opened", "service", "slot"] as const satisfies readonly CountedStep[];

export const visitDaysKept = 90;
export const metricsDaysMax = 366;
export const metricsDaysDefault = 30;

/** Visits whose last step is this one. `step` counts from 1. */
export type Furthest = { step: number; visits: number };

/**
 * How many visits came at least so far, for each step. Whoever came to a step has passed all before
 * it, counted or not, so no step can have more visits than the one before.
 */
export function reachedSteps(furthest: readonly Furthest[]): number[] {
  return funnelSteps.map((_, index) => furthest.reduce((sum, { step, visits }) => (step > index ? sum + visits : sum), 0));
}

export type FunnelRow = {
  step: FunnelStep;
  visits: number;
  /** Of all visits, and of those that came to the step before: 0 to 1. Null of none. */
  ofAll: number | null;
  ofPrevious: number | null;
  /** Came to the step before, and not to this one. */
  lost: number;
  /** Half of the visits took longer from the step before. */
  medianSeconds: number | null;
};

export function funnelOf(furthest: readonly Furthest[], medians: Partial<Record<FunnelStep, number | null>>): FunnelRow[] {
  const reached = reachedSteps(furthest);
  const all = reached[0] ?? 0;
  return funnelSteps.map((step, index) => {
    const visits = reached[index] ?? 0;
    const previous = reached[index - 1] ?? visits;
    return {
      step,
      visits,
      ofAll: share(visits, all),
      ofPrevious: index === 0 ? null : share(visits, previous),
      lost: previous - visits,
      medianSeconds: medians[step] ?? null,
    };
  });
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
