import { z } from "zod";
import { picture } from "../catalog.ts";
import { languages, line, lines } from "../service-terms.ts";
import {
  gramsMax,
  imagesMax,
  piecesMax,
  priceMinorMax,
  productSearchLengthMax,
  productsPerPageMax,
  stockFilters,
  variantsMax,
} from "./limits.ts";

const id = z.uuid();
const pieces = z.int().min(0).max(piecesMax);
export const priceMinor = z.int().min(0).max(priceMinorMax);
/** As the tables keep it: two decimals. */
export const taxPercent = z.number().min(0).max(99).multipleOf(0.01);
const title = line(1, 120);
const description = lines(0, 5000);
const words = z.strictObject({ title, description });
export const productTranslations = z.partialRecord(languages, words);
export type ProductTranslations = z.infer<typeof productTranslations>;

/** What is put in a cart. A product without choices has one, with an empty title. */
export const variantGiven = z.strictObject({
  id: id.optional().describe("Of one that is there. A program may choose that of a new one."),
  title: line(0, 80).default(""),
  sku: line(1, 64).nullable().optional(),
  priceMinor: priceMinor.describe("In the merchant's currency."),
  weightGrams: z.int().min(0).max(gramsMax).optional(),
  onHand: pieces
    .nullable()
    .optional()
    .describe("Of a new one: how many there are. Null: it cannot run out. What is there is changed at `/api/variants/{id}/stock`."),
  lowStockAt: pieces.nullable().optional().describe("At that many or fewer you are told; null: never."),
});
export type VariantGiven = z.output<typeof variantGiven>;

const variants = z
  .array(variantGiven)
  .min(1)
  .max(variantsMax)
  .superRefine((given, context) => {
    for (const [index, { id: own, title: name, sku }] of given.entries()) {
      const others = given.slice(0, index);
      const wrong = (field: string, message: string) => context.addIssue({ code: "custom", path: [index, field], message });
      if (given.length > 1 && name === "") wrong("title", "of several, each has a title");
      if (others.some((other) => other.title.toLowerCase() === name.toLowerCase())) wrong("title", "another one is called so");
      if (sku && others.some((other) => other.sku === sku)) wrong("sku", "another one has it");
      if (own && others.some((other) => other.id === own)) wrong("id", "it stands there twice");
    }
  });

const fields = z.strictObject({
  title,
  description,
  category: line(1, 60).nullable(),
  imageUrls: z
    .array(picture)
    .max(imagesMax)
    .refine((urls) => new Set(urls).size === urls.length, "each may stand there once")
    .describe("The first one stands for it."),
  taxPercent,
  taxIncluded: z.boolean().describe("Whether its prices hold the tax already."),
  isDigital: z.boolean().describe("Nothing is sent and nothing can run out."),
  perOrderMax: z.int().min(1).max(1000).nullable(),
  translations: productTranslations,
  isActive: z.boolean().describe("Whether customers see it."),
  variants: variants.describe("All of them, in the customers' order. One that is left out is archived."),
});
export const newProduct = fields.partial().required({ title: true, variants: true }).extend({ id: id.optional() });
export type NewProduct = z.output<typeof newProduct>;
export const productChanges = fields.partial();
export type ProductChanges = z.output<typeof productChanges>;
export const productPatch = productChanges.extend({
  version: z.int().min(1).describe("Of the product as you have seen it. If it has changed since: changed_meanwhile."),
});
export type ProductPatch = z.input<typeof productPatch>;

export const variant = z.object({
  id,
  title: z.string(),
  sku: z.string().nullable(),
  priceMinor: z.int(),
  currency: z.string(),
  weightGrams: z.int(),
  onHand: z.int().nullable().describe("What is in the house and not paid for. Null: it cannot run out."),
  reserved: z.int().describe("Of these, how many somebody is paying for at the moment."),
  lowStockAt: z.int().nullable(),
  isLow: z.boolean(),
});
export type Variant = z.infer<typeof variant>;

export const product = z.object({
  ...fields.shape,
  id,
  title: z.string(),
  description: z.string(),
  category: z.string().nullable(),
  variants: z.array(variant),
  onHand: z.int().nullable().describe("Of all variants. Null if one of them cannot run out."),
  isLow: z.boolean().describe("One of the variants is at its mark or under it."),
  archivedAt: z.iso.datetime().nullable(),
  version: z.int().min(1),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Product = z.infer<typeof product>;

export const productFilters = z.object({
  search: z.string().trim().min(1).max(productSearchLengthMax).optional(),
  category: z.string().max(60).optional(),
  stock: z.enum(stockFilters).optional(),
  state: z.enum(["current", "archived"]).default("current"),
});
export type ProductFilters = z.output<typeof productFilters>;
export const productsQuery = productFilters.extend({
  cursor: id.optional(),
  limit: z.coerce.number().int().min(1).max(productsPerPageMax).default(50),
});
export const productsPage = z.object({
  products: z.array(product),
  categories: z.array(z.string()).describe("Of all products that are not archived."),
  next: id.nullable().describe("Ask again with it as `cursor`; null: there are no more."),
});
export type ProductsPage = z.infer<typeof productsPage>;

export const rowOrder = z.strictObject({
  ids: z
    .array(id)
    .min(1)
    .max(productsPerPageMax)
    .refine((ids) => new Set(ids).size === ids.length, "each may stand there once"),
});
