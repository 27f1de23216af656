import { z } from "zod";
import { productsCsvLengthMax } from "./limits.ts";

export const productsImport = z.strictObject({
  /** A header line, then one for each variant: product, variant, price, stock, … */
  csv: z.string().min(1).max(productsCsvLengthMax),
  /** Only says what would happen. */
  isTrial: z.boolean().default(false),
});

export const productImportProblems = [
  "header_missing",
  "column_unknown",
  "column_twice",
  "csv_unreadable",
  "too_many_rows",
  "no_rows",
  "title_invalid",
  "description_invalid",
  "category_invalid",
  "variant_invalid",
  "variant_twice",
  "variant_title_missing",
  "too_many_variants",
  "sku_invalid",
  "sku_taken",
  "sku_twice",
  "price_invalid",
  "tax_invalid",
  "yes_or_no",
  "pieces_invalid",
  "weight_invalid",
  "image_invalid",
  "differs_from_above",
] as const;
export type ProductImportProblem = { line: number; column: string; value: string; problem: (typeof productImportProblems)[number] };

/** `known`: a product of that name is there already, and stays as it is. */
export const productImportFates = ["new", "known"] as const;

export const productsImportAnswer = z.object({
  /** The first lines, as they were read. */
  rows: z.array(
    z.object({
      /** In the file, counted from 1 with the header. */
      line: z.int(),
      product: z.string(),
      variant: z.string(),
      priceMinor: z.int(),
      currency: z.string(),
      onHand: z.int().nullable(),
      fate: z.enum(productImportFates),
    }),
  ),
  /** Of lines. */
  counts: z.object({ new: z.int(), known: z.int() }),
  /** How many products the new lines are. */
  products: z.int(),
  /** The first 100. With one of them, nothing is added. */
  problems: z.array(z.object({ line: z.int(), column: z.string(), value: z.string(), problem: z.enum(productImportProblems) })),
  problemsCount: z.int(),
  /** Products that were made. 0 if it was a trial or if anything is wrong. */
  created: z.int(),
});
export type ProductsImportAnswer = z.infer<typeof productsImportAnswer>;
