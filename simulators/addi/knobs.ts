import { z } from "zod";
import { apiShapes, changedKnobs, goodApi, whole } from "../knob-shapes.ts";

/** The bad habits of the simulated Addi, per ally or application (simulators/README.md). */
const knobsSchema = z.object({
  callback: z.enum(["before", "after", "never"]),
  callbackCopies: whole(1, 20),
  callbackDelaySeconds: whole(0, 30 * 86_400),
  password: z.enum(["right", "wrong"]),
  /** Whether the callback comes to the whole address, or without its query. */
  callbackQuery: z.enum(["whole", "none"]),
  /** Pesos that are approved instead of what was asked. */
  approvedAmount: z.coerce.number().min(0).max(1e10),
  currency: z.string(),
  unknownStatus: z.string(),
  /** The next applications are answered 409: the buyer has a credit already. */
  conflicts: whole(0, 100),
  /** The application is made, or the cancellation done, and 500 is answered. */
  failAfterEffect: whole(0, 100),
  cancellations: z.enum(["on", "off"]),
  isActiveAlly: z.enum(["yes", "no"]),
  ...apiShapes,
});

export const someKnobsSchema = knobsSchema.partial();

type Optional = "approvedAmount" | "currency" | "unknownStatus";
type AllKnobs = z.output<typeof knobsSchema>;
export type Knobs = Omit<AllKnobs, Optional> & Partial<Pick<AllKnobs, Optional>>;
export type SomeKnobs = z.output<typeof someKnobsSchema>;

export const defaultKnobs: Knobs = {
  callback: "before",
  callbackCopies: 1,
  callbackDelaySeconds: 0,
  password: "right",
  callbackQuery: "whole",
  conflicts: 0,
  failAfterEffect: 0,
  cancellations: "on",
  isActiveAlly: "yes",
  ...goodApi,
};

export const withKnobs = (knobs: Knobs, changes: SomeKnobs): Knobs => changedKnobs(knobs, changes);

/** The API belongs to the ally, so these knobs stay set when given with an application. */
export function apiKnobsOf({ apiStatus, apiFailures, apiDelayMs }: SomeKnobs): SomeKnobs {
  return { apiStatus, apiFailures, apiDelayMs };
}
