import type { ProductChanges } from "#contracts/shop-desk/products.ts";

/** Undefined fields stay as they are. */
export function productColumns(given: ProductChanges) {
  return {
    title: given.title,
    description: given.description,
    category: given.category,
    images: given.imageUrls && [...given.imageUrls],
    tax_percent: given.taxPercent,
    tax_included: given.taxIncluded,
    is_digital: given.isDigital,
    per_order_max: given.perOrderMax,
    translations: given.translations && JSON.stringify(given.translations),
    is_active: given.isActive,
  };
}
