import { expect, test } from "vitest";
import { limitsOf, mayBeSlow, type PaymentWish, type UnfitReason, unfitReason } from "#domain/choice/payment-offers.ts";
import type { PaymentCapabilities } from "#domain/payment-provider.ts";

const capabilities: PaymentCapabilities = {
  amounts: { COP: { minMinor: 1000, maxMinor: 50_000, stepMinor: 100 }, EUR: { minMinor: 50, maxMinor: null, stepMinor: 1 } },
  countries: ["CO"],
  asksFor: [],
  lookup: "by_reference",
  pageMinutesMin: 30,
  canCloseEarly: false,
  signatureCovers: "all",
  refunds: { voidByApi: false, refundByApi: false, partial: false, idempotencyKey: false },
  pendingHoursMax: 1,
};
const wish: PaymentWish = { amountMinor: 5000, currency: "COP", country: "CO", pageMinutes: 30 };

test.each<[UnfitReason | null, Partial<PaymentWish>]>([
  [null, {}],
  ["country", { country: "FR" }],
  ["currency", { currency: "USD" }],
  ["too_little", { amountMinor: 900 }],
  ["too_much", { amountMinor: 50_100 }],
  ["unused_decimals", { amountMinor: 5050 }],
  ["page_too_long", { pageMinutes: 29 }],
])("%s is why an account is not offered", (reason, change) => {
  expect(unfitReason({ capabilities, limits: {} }, { ...wish, ...change })).toBe(reason);
});

test("a page that can be closed is offered, however short the time", () => {
  expect(unfitReason({ capabilities: { ...capabilities, canCloseEarly: true }, limits: {} }, { ...wish, pageMinutes: 1 })).toBeNull();
});

test("what one account takes narrows, never widens, and leaves out the currencies that it does not name", () => {
  const limits = { COP: { minMinor: 500, maxMinor: 90_000 } };
  expect(limitsOf({ capabilities, limits }, "COP")).toEqual({ minMinor: 1000, maxMinor: 50_000, stepMinor: 100 });
  expect(limitsOf({ capabilities, limits }, "EUR")).toBeNull();
});

test("slow methods are offered only if their last answer comes while capacity waits and money counts", () => {
  const [sooner, payableUntil, later] = [1000, 2000, 3000].map((at) => new Date(at));
  if (!sooner || !payableUntil || !later) throw new Error("three moments were made");
  expect(mayBeSlow({ payableUntil, keptUntil: later, settleUntil: later })).toBe(true);
  expect(mayBeSlow({ payableUntil, keptUntil: later, settleUntil: null })).toBe(true);
  expect(mayBeSlow({ payableUntil, keptUntil: null, settleUntil: later })).toBe(false);
  expect(mayBeSlow({ payableUntil, keptUntil: sooner, settleUntil: later })).toBe(false);
  expect(mayBeSlow({ payableUntil, keptUntil: later, settleUntil: sooner })).toBe(false);
});
