import fc from "fast-check";
import { expect, test } from "vitest";
import { type CheckoutStatus, checkoutStatuses } from "#domain/checkout-states.ts";
import { type ApprovedCharge, decideSettlement, type Settlement } from "#domain/settlement.ts";

const pesos = { amountMinor: 10_000_000, currency: "COP" };

/** Design §7, row by row: what approved money does, when amount and currency are right. */
const rows: Record<CheckoutStatus, Settlement> = {
  pending: { act: "take_capacity" },
  expired: { act: "take_capacity" },
  failed: { act: "take_capacity" },
  paid: { act: "refund", reason: "duplicate" },
  confirmed: { act: "refund", reason: "duplicate" },
  cancelled: { act: "refund", reason: "cancelled" },
};

const decide = (status: CheckoutStatus, more: Partial<ApprovedCharge> = {}, paidByThisCharge = false, isLate = false) =>
  decideSettlement({ charge: pesos, payment: pesos, checkout: { status, paidByThisCharge, isLate }, ...more });

test.each(checkoutStatuses.map((status) => [status, rows[status]] as const))(
  "approved money for a checkout that is %s: %o",
  (status, expected) => {
    expect(decide(status)).toEqual(expected);
  },
);

test("the charge that paid a checkout changes nothing more, whatever became of the checkout", () => {
  for (const status of checkoutStatuses) {
    expect(decide(status, {}, true)).toEqual({ act: "nothing" });
    expect(decide(status, { charge: { ...pesos, amountMinor: 1 } }, true)).toEqual({ act: "nothing" });
  }
});

test.each([
  ["one peso less", { amountMinor: 9_999_900, currency: "COP" }],
  ["one cent more", { amountMinor: 10_000_001, currency: "COP" }],
  ["another currency", { amountMinor: 10_000_000, currency: "USD" }],
])("%s never confirms: it goes back as a mismatch, whatever the checkout's status", (_name, charge) => {
  for (const status of checkoutStatuses) expect(decide(status, { charge })).toEqual({ act: "refund", reason: "mismatch" });
});

test("after the latest moment nothing is booked any more: what would have taken capacity goes back as late, and nothing else changes", () => {
  for (const status of checkoutStatuses) {
    const inTime = rows[status];
    expect(decide(status, {}, false, true)).toEqual(inTime.act === "take_capacity" ? { act: "give_up", reason: "late" } : inTime);
    expect(decide(status, {}, true, true)).toEqual({ act: "nothing" });
  }
});

test("approved money is always covered: the capacity, a refund, or a checkout that it has already paid", () => {
  const money = fc.record({ amountMinor: fc.integer({ min: 0, max: 3 }), currency: fc.constantFrom("COP", "USD") });
  const checkout = fc.record({ status: fc.constantFrom(...checkoutStatuses), paidByThisCharge: fc.boolean(), isLate: fc.boolean() });
  fc.assert(
    fc.property(fc.record({ charge: money, payment: money, checkout }), (input) => {
      const settled = decideSettlement(input);
      expect(settled.act === "nothing").toBe(input.checkout.paidByThisCharge);
      if (settled.act === "take_capacity") expect(input).toMatchObject({ payment: input.charge, checkout: { isLate: false } });
    }),
  );
});
