/** A code as its merchant has set it, at this moment. Uses are counted where they are claimed. */
export type DiscountTerms = {
  percent: number | null;
  amountMinor: number | null;
  currency: string;
  startsAt: Date | null;
  endsAt: Date | null;
  minimumMinor: number | null;
  /** It is null if it counts for all. */
  productIds: readonly string[] | null;
  isActive: boolean;
};
type Bought = { productId: string; unitPriceMinor: number; quantity: number };
type Asked = { lines: readonly Bought[]; currency: string; now: Date };

export const discountProblems = [
  "discount_unknown",
  "discount_not_yet",
  "discount_over",
  "discount_minimum",
  "discount_not_for_these",
] as const;
export type DiscountProblem = (typeof discountProblems)[number];

/** Why the code does not count for this cart. Returns null if it does. The end itself is over. */
export function discountProblem(terms: DiscountTerms, { lines, currency, now }: Asked): DiscountProblem | null {
  if (!terms.isActive || terms.currency !== currency) return "discount_unknown";
  if (terms.startsAt !== null && now < terms.startsAt) return "discount_not_yet";
  if (terms.endsAt !== null && now >= terms.endsAt) return "discount_over";
  const eligible = lines.filter(({ productId }) => countsFor(terms, productId));
  if (eligible.length === 0 && lines.length > 0) return "discount_not_for_these";
  const baseMinor = eligible.reduce((total, { unitPriceMinor, quantity }) => total + unitPriceMinor * quantity, 0);
  if (terms.minimumMinor !== null && baseMinor < terms.minimumMinor) return "discount_minimum";
  return null;
}

export function countsFor({ productIds }: Pick<DiscountTerms, "productIds">, productId: string): boolean {
  return productIds === null || productIds.includes(productId);
}

export function discountOf({ percent, amountMinor }: Pick<DiscountTerms, "percent" | "amountMinor">) {
  if (percent !== null) return { percent };
  return amountMinor === null ? null : { amountMinor };
}

/** In capitals, as it is stored; customers write it as they like. */
export const codeFrom = (given: string): string => given.normalize("NFKC").replace(/\s/g, "").toUpperCase();
