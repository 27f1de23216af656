import { z } from "zod";
import { languages } from "../service-terms.ts";
import { categoryLengthMax, searchLengthMax, shopWordLengthMax } from "./limits.ts";

const id = z.uuid();
/** Integer minor units of the ISO 4217 currency beside it. */
const priceMinor = z.int().min(0);

/** The merchant's slug. */
export const shopWord = z.string().min(1).max(shopWordLengthMax);

/** What customers must be able to read of a shop before they pay. */
export const shopFront = z.object({
  slug: z.string(),
  name: z.string(),
  logoUrl: z.string().nullable(),
  primaryColor: z.string(),
  secondaryColor: z.string(),
  locale: z.string(),
  timezone: z.string(),
  country: z.string(),
  currency: z.string(),
  isOpen: z.boolean().describe("If not, everything may be read and nothing bought."),
  /** For how long goods wait for their payment. */
  holdMinutes: z.int(),
  seller: z.object({ name: z.string(), taxId: z.string().nullable(), address: z.string().nullable() }),
  returnsText: z.string().nullable().describe("How goods go back."),
});
export type ShopFront = z.infer<typeof shopFront>;

/** `left` is told only where few are left; null: there are more, or it cannot run out. */
const stockShown = z.object({ state: z.enum(["in_stock", "few_left", "sold_out"]), left: z.int().min(0).nullable() });

const storeVariant = z.object({
  id,
  /** Empty where the product has no choices. */
  title: z.string(),
  sku: z.string().nullable(),
  priceMinor,
  stock: stockShown,
});

export const storeProduct = z.object({
  id,
  title: z.string(),
  description: z.string(),
  /** In other languages than the merchant's. */
  translations: z.partialRecord(languages, z.object({ title: z.string(), description: z.string() })),
  category: z.string().nullable(),
  /** The first one stands for it. */
  images: z.array(z.string()),
  currency: z.string(),
  taxPercent: z.number(),
  taxIncluded: z.boolean().describe("Whether its prices hold the tax already. Else it is added."),
  isDigital: z.boolean(),
  /** Pieces of all its variants together in one order. */
  perOrderMax: z.int().nullable(),
  stock: stockShown.describe("Of all its variants together."),
  variants: z.array(storeVariant).min(1),
});
export type StoreProduct = z.infer<typeof storeProduct>;

export const storeProductsQuery = z.object({
  shop: shopWord,
  category: z.string().max(categoryLengthMax).optional(),
  q: z.string().trim().max(searchLengthMax).optional(),
  cursor: z.string().max(64).optional(),
});
export type StoreProductsQuery = z.output<typeof storeProductsQuery>;

export const storeProducts = z.object({
  shop: shopFront,
  /** Of everything that is sold, in the order of the alphabet. */
  categories: z.array(z.string()),
  products: z.array(storeProduct),
  /** Ask again with it as `cursor`. It is null if there are no more. */
  next: z.string().nullable(),
});
export type StoreProducts = z.infer<typeof storeProducts>;

export const storeProductPage = z.object({
  shop: shopFront,
  product: storeProduct,
  deliveryFromMinor: priceMinor
    .nullable()
    .describe("The cheapest flat delivery of one piece, tax in it. Null: it is digital, or no way of delivery is flat."),
});
export type StoreProductPage = z.infer<typeof storeProductPage>;
