import fc from "fast-check";
import { expect, test } from "vitest";
import { refundOfLine, totalsOf } from "#domain/shop/totals.ts";
import { slowTotals } from "./fractions.ts";

const percent = (max: number) => fc.integer({ min: 0, max: max * 100 }).map((hundredths) => hundredths / 100);
const taxPercent = fc.oneof(fc.constantFrom(0, 5, 5.5, 8, 10, 16, 19, 20, 21), percent(99));
const amount = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 100_000_000 }));
const line = fc.record({
  unitPriceMinor: amount,
  quantity: fc.integer({ min: 1, max: 1000 }),
  taxPercent,
  taxIncluded: fc.boolean(),
  isDiscountable: fc.boolean(),
});
const lines = fc.array(line, { minLength: 1, maxLength: 12 });
const discount = fc.oneof(
  fc.constant(null),
  percent(100).map((value) => ({ percent: value })),
  fc.integer({ min: 1, max: 1_000_000_000 }).map((amountMinor) => ({ amountMinor })),
);
const shipping = fc.option(fc.record({ priceMinor: amount, freeFromMinor: fc.option(amount), taxPercent, taxIncluded: fc.boolean() }));

test("totals are those of the slow reference with fractions", () => {
  fc.assert(
    fc.property(lines, discount, shipping, (given, off, delivery) => {
      const { taxAddedMinor: _, ...totals } = totalsOf({ lines: given, discount: off, shipping: delivery });
      expect(totals).toEqual(slowTotals({ lines: given, discount: off, shipping: delivery }));
    }),
    { numRuns: 2000 },
  );
});

test("what is shown adds up: lines, sub-total, discount, tax and delivery to the total", () => {
  fc.assert(
    fc.property(lines, discount, shipping, fc.constantFrom(1, 100), (given, off, delivery, stepMinor) => {
      const totals = totalsOf({ lines: given, discount: off, shipping: delivery, stepMinor });
      const sum = (of: (each: (typeof totals.lines)[number]) => number) => totals.lines.reduce((all, each) => all + of(each), 0);
      expect(sum(({ totalMinor }) => totalMinor) + totals.shippingMinor).toBe(totals.totalMinor);
      expect(totals.subTotalMinor - totals.discountMinor + totals.taxAddedMinor + totals.shippingMinor).toBe(totals.totalMinor);
      expect(sum(({ discountMinor }) => discountMinor)).toBe(totals.discountMinor);
      expect(sum(({ taxMinor }) => taxMinor) + totals.shippingTaxMinor).toBe(totals.taxMinor);
      for (const [index, each] of totals.lines.entries()) {
        expect(each.discountMinor).toBeGreaterThanOrEqual(0);
        expect(each.discountMinor).toBeLessThanOrEqual(each.grossMinor);
        expect(each.taxMinor).toBeLessThanOrEqual(each.totalMinor);
        if (!given[index]?.isDiscountable) expect(each.discountMinor).toBe(0);
      }
    }),
    { numRuns: 2000 },
  );
});

test("with prices in whole pesos every total can be paid in whole pesos", () => {
  const whole = (each: fc.Arbitrary<number>) => each.map((value) => value * 100);
  const wholeLine = line.chain((each) => whole(amount).map((unitPriceMinor) => ({ ...each, unitPriceMinor })));
  const wholeShipping = fc.option(
    fc.record({ priceMinor: whole(amount), freeFromMinor: fc.option(amount), taxPercent, taxIncluded: fc.boolean() }),
  );
  const wholeDiscount = fc.oneof(
    fc.constant(null),
    percent(100).map((value) => ({ percent: value })),
    whole(fc.integer({ min: 1, max: 10_000_000 })).map((amountMinor) => ({ amountMinor })),
  );
  fc.assert(
    fc.property(fc.array(wholeLine, { minLength: 1, maxLength: 8 }), wholeDiscount, wholeShipping, (given, off, delivery) => {
      const totals = totalsOf({ lines: given, discount: off, shipping: delivery, stepMinor: 100 });
      expect(totals.totalMinor % 100).toBe(0);
      for (const { totalMinor } of totals.lines) expect(totalMinor % 100).toBe(0);
    }),
    { numRuns: 1000 },
  );
});

test("all pieces of a line, given back in any steps, give exactly what was paid for it", () => {
  const sold = fc.record({ quantity: fc.integer({ min: 1, max: 200 }), totalMinor: amount });
  fc.assert(
    fc.property(sold, fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 200 }), fc.constantFrom(1, 100), (given, steps, stepMinor) => {
      let back = 0;
      let refundedMinor = 0;
      for (const step of [...steps, given.quantity]) {
        const quantity = Math.min(step, given.quantity - back);
        const amountMinor = refundOfLine(given, quantity, back, stepMinor);
        expect(amountMinor).toBeGreaterThanOrEqual(0);
        refundedMinor += amountMinor;
        back += quantity;
      }
      expect([back, refundedMinor]).toEqual([given.quantity, given.totalMinor]);
    }),
    { numRuns: 1000 },
  );
});

test("a refund of more pieces than were sold is a mistake", () => {
  expect(() => refundOfLine({ quantity: 3, totalMinor: 300 }, 2, 2)).toThrow(RangeError);
  expect(refundOfLine({ quantity: 3, totalMinor: 100 }, 1, 0)).toBe(33);
  expect(refundOfLine({ quantity: 3, totalMinor: 100 }, 2, 1)).toBe(67);
});

test("ten percent of three lines goes to the largest remainder, then to the earlier line", () => {
  const each = { quantity: 1, taxPercent: 0, taxIncluded: true, isDiscountable: true };
  const totals = totalsOf({
    lines: [5, 5, 5].map((unitPriceMinor) => ({ ...each, unitPriceMinor })),
    discount: { percent: 10 },
    shipping: null,
  });
  expect(totals.lines.map(({ discountMinor }) => discountMinor)).toEqual([1, 0, 0]);
  expect(totals.totalMinor).toBe(14);
});

test("tax is within the price or added to it, half rounded up, and the delivery's too", () => {
  const each = { quantity: 1, isDiscountable: true, taxPercent: 19 };
  const totals = totalsOf({
    lines: [
      { ...each, unitPriceMinor: 11_900, taxIncluded: true },
      { ...each, unitPriceMinor: 10_050, taxIncluded: false },
    ],
    discount: null,
    shipping: { priceMinor: 595, freeFromMinor: null, taxPercent: 19, taxIncluded: true },
  });
  expect(totals).toEqual({
    lines: [
      { grossMinor: 11_900, discountMinor: 0, taxMinor: 1900, totalMinor: 11_900 },
      { grossMinor: 10_050, discountMinor: 0, taxMinor: 1910, totalMinor: 11_960 },
    ],
    subTotalMinor: 21_950,
    discountMinor: 0,
    shippingMinor: 595,
    shippingTaxMinor: 95,
    taxMinor: 3905,
    taxAddedMinor: 1910,
    totalMinor: 24_455,
  });
});
