import type { Discount, Line, Shipping } from "#domain/shop/totals.ts";

/** An exact rational. */
type Fraction = { over: bigint; under: bigint };
const fraction = (over: bigint | number, under: bigint | number = 1): Fraction => ({ over: BigInt(over), under: BigInt(under) });
const times = (a: Fraction, b: Fraction): Fraction => ({ over: a.over * b.over, under: a.under * b.under });
const plus = (a: Fraction, b: Fraction): Fraction => ({ over: a.over * b.under + b.over * a.under, under: a.under * b.under });
const by = (a: Fraction, b: Fraction): Fraction => ({ over: a.over * b.under, under: a.under * b.over });
const isLess = (a: Fraction, b: Fraction): boolean => a.over * b.under < b.over * a.under;
const floor = ({ over, under }: Fraction): bigint => over / under;
const halfUp = (value: Fraction): bigint => floor(plus(value, fraction(1, 2)));
const percentage = (percent: number): Fraction => fraction(Math.round(percent * 100), 10_000);

type Asked = { lines: readonly Line[]; discount: Discount; shipping: Shipping };

/** The rule of the shop's totals once more, slowly and with fractions: it hands out each unit alone. */
export function slowTotals({ lines, discount, shipping }: Asked) {
  const grosses = lines.map((line) => BigInt(line.unitPriceMinor) * BigInt(line.quantity));
  const bases = grosses.map((gross, index) => (lines[index]?.isDiscountable ? gross : 0n));
  const base = bases.reduce((a, b) => a + b, 0n);
  const wanted = wantedDiscount(base, discount);
  const shares = bases.map((own) => (base === 0n ? 0n : floor(by(fraction(own * wanted), fraction(base)))));
  while (shares.reduce((a, b) => a + b, 0n) < wanted) {
    let first = -1;
    let largest = fraction(-1);
    for (const [index, own] of bases.entries()) {
      const owed = plus(by(fraction(own * wanted), fraction(base)), fraction(-(shares[index] ?? 0n)));
      if (isLess(largest, owed)) [first, largest] = [index, owed];
    }
    shares[first] = (shares[first] ?? 0n) + 1n;
  }
  const paid = lines.map((line, index) => withTax((grosses[index] ?? 0n) - (shares[index] ?? 0n), line));
  const subTotal = grosses.reduce((a, b) => a + b, 0n);
  const goods = subTotal - wanted;
  const isFree = shipping === null || (shipping.freeFromMinor !== null && goods >= BigInt(shipping.freeFromMinor));
  const delivery = shipping && !isFree ? withTax(BigInt(shipping.priceMinor), shipping) : { tax: 0n, total: 0n };
  return {
    lines: paid.map(({ tax, total }, index) => ({
      grossMinor: Number(grosses[index]),
      discountMinor: Number(shares[index]),
      taxMinor: Number(tax),
      totalMinor: Number(total),
    })),
    subTotalMinor: Number(subTotal),
    discountMinor: Number(wanted),
    shippingMinor: Number(delivery.total),
    shippingTaxMinor: Number(delivery.tax),
    taxMinor: Number(paid.reduce((all, { tax }) => all + tax, delivery.tax)),
    totalMinor: Number(paid.reduce((all, { total }) => all + total, delivery.total)),
  };
}

function wantedDiscount(base: bigint, discount: Discount): bigint {
  if (!discount) return 0n;
  if ("percent" in discount) return floor(times(fraction(base), percentage(discount.percent)));
  return BigInt(discount.amountMinor) < base ? BigInt(discount.amountMinor) : base;
}

function withTax(net: bigint, { taxPercent, taxIncluded }: { taxPercent: number; taxIncluded: boolean }) {
  const rate = percentage(taxPercent);
  if (!taxIncluded) {
    const tax = halfUp(times(fraction(net), rate));
    return { tax, total: net + tax };
  }
  return { tax: halfUp(by(times(fraction(net), rate), plus(fraction(1), rate))), total: net };
}
