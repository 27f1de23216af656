import { z } from "zod";
import { chargeTypes } from "#domain/money.ts";
import { cancellation } from "./service-terms.ts";

const amountMinor = z.int().min(0);
const shown = {
  amountMinor: amountMinor.describe("What is paid now: the price, or its deposit."),
  currency: z.string().regex(/^[A-Z]{3}$/),
  priceMinor: amountMinor.optional(),
  durationMinutes: z.int().min(1).optional(),
  cancellation: cancellation.nullable().optional().describe("What comes back after a cancellation; null: nothing is said."),
};

/** What the customer was shown. If anything else holds now, the answer is `price_changed`. */
export const offerSeen = z.strictObject(shown);
export type OfferSeen = z.infer<typeof offerSeen>;

/** What a service is sold for. Frozen with the hold: what a customer accepted cannot change. */
export const offer = z
  .object(shown)
  .required()
  .extend({
    chargeType: z.enum(chargeTypes),
    capacityPolicy: z.enum(["hold", "first_payer_wins"]),
    online: z.boolean(),
  });
export type Offer = z.infer<typeof offer>;
