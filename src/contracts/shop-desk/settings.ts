import { z } from "zod";
import { line, lines } from "../service-terms.ts";

/** What customers must be able to read before they pay, and how long their goods wait for it. */
const fields = z.strictObject({
  isOpen: z.boolean().describe("Whether customers can buy. Opening wants who sells, where, and how goods go back."),
  holdMinutes: z.int().min(5).max(60).describe("How long goods wait for a payment."),
  linesMax: z.int().min(1).max(100).describe("Different things in one cart."),
  sellerName: line(1, 200).nullable(),
  sellerTaxId: line(1, 64).nullable(),
  sellerAddress: line(1, 300).nullable(),
  returnsText: lines(1, 5000).nullable(),
});
export const shopChanges = fields.partial();
export type ShopChanges = z.output<typeof shopChanges>;
export const shopPatch = shopChanges.extend({ version: z.int().min(1) });

export const shopSettings = z.object({
  ...fields.shape,
  sellerName: z.string().nullable(),
  sellerTaxId: z.string().nullable(),
  sellerAddress: z.string().nullable(),
  returnsText: z.string().nullable(),
  address: z.url().describe("What customers open."),
  version: z.int(),
});
export type ShopSettings = z.infer<typeof shopSettings>;
export const shopAnswer = z.object({ shop: shopSettings.nullable().describe("Null: the merchant has none.") });
