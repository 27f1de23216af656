import { variantsMax } from "#contracts/shop-desk/limits.ts";
import { newProduct, variantGiven } from "#contracts/shop-desk/products.ts";
import type { ProductImportProblem } from "#contracts/shop-desk/products-import.ts";
import { priceOf } from "../price-cell.ts";
import { piecesOf, stockOf, taxOf, yesOrNo } from "./read-cells.ts";
import type { ProductColumn, ProductLine } from "./read-products-csv.ts";

type Merchant = { currency: string; taxPercent: number };
type ProductWords = {
  title: string;
  description: string;
  category: string | null;
  imageUrls: string[];
  taxPercent: number;
  taxIncluded: boolean;
  isDigital: boolean;
  perOrderMax: number | null;
  isActive: boolean;
};
export type WantedVariant = {
  line: number;
  title: string;
  sku: string | null;
  priceMinor: number;
  weightGrams: number;
  onHand: number | null;
  lowStockAt: number | null;
};
export type WantedProduct = ProductWords & { variants: WantedVariant[] };
type Refuse = (column: ProductColumn, problem: ProductImportProblem["problem"]) => null;

/**
 * Lines of one title are the variants of one product, wherever they stand. What is the product's
 * own stands in its first line; below, it may be left out, but may not be another. A problem names
 * its line, its column and what stood there.
 */
export function checkRows(
  lines: readonly ProductLine[],
  merchant: Merchant,
): { wanted: WantedProduct[]; problems: ProductImportProblem[] } {
  const problems: ProductImportProblem[] = [];
  const byTitle = new Map<string, { first: ProductLine; product: WantedProduct }>();
  const skus = new Set<string>();
  for (const row of lines) {
    const refuse: Refuse = (column, problem) => {
      problems.push({ line: row.line, column, value: row.values[column], problem });
      return null;
    };
    const key = row.values.product.toLowerCase();
    const known = byTitle.get(key) ?? { first: row, product: { ...productOf(row, merchant, refuse), variants: [] } };
    byTitle.set(key, known);
    if (known.first !== row) compare(known.first, row, refuse);
    const variant = variantOf(row, { currency: merchant.currency, isDigital: known.product.isDigital, refuse });
    const { variants } = known.product;
    if (variants.some(({ title }) => title.toLowerCase() === variant.title.toLowerCase())) refuse("variant", "variant_twice");
    else if (variants.length > 0 && [variant, ...variants].some(({ title }) => title === "")) refuse("variant", "variant_title_missing");
    if (variants.length === variantsMax) refuse("variant", "too_many_variants");
    if (variant.sku !== null && skus.has(variant.sku)) refuse("sku", "sku_twice");
    if (variant.sku !== null) skus.add(variant.sku);
    variants.push(variant);
  }
  return { wanted: [...byTitle.values()].map(({ product }) => product), problems };
}

const ofProduct = [
  ...(["category", "description", "tax_percent", "tax_included", "digital", "per_order_max", "images", "active"] as const),
];

function compare(first: ProductLine, row: ProductLine, refuse: Refuse): void {
  for (const column of ofProduct)
    if (row.values[column] !== "" && row.values[column] !== first.values[column]) refuse(column, "differs_from_above");
}

const { title, description, category, imageUrls, perOrderMax } = newProduct.shape;

function productOf({ values }: ProductLine, merchant: Merchant, refuse: Refuse): ProductWords {
  const images = imageUrls.safeParse(values.images.split(/\s+/u).filter((url) => url !== ""));
  const percent = values.tax_percent === "" ? merchant.taxPercent : taxOf(values.tax_percent);
  const most = values.per_order_max === "" ? null : piecesOf(values.per_order_max);
  if (!title.safeParse(values.product).success) refuse("product", "title_invalid");
  if (!description.safeParse(values.description).success) refuse("description", "description_invalid");
  if (values.category !== "" && !category.safeParse(values.category).success) refuse("category", "category_invalid");
  if (percent === null) refuse("tax_percent", "tax_invalid");
  if (values.per_order_max !== "" && !perOrderMax.safeParse(most ?? -1).success) refuse("per_order_max", "pieces_invalid");
  if (!images.success) refuse("images", "image_invalid");
  const either = (column: "tax_included" | "digital" | "active", fallback: boolean) =>
    values[column] === "" ? fallback : (yesOrNo(values[column]) ?? refuse(column, "yes_or_no") ?? fallback);
  return {
    title: values.product,
    description: values.description,
    category: values.category || null,
    imageUrls: images.data ?? [],
    taxPercent: percent ?? 0,
    taxIncluded: either("tax_included", true),
    isDigital: either("digital", false),
    perOrderMax: most,
    isActive: either("active", true),
  };
}

type Around = { currency: string; isDigital: boolean; refuse: Refuse };

function variantOf({ line, values }: ProductLine, { currency, isDigital, refuse }: Around): WantedVariant {
  const { shape } = variantGiven;
  const price = priceOf(values.price, currency);
  const stock = stockOf(values.stock);
  const low = values.low_at === "" ? null : piecesOf(values.low_at);
  const weight = values.weight_grams === "" ? 0 : piecesOf(values.weight_grams);
  if (!shape.title.safeParse(values.variant).success) refuse("variant", "variant_invalid");
  if (values.sku !== "" && !shape.sku.safeParse(values.sku).success) refuse("sku", "sku_invalid");
  if (price === null || !shape.priceMinor.safeParse(price).success) refuse("price", "price_invalid");
  if (stock === undefined || !shape.onHand.safeParse(stock).success) refuse("stock", "pieces_invalid");
  if (values.low_at !== "" && (low === null || !shape.lowStockAt.safeParse(low).success)) refuse("low_at", "pieces_invalid");
  if (weight === null || !shape.weightGrams.safeParse(weight).success) refuse("weight_grams", "weight_invalid");
  return {
    ...{ line, title: values.variant, sku: values.sku || null, priceMinor: price ?? 0, weightGrams: weight ?? 0 },
    ...{ onHand: isDigital ? null : (stock ?? null), lowStockAt: low },
  };
}
