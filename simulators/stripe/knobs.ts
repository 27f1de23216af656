import { z } from "zod";
import { apiShapes, changedKnobs, goodApi, whole } from "../knob-shapes.ts";

/** The bad habits of the simulated Stripe, per account or payment (simulators/README.md). */
const knobsSchema = z.object({
  event: z.enum(["before", "after", "never"]),
  eventCopies: whole(1, 20),
  eventDelaySeconds: whole(0, 30 * 86_400),
  eventOrder: z.enum(["usual", "reversed"]),
  signature: z.enum(["right", "wrong"]),
  eventCurrency: z.string(),
  eventAmount: whole(0, 1e12),
  eventReference: z.string(),
  /** The session's `expired` comes a day after it was made, though it was paid. */
  lateExpired: z.enum(["on", "off"]),
  amount: whole(0, 1e12),
  currency: z.string().toLowerCase(),
  payments: whole(1, 2),
  ...apiShapes,
  apiLag: whole(0, 1000),
  apiBadRows: whole(0, 100),
  apiPageRows: whole(1, 100),
  unknownStatus: z.string(),
  /** What becomes of a refund. `later`: it succeeds and fails five days later. */
  refunds: z.enum(["succeeded", "pending", "later", "requires_action", "insufficient", "no_balance"]),
});

export const someKnobsSchema = knobsSchema.partial();

type Optional = "eventCurrency" | "eventAmount" | "eventReference" | "amount" | "currency" | "unknownStatus";
type AllKnobs = z.output<typeof knobsSchema>;
export type Knobs = Omit<AllKnobs, Optional> & Partial<Pick<AllKnobs, Optional>>;
export type SomeKnobs = z.output<typeof someKnobsSchema>;

export const defaultKnobs: Knobs = {
  event: "before",
  eventCopies: 1,
  eventDelaySeconds: 0,
  eventOrder: "usual",
  signature: "right",
  lateExpired: "off",
  payments: 1,
  ...goodApi,
  apiLag: 0,
  apiBadRows: 0,
  apiPageRows: 100,
  refunds: "succeeded",
};

export const withKnobs = (knobs: Knobs, changes: SomeKnobs): Knobs => changedKnobs(knobs, changes);

/** The API belongs to the account, so these knobs stay set when given with a payment. */
export function apiKnobsOf(changes: SomeKnobs): SomeKnobs {
  const { apiStatus, apiFailures, apiDelayMs, apiBadRows, apiPageRows } = changes;
  return { apiStatus, apiFailures, apiDelayMs, apiBadRows, apiPageRows };
}
