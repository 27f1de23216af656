import { z } from "zod";
import { languages, line } from "../service-terms.ts";
import { gramsMax, shippingKinds, weightStepsMax } from "./limits.ts";
import { priceMinor, taxPercent } from "./products.ts";

const id = z.uuid();
const days = z.int().min(0).max(365).nullable();
export const weightStep = z.strictObject({ upToGrams: z.int().min(1).max(gramsMax), priceMinor });
export type WeightStep = z.infer<typeof weightStep>;
const name = line(1, 100);

const fields = z.strictObject({
  name,
  priceMinor: priceMinor.describe("In the merchant's currency. By weight, the steps say it."),
  weightSteps: z
    .array(weightStep)
    .max(weightStepsMax)
    .refine((steps) => steps.every(({ upToGrams }, index) => upToGrams > (steps[index - 1]?.upToGrams ?? 0)), "from light to heavy")
    .describe("Of `by_weight`. What is heavier than the last cannot be sent by it."),
  freeFromMinor: z.int().min(1).nullable().describe("It costs nothing from that much of goods, after their discount."),
  taxPercent,
  taxIncluded: z.boolean(),
  daysMin: days,
  daysMax: days.describe("Working days until it is there, as promised before paying."),
  locationId: id.nullable().describe("Of `pickup`: where."),
  translations: z.partialRecord(languages, z.strictObject({ name })),
  isActive: z.boolean(),
});
const kind = z.enum(shippingKinds);
export const newShippingOption = fields.partial().required({ name: true }).extend({ id: id.optional(), kind });
export type NewShippingOption = z.output<typeof newShippingOption>;
export const shippingChanges = fields.partial();
export type ShippingChanges = z.output<typeof shippingChanges>;
export const shippingPatch = shippingChanges.extend({ version: z.int().min(1) });
export type ShippingPatch = z.input<typeof shippingPatch>;

export const shippingOption = z.object({
  ...fields.shape,
  id,
  kind,
  name: z.string(),
  currency: z.string(),
  locationName: z.string().nullable().describe("Null if it is archived: then customers are not offered it."),
  archivedAt: z.iso.datetime().nullable(),
  version: z.int(),
});
export type ShippingOption = z.infer<typeof shippingOption>;
export const shippingOptions = z.object({ options: z.array(shippingOption) });
