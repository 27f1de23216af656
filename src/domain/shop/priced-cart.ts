import { usualStepMinor } from "../money.ts";
import { countsFor, type DiscountProblem, type DiscountTerms, discountOf, discountProblem } from "./discounts.ts";
import { piecesAllowed } from "./limits.ts";
import { type LineTotals, type Shipping, type Totals, totalsOf } from "./totals.ts";

/** A line of a cart with what holds for its variant at this moment. */
export type StoredLine = {
  variantId: string;
  productId: string;
  quantity: number;
  /** Of one piece, as the customer saw it last. */
  seenPriceMinor: number;
  unitPriceMinor: number;
  taxPercent: number;
  taxIncluded: boolean;
  isDigital: boolean;
  weightGrams: number;
  perOrderMax: number | null;
  /** What nobody else is paying for. It is null if it cannot run out. */
  free: number | null;
  /** False once it is archived, switched off, or has another currency. */
  isSold: boolean;
};
export type StoredDiscount = DiscountTerms & { isUsedUp: boolean };
type Given<Line extends StoredLine> = {
  lines: readonly Line[];
  /** Without a code it is undefined; of a code that is gone it is null. */
  discount: StoredDiscount | null | undefined;
  currency: string;
  now: Date;
  shipping: Shipping;
};
export type CartProblem = DiscountProblem | "discount_used_up";

export type PricedLine<Line extends StoredLine> = Line & LineTotals & { quantityMax: number };
export type PricedCart<Line extends StoredLine> = {
  /** What is sold and paid. What is not sold any more is in no sum. */
  lines: PricedLine<Line>[];
  gone: Line[];
  totals: Totals;
  discountProblem: CartProblem | null;
  needsShipping: boolean;
};

/**
 * What a cart costs now: the page's sums and what its payment asks for come from here, so that they
 * cannot differ.
 */
export function priceCart<Line extends StoredLine>({ lines, discount, currency, now, shipping }: Given<Line>): PricedCart<Line> {
  const sold = lines.filter(({ isSold }) => isSold);
  const problem = problemOf(discount, { lines: sold, currency, now });
  const terms = discount && problem === null ? discount : null;
  const totals = totalsOf({
    lines: sold.map((line) => ({ ...line, isDiscountable: terms !== null && countsFor(terms, line.productId) })),
    discount: terms && discountOf(terms),
    shipping,
    stepMinor: usualStepMinor(currency),
  });
  return {
    lines: sold.map((line, index) => ({ ...line, ...lineTotals(totals, index), quantityMax: quantityMax(line, sold) })),
    gone: lines.filter(({ isSold }) => !isSold),
    totals,
    discountProblem: problem,
    needsShipping: sold.some(({ isDigital }) => !isDigital),
  };
}

type About = { lines: readonly StoredLine[]; currency: string; now: Date };

function problemOf(discount: StoredDiscount | null | undefined, about: About): CartProblem | null {
  if (discount === undefined) return null;
  if (discount === null) return "discount_unknown";
  return discountProblem(discount, about) ?? (discount.isUsedUp ? "discount_used_up" : null);
}

function lineTotals(totals: Totals, index: number): LineTotals {
  const found = totals.lines[index];
  if (!found) throw new Error("a line has no totals");
  return found;
}

/** The most that a line's quantity may be: what its merchant allows, and what is there. */
export function quantityMax(line: StoredLine, lines: readonly StoredLine[]): number {
  const allowed = piecesAllowed({ perOrderMax: line.perOrderMax, otherPieces: otherPieces(line, lines) });
  return Math.max(0, Math.min(allowed, line.free ?? allowed));
}

/** Whether the cart has more of the line's product than its merchant allows in one order. */
export function isOverLimit(line: StoredLine, lines: readonly StoredLine[]): boolean {
  return line.quantity > piecesAllowed({ perOrderMax: line.perOrderMax, otherPieces: otherPieces(line, lines) });
}

/** Pieces of other variants of the same product. */
function otherPieces(line: StoredLine, lines: readonly StoredLine[]): number {
  const others = lines.filter(({ productId, variantId }) => productId === line.productId && variantId !== line.variantId);
  return others.reduce((total, { quantity }) => total + quantity, 0);
}
