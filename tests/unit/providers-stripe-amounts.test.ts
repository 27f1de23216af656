import fc from "fast-check";
import { expect, test } from "vitest";
import { decimalsOf } from "#domain/money.ts";
import { takesAmount } from "#domain/payment-provider.ts";
import { amounts, fromStripe, toStripe } from "#providers/payments/stripe/amounts.ts";

const currencies = Object.keys(amounts);
const anyCurrency = fc.constantFrom(...currencies, "KRW", "UGX", "MGA", "KWD");
const anyAmount = fc.integer({ min: 0, max: 1_000_000_000 });

test("every amount that Stripe can name comes back as it went", () => {
  fc.assert(
    fc.property(anyCurrency, anyAmount, (currency, amountMinor) => {
      const there = toStripe(amountMinor, currency);
      fc.pre(there !== null);
      expect(fromStripe(there ?? -1, currency.toLowerCase())).toBe(amountMinor);
    }),
  );
});

test("every amount that is offered can be named, in whole units, and in proportion", () => {
  fc.assert(
    fc.property(fc.constantFrom(...currencies), fc.integer({ min: 1, max: 1000 }), (currency, steps) => {
      const { minMinor = 0, stepMinor = 1 } = amounts[currency] ?? {};
      const amountMinor = Math.ceil(minMinor / stepMinor) * stepMinor + steps * stepMinor;
      expect(takesAmount({ amounts }, { amountMinor, currency })).toBe(true);
      const [one, two] = [toStripe(amountMinor, currency) ?? 0, toStripe(2 * amountMinor, currency)];
      expect(Number.isSafeInteger(one)).toBe(true);
      expect(two).toBe(2 * one);
    }),
  );
});

test.each([
  ["COP", 8_500_000, 8_500_000],
  ["JPY", 500, 500],
  ["CLP", 12_990, 12_990],
  ["EUR", 1999, 1999],
  ["ISK", 5, 500],
  ["UGX", 5, 500],
  ["MGA", 500, 5],
])("%s: %i of ours are %i at Stripe", (currency, amountMinor, units) => {
  expect(toStripe(amountMinor, currency)).toBe(units);
  expect(fromStripe(units, currency.toLowerCase())).toBe(amountMinor);
});

test("a part of a minor unit is no amount, in either direction", () => {
  expect(fromStripe(550, "isk")).toBeNull();
  expect(toStripe(50, "MGA")).toBeNull();
  expect(toStripe(0.5, "EUR")).toBeNull();
  expect(fromStripe(Number.NaN, "eur")).toBeNull();
});

test("a minimum is at least one whole step, and none is offered above its maximum", () => {
  for (const [currency, { minMinor, maxMinor, stepMinor }] of Object.entries(amounts)) {
    expect(minMinor % stepMinor, currency).toBe(0);
    expect(minMinor, currency).toBeLessThan(maxMinor ?? Number.POSITIVE_INFINITY);
    expect([0, 2], currency).toContain(decimalsOf(currency));
  }
});
