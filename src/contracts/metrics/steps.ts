/** Without zod, and for rooms that may not import `domain`. */
export { deviceOf, devices } from "#domain/metrics/devices.ts";
export {
  type FunnelStep,
  funnelSteps,
  metricsDaysDefault,
  metricsDaysMax,
  type seenByPages,
  visitDaysKept,
} from "#domain/metrics/funnel.ts";

/** What figures can be told apart by. `day` is in the merchant's zone. */
export const dimensions = ["link", "service", "professional", "provider", "device", "source", "campaign", "day"] as const;
export type Dimension = (typeof dimensions)[number];
