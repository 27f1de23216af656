import fc from "fast-check";
import { expect, test } from "vitest";
import { amountDue, isSameMoney } from "#domain/money.ts";

const percent = fc.integer({ min: 1, max: 100 });
/** Whole units of a currency without cents at checkout: 0 to a hundred million pesos. */
const wholePrice = fc.integer({ min: 0, max: 100_000_000 }).map((units) => units * 100);
const centPrice = fc.integer({ min: 0, max: 10_000_000_000 });

const deposit = (priceMinor: number, depositPercent: number, currency: string) =>
  amountDue({ priceMinor, depositPercent, currency, chargeType: "partial" });

test("the total is the price, whatever the deposit says", () => {
  fc.assert(
    fc.property(centPrice, percent, (priceMinor, depositPercent) => {
      expect(amountDue({ priceMinor, depositPercent, currency: "COP", chargeType: "total" })).toBe(priceMinor);
    }),
  );
});

test("a deposit is an integer of at least its share, at most the price, and less than one unit above its share", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.tuple(wholePrice, fc.constantFrom("COP", "CLP", "PYG"), fc.constant(100)),
        fc.tuple(centPrice, fc.constantFrom("USD", "EUR", "BRL", "MXN"), fc.constant(1)),
      ),
      percent,
      ([priceMinor, currency, unit], depositPercent) => {
        const due = BigInt(deposit(priceMinor, depositPercent, currency));
        const shareTimes100 = BigInt(priceMinor) * BigInt(depositPercent);
        expect(due <= BigInt(priceMinor)).toBe(true);
        expect(due * 100n >= shareTimes100).toBe(true);
        expect((due - BigInt(unit)) * 100n < shareTimes100 || due === 0n).toBe(true);
      },
    ),
  );
});

test("a deposit in pesos is paid in whole pesos", () => {
  fc.assert(
    fc.property(wholePrice, percent, (priceMinor, depositPercent) => {
      expect(deposit(priceMinor, depositPercent, "COP") % 100).toBe(0);
    }),
  );
});

test("a higher percentage never costs less, and 100 % is the price", () => {
  fc.assert(
    fc.property(wholePrice, fc.integer({ min: 1, max: 99 }), (priceMinor, depositPercent) => {
      expect(deposit(priceMinor, depositPercent + 1, "COP")).toBeGreaterThanOrEqual(deposit(priceMinor, depositPercent, "COP"));
      expect(deposit(priceMinor, 100, "COP")).toBe(priceMinor);
    }),
  );
});

test.each([
  { priceMinor: 10_000_000, percent: 25, currency: "COP", due: 2_500_000 },
  { priceMinor: 9_999_900, percent: 25, currency: "COP", due: 2_500_000 },
  { priceMinor: 100, percent: 1, currency: "COP", due: 100 },
  { priceMinor: 333, percent: 50, currency: "EUR", due: 167 },
  { priceMinor: 0, percent: 50, currency: "COP", due: 0 },
])("$percent % of $priceMinor $currency is $due", ({ priceMinor, percent, currency, due }) => {
  expect(deposit(priceMinor, percent, currency)).toBe(due);
});

test("money is the same only in amount and currency", () => {
  expect(isSameMoney({ amountMinor: 100, currency: "COP" }, { amountMinor: 100, currency: "COP" })).toBe(true);
  expect(isSameMoney({ amountMinor: 100, currency: "COP" }, { amountMinor: 100, currency: "USD" })).toBe(false);
  expect(isSameMoney({ amountMinor: 100, currency: "COP" }, { amountMinor: 101, currency: "COP" })).toBe(false);
});
