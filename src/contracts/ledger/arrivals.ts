import { z } from "zod";
import { modes } from "./ledger.ts";

export const arrivalsQuery = z.object({ mode: z.enum(modes).optional() });
export type ArrivalsQuery = z.infer<typeof arrivalsQuery>;

const minor = z.int();
const sums = { provider: z.string(), currency: z.string(), payments: z.int(), takenMinor: minor };

export const arrivals = z.object({
  mode: z.enum(modes),
  timezone: z.string(),
  /** In the merchant's zone. */
  today: z.string(),
  /** By the day on which it arrives, the next first. The last days are there too. */
  days: z.array(
    z.object({
      day: z.string(),
      ...sums,
      feesMinor: minor.nullable(),
      /** Sent back by refund cases that are done: the provider takes it from a payout. */
      backMinor: minor,
      /** Null where the provider told the day and not the sum. */
      arrivesMinor: minor.nullable(),
    }),
  ),
  /** Payments of the last weeks of which the provider does not tell when they arrive. */
  unknown: z.array(z.object(sums)),
});
export type Arrivals = z.infer<typeof arrivals>;
export { arrivalDaysAhead, arrivalDaysBack, unknownDaysBack } from "./limits.ts";
