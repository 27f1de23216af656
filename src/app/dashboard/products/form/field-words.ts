const known = ["title", "description", "category", "imageUrls", "taxPercent", "perOrderMax", "variants"] as const;
const ofVariants = ["title", "sku", "priceMinor", "weightGrams", "onHand", "lowStockAt"] as const;
const variantWords = {
  title: "variantTitle",
  sku: "sku",
  priceMinor: "priceMinor",
  weightGrams: "weightGrams",
  onHand: "onHand",
  lowStockAt: "lowStockAt",
} as const;

/** `variants.2.sku` has the words of every SKU, `translations.en.title` those of a title. */
export function fieldWordOf(field: string): (typeof known)[number] | (typeof variantWords)[keyof typeof variantWords] | "other" {
  const [first = "", ...rest] = field.split(".");
  const last = rest.at(-1) ?? first;
  if (first === "variants" && rest.length > 0) return variantWords[ofVariants.find((name) => name === last) ?? "title"];
  return known.find((name) => name === (first === "translations" ? last : first)) ?? "other";
}
