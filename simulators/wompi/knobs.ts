import { z } from "zod";
import { apiShapes, changedKnobs, goodApi, whole } from "../knob-shapes.ts";

/** The bad habits of the simulated Wompi, per merchant or payment (simulators/README.md). */
const knobsSchema = z.object({
  event: z.enum(["before", "after", "never"]),
  eventCopies: whole(1, 20),
  eventDelaySeconds: whole(0, 30 * 86_400),
  eventProperties: z.string(),
  timestampPosition: z.enum(["top", "signature"]),
  checksum: z.enum(["right", "wrong"]),
  eventCurrency: z.string(),
  eventAmountInCents: whole(0, 1e12),
  eventReference: z.string(),
  amountInCents: whole(0, 1e12),
  currency: z.string(),
  approvals: whole(1, 2),
  ...apiShapes,
  publicKeyReads: z.union([z.literal("404"), z.literal("200")]),
  apiLag: whole(0, 1000),
  apiBadRows: whole(0, 100),
  apiPageRows: whole(1, 200),
  expiredApprovals: z.enum(["refused", "allowed"]),
  unknownStatus: z.string(),
  refunds: z.enum(["on", "off"]),
});

export const someKnobsSchema = knobsSchema.partial();

type Optional = "eventCurrency" | "eventAmountInCents" | "eventReference" | "amountInCents" | "currency" | "unknownStatus";
type AllKnobs = z.output<typeof knobsSchema>;
export type Knobs = Omit<AllKnobs, Optional> & Partial<Pick<AllKnobs, Optional>>;
export type SomeKnobs = z.output<typeof someKnobsSchema>;

export const defaultKnobs: Knobs = {
  event: "before",
  eventCopies: 1,
  eventDelaySeconds: 0,
  eventProperties: "transaction.id,transaction.status,transaction.amount_in_cents",
  timestampPosition: "top",
  checksum: "right",
  approvals: 1,
  ...goodApi,
  publicKeyReads: "404",
  apiLag: 0,
  apiBadRows: 0,
  apiPageRows: 200,
  expiredApprovals: "refused",
  refunds: "on",
};

export const withKnobs = (knobs: Knobs, changes: SomeKnobs): Knobs => changedKnobs(knobs, changes);

/** The API belongs to the merchant, so these knobs stay set when given with a payment. */
export function apiKnobsOf(changes: SomeKnobs): SomeKnobs {
  const { apiStatus, apiFailures, apiDelayMs, apiBadRows, apiPageRows, publicKeyReads } = changes;
  return { apiStatus, apiFailures, apiDelayMs, apiBadRows, apiPageRows, publicKeyReads };
}
