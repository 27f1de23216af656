import { expect, test } from "vitest";
import { codeFrom, type DiscountTerms, discountProblem } from "#domain/shop/discounts.ts";
import { availabilityOf, piecesAllowed } from "#domain/shop/limits.ts";
import { gramsOf, priceOfShipping } from "#domain/shop/shipping.ts";

const steps = [
  { upToGrams: 1000, priceMinor: 800 },
  { upToGrams: 5000, priceMinor: 1500 },
];

test("the delivery by weight has the price of the first step that carries it", () => {
  const byWeight = { kind: "by_weight", priceMinor: 0, weightSteps: steps } as const;
  expect([0, 1000, 1001, 5000, 5001].map((grams) => priceOfShipping(byWeight, grams))).toEqual([800, 800, 1500, 1500, "too_heavy"]);
  expect(priceOfShipping({ kind: "flat", priceMinor: 700, weightSteps: [] }, 1_000_000)).toBe(700);
});

test("what is not sent weighs nothing", () => {
  const line = { weightGrams: 300, quantity: 4 };
  expect(
    gramsOf([
      { ...line, isDigital: false },
      { ...line, isDigital: true },
    ]),
  ).toBe(1200);
});

const at = (text: string) => new Date(`2026-11-27T${text}Z`);
const terms: DiscountTerms = {
  percent: 10,
  amountMinor: null,
  currency: "COP",
  startsAt: at("10:00:00"),
  endsAt: at("12:00:00"),
  minimumMinor: 1000,
  productIds: ["a"],
  isActive: true,
};
const bought = (productId: string, unitPriceMinor = 500) => ({ productId, unitPriceMinor, quantity: 2 });

test.each([
  ["counts from its first moment", {}, at("10:00:00"), [bought("a")], null],
  ["does not before", {}, at("09:59:59"), [bought("a")], "discount_not_yet"],
  ["does not from its end on", {}, at("12:00:00"), [bought("a")], "discount_over"],
  ["asks its minimum of what it counts for", {}, at("11:00:00"), [bought("a", 499), bought("b", 900)], "discount_minimum"],
  ["counts for its products", {}, at("11:00:00"), [bought("b")], "discount_not_for_these"],
  ["may be kept with an empty cart unless there is a minimum", { minimumMinor: null }, at("11:00:00"), [], null],
  ["is unknown in another currency", { currency: "EUR" }, at("11:00:00"), [bought("a")], "discount_unknown"],
  ["is unknown when it is switched off", { isActive: false }, at("11:00:00"), [bought("a")], "discount_unknown"],
])("a code %s", (_, changed, now, lines, problem) => {
  expect(discountProblem({ ...terms, ...changed }, { lines, currency: "COP", now })).toBe(problem);
});

test("a code is read as customers write it", () => {
  expect(codeFrom(" verano 10 ")).toBe("VERANO10");
  expect(codeFrom("ｖｅｒａｎｏ")).toBe("VERANO");
});

test("an order holds no more pieces of a product than its merchant allows", () => {
  expect(piecesAllowed({ perOrderMax: null, otherPieces: 30 })).toBe(970);
  expect(piecesAllowed({ perOrderMax: 5, otherPieces: 2 })).toBe(3);
  expect(piecesAllowed({ perOrderMax: 5, otherPieces: 7 })).toBe(0);
});

test("how many are left is told only when they are few", () => {
  expect([null, 6, 5, 1, 0, -1].map(availabilityOf)).toEqual([
    { state: "in_stock", left: null },
    { state: "in_stock", left: null },
    { state: "few_left", left: 5 },
    { state: "few_left", left: 1 },
    { state: "sold_out", left: 0 },
    { state: "sold_out", left: 0 },
  ]);
});
