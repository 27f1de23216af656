import { takeDiscount } from "./spread.ts";

/** Amounts are integers of minor units. Percentages have at most two decimals. */
export type Line = {
  unitPriceMinor: number;
  quantity: number;
  taxPercent: number;
  /** Whether the price holds the tax already. Otherwise it is added. */
  taxIncluded: boolean;
  /** Whether the discount counts for it. */
  isDiscountable: boolean;
};
export type Discount = { percent: number } | { amountMinor: number } | null;
export type Shipping = {
  priceMinor: number;
  /** Of the goods after their discount, as their prices are shown. */
  freeFromMinor: number | null;
  taxPercent: number;
  taxIncluded: boolean;
} | null;
type Given = {
  lines: readonly Line[];
  discount: Discount;
  shipping: Shipping;
  /** The smallest amount in use in the currency (`usualStepMinor`): the total is payable. */
  stepMinor?: number;
};

export type LineTotals = {
  grossMinor: number;
  discountMinor: number;
  taxMinor: number;
  /** What is paid for it: the discount taken off, the tax in it. */
  totalMinor: number;
};
export type Totals = {
  lines: LineTotals[];
  /** Of the goods, as their prices are shown. */
  subTotalMinor: number;
  discountMinor: number;
  /** What is paid for the delivery, its tax in it. */
  shippingMinor: number;
  shippingTaxMinor: number;
  /** Of the lines and the delivery; within the total. */
  taxMinor: number;
  /** The part of the lines' tax that their prices do not hold. */
  taxAddedMinor: number;
  /** Sub-total less discount, with the added tax and the delivery. */
  totalMinor: number;
};

/**
 * The one rule for what a cart costs. A discount is spread over the lines by the largest remainder,
 * each line has its own tax, and the total is the sum of the lines and the delivery.
 */
export function totalsOf({ lines: given, discount, shipping, stepMinor = 1 }: Given): Totals {
  const grosses = given.map(({ unitPriceMinor, quantity }) => unitPriceMinor * quantity);
  const shares = takeDiscount({
    grosses: grosses.map((gross, index) => (given[index]?.isDiscountable ? gross : 0)),
    discount,
    stepMinor,
  });
  const lines = given.map((line, index) => {
    const grossMinor = grosses[index] ?? 0;
    const discountMinor = shares[index] ?? 0;
    return { grossMinor, discountMinor, ...taxed(grossMinor - discountMinor, line, stepMinor) };
  });
  const subTotalMinor = sum(grosses);
  const discountMinor = sum(shares);
  const goodsMinor = subTotalMinor - discountMinor;
  const delivery = taxed(shippingPrice(shipping, goodsMinor), shipping ?? untaxed, stepMinor);
  const goodsTotalMinor = sum(lines.map((line) => line.totalMinor));
  return {
    lines,
    subTotalMinor,
    discountMinor,
    shippingMinor: delivery.totalMinor,
    shippingTaxMinor: delivery.taxMinor,
    taxMinor: sum(lines.map((line) => line.taxMinor)) + delivery.taxMinor,
    taxAddedMinor: goodsTotalMinor - goodsMinor,
    totalMinor: goodsTotalMinor + delivery.totalMinor,
  };
}

function shippingPrice(shipping: Shipping, goodsMinor: number): number {
  if (!shipping) return 0;
  return shipping.freeFromMinor !== null && goodsMinor >= shipping.freeFromMinor ? 0 : shipping.priceMinor;
}

const untaxed = { taxPercent: 0, taxIncluded: true };
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Half is rounded up: what is added to what can be paid, what is within to the unit. */
function taxed(net: number, { taxPercent, taxIncluded }: Pick<Line, "taxPercent" | "taxIncluded">, stepMinor: number) {
  const percent = hundredths(taxPercent);
  if (taxIncluded) return { taxMinor: rounded(BigInt(net) * percent, 10_000n + percent), totalMinor: net };
  const step = BigInt(stepMinor);
  const taxMinor = rounded(BigInt(net) * percent, 10_000n * step) * stepMinor;
  return { taxMinor, totalMinor: net + taxMinor };
}

/** 19 percent are 1900. A percentage comes from a numeric(4, 2), so it is a near hundredth. */
const hundredths = (percent: number): bigint => BigInt(Math.round(percent * 100));

const rounded = (dividend: bigint, divisor: bigint): number => Number((2n * dividend + divisor) / (2n * divisor));

type Sold = { quantity: number; totalMinor: number };

/**
 * What goes back for so many pieces of a paid line. All pieces together, in whatever steps, give
 * exactly the line's total.
 */
export function refundOfLine(line: Sold, quantity: number, alreadyRefunded: number, stepMinor = 1): number {
  const after = alreadyRefunded + quantity;
  if (quantity < 0 || alreadyRefunded < 0 || after > line.quantity) throw new RangeError("more pieces than were sold");
  return shareOfPieces(line, after, stepMinor) - shareOfPieces(line, alreadyRefunded, stepMinor);
}

/** Rounded down, but for the last piece. */
function shareOfPieces({ quantity, totalMinor }: Sold, pieces: number, stepMinor: number): number {
  if (pieces === quantity) return totalMinor;
  const share = Number((BigInt(totalMinor) * BigInt(pieces)) / BigInt(quantity));
  return share - (share % stepMinor);
}
