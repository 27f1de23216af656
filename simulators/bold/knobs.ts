import { z } from "zod";
import { apiShapes, changedKnobs, goodApi, whole } from "../knob-shapes.ts";

const pesos = z.coerce.number().min(0).max(1e10);

/** The bad habits of the simulated Bold, per merchant or payment (simulators/README.md). */
const knobsSchema = z.object({
  /** `by_button`: as the real one in test mode, only by "Probar el webhook". */
  event: z.enum(["before", "after", "by_button", "never"]),
  eventCopies: whole(1, 20),
  eventDelaySeconds: whole(0, 30 * 86_400),
  signature: z.enum(["right", "wrong"]),
  /** Whether the event names our reference. In-person sales name none. */
  referenceInEvent: z.enum(["told", "null"]),
  /** Whether a retry has the id of the first attempt: not documented. */
  retryIds: z.enum(["same", "new"]),
  /** Changed after the signing. */
  eventReference: z.string(),
  eventCurrency: z.string(),
  eventAmount: pesos,
  /** Added to the total by the buyer. */
  tip: pesos,
  amount: pesos,
  currency: z.string(),
  approvals: whole(1, 2),
  unknownStatus: z.string(),
  isSandbox: z.enum(["as_mode", "other"]),
  /** Whether the link comes in a `payload`: documented without, seen with. */
  linkShape: z.enum(["plain", "payload"]),
  /** `sample`: `franchise` instead of `brand`, and no currency. */
  notificationShape: z.enum(["webhook", "sample"]),
  ...apiShapes,
  apiLag: whole(0, 1000),
  apiBadRows: whole(0, 100),
  /** The link is made, and 500 is answered. */
  failAfterEffect: whole(0, 100),
  expiredApprovals: z.enum(["refused", "allowed"]),
});

export const someKnobsSchema = knobsSchema.partial();

type Optional = "eventReference" | "eventCurrency" | "eventAmount" | "amount" | "currency" | "unknownStatus";
type AllKnobs = z.output<typeof knobsSchema>;
export type Knobs = Omit<AllKnobs, Optional> & Partial<Pick<AllKnobs, Optional>>;
export type SomeKnobs = z.output<typeof someKnobsSchema>;

/** Tells by itself, so that the demo is quick; the real one does so in production only. */
export const defaultKnobs: Knobs = {
  event: "before",
  eventCopies: 1,
  eventDelaySeconds: 0,
  signature: "right",
  referenceInEvent: "told",
  retryIds: "same",
  tip: 0,
  approvals: 1,
  isSandbox: "as_mode",
  linkShape: "plain",
  notificationShape: "webhook",
  ...goodApi,
  apiLag: 0,
  apiBadRows: 0,
  failAfterEffect: 0,
  expiredApprovals: "refused",
};

export const withKnobs = (knobs: Knobs, changes: SomeKnobs): Knobs => changedKnobs(knobs, changes);

/** The API belongs to the merchant, so these knobs stay set when given with a payment. */
export function apiKnobsOf(changes: SomeKnobs): SomeKnobs {
  const { apiStatus, apiFailures, apiDelayMs, apiBadRows, linkShape, notificationShape, isSandbox } = changes;
  return { apiStatus, apiFailures, apiDelayMs, apiBadRows, linkShape, notificationShape, isSandbox };
}
