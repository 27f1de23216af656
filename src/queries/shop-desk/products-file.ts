import type { Product, ProductFilters, Variant } from "#contracts/shop-desk/products.ts";
import { toMajor } from "#domain/money.ts";
import { allProducts } from "./products.ts";

/** Named as an import reads them; it passes over what an import cannot say. */
export const productColumns = [
  ...["id", "product", "variant", "sku", "price", "currency", "stock", "low_at", "reserved", "category", "description"],
  ...["weight_grams", "tax_percent", "tax_included", "digital", "per_order_max", "images", "active"],
];

type Cells = (string | number | null)[];

/** A line for every variant of the products that the filters leave, piece by piece. */
export async function* productLines(wish: { tenantId: string; filters: ProductFilters }): AsyncGenerator<Cells[]> {
  for await (const products of allProducts(wish))
    yield products.flatMap((product) => product.variants.map((variant) => cellsOf(product, variant)));
}

const yesOrNo = (is: boolean) => (is ? "yes" : "no");

function cellsOf(product: Product, variant: Variant): Cells {
  const { priceMinor, currency, onHand, lowStockAt, reserved, weightGrams } = variant;
  return [
    ...[variant.id, product.title, variant.title, variant.sku, toMajor(priceMinor, currency), currency],
    ...[onHand ?? "unlimited", lowStockAt, reserved],
    ...[product.category, product.description, weightGrams, product.taxPercent, yesOrNo(product.taxIncluded), yesOrNo(product.isDigital)],
    ...[product.perOrderMax, product.imageUrls.join(" "), yesOrNo(product.isActive)],
  ];
}
