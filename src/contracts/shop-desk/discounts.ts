import { z } from "zod";
import { calendarDate, givenInstant } from "../dates.ts";
import { discountStates, discountsMax, priceMinorMax } from "./limits.ts";

const id = z.uuid();
const productsMax = 200;
const uses = z.int().min(1).max(1_000_000);
/** A day begins and ends where the merchant is. */
const moment = z.union([givenInstant, calendarDate]);

const fields = z.strictObject({
  code: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9][A-Z0-9_-]{1,31}$/, "2 to 32 letters A to Z, digits, - or _")
    .describe("Kept in capitals; customers may write it as they like."),
  percent: z.number().gt(0).max(100).multipleOf(0.01).nullable(),
  amountMinor: z.int().min(1).max(priceMinorMax).nullable().describe("A sum instead of the percentage, in the merchant's currency."),
  startsAt: moment.nullable(),
  endsAt: moment.nullable().describe("A date is the end of that day."),
  usesMax: uses.nullable().describe("By all customers together."),
  usesPerCustomerMax: uses.nullable(),
  minimumMinor: z.int().min(1).max(priceMinorMax).nullable().describe("Of the goods that it counts for, before it is taken off."),
  productIds: z.array(id).min(1).max(productsMax).nullable().describe("Null: all products."),
  isActive: z.boolean(),
});
const isOneOf = ({
  percent = null,
  amountMinor = null,
}: {
  percent?: number | null | undefined;
  amountMinor?: number | null | undefined;
}) => (percent === null) !== (amountMinor === null);
export const newDiscount = fields
  .partial()
  .required({ code: true })
  .extend({ id: id.optional() })
  .refine(isOneOf, { path: ["percent"], message: "either a percentage or a sum" });
export type NewDiscount = z.output<typeof newDiscount>;
export const discountChanges = fields.partial();
export type DiscountChanges = z.output<typeof discountChanges>;
export const discountPatch = discountChanges
  .extend({ version: z.int().min(1) })
  .refine(({ percent, amountMinor }) => !(typeof percent === "number" && typeof amountMinor === "number"), {
    path: ["percent"],
    message: "either a percentage or a sum",
  });
export type DiscountPatch = z.input<typeof discountPatch>;

const instant = z.iso.datetime().nullable();
export const discount = z.object({
  ...fields.shape,
  id,
  code: z.string(),
  currency: z.string(),
  startsAt: instant,
  endsAt: instant,
  used: z.int().describe("By paid orders."),
  reserved: z.int().describe("By customers who are paying at the moment."),
  state: z.enum(discountStates),
  archivedAt: instant,
  version: z.int(),
  createdAt: z.iso.datetime(),
});
export type Discount = z.infer<typeof discount>;
export const discounts = z.object({ discounts: z.array(discount).max(2 * discountsMax) });
