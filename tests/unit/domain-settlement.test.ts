import fc from "fast-check";
import { expect, test } from "vitest";
import { type BookingStatus, bookingStatus } from "#contracts/checkout.ts";
import { type ApprovedCharge, decideSettlement, type Settlement } from "#domain/settlement.ts";

const pesos = { amountMinor: 10_000_000, currency: "COP" };

/** Design §7, row by row: what approved money does, when amount and currency are right. */
const rows: Record<BookingStatus, Settlement> = {
  pending: { act: "take_slot" },
  expired: { act: "take_slot" },
  failed: { act: "take_slot" },
  paid: { act: "refund", reason: "duplicate" },
  confirmed: { act: "refund", reason: "duplicate" },
  completed: { act: "refund", reason: "duplicate" },
  no_show: { act: "refund", reason: "duplicate" },
  cancelled: { act: "refund", reason: "cancelled" },
};

const decide = (status: BookingStatus, more: Partial<ApprovedCharge> = {}, paidByThisCharge = false) =>
  decideSettlement({ charge: pesos, payment: pesos, booking: { status, paidByThisCharge }, ...more });

test.each(Object.entries(rows))("approved money for a booking that is %s: %o", (status, expected) => {
  expect(decide(bookingStatus.parse(status))).toEqual(expected);
});

test("the charge that paid a booking changes nothing more, whatever became of the booking", () => {
  for (const status of bookingStatus.options) {
    expect(decide(status, {}, true)).toEqual({ act: "nothing" });
    expect(decide(status, { charge: { ...pesos, amountMinor: 1 } }, true)).toEqual({ act: "nothing" });
  }
});

test.each([
  ["one peso less", { amountMinor: 9_999_900, currency: "COP" }],
  ["one cent more", { amountMinor: 10_000_001, currency: "COP" }],
  ["another currency", { amountMinor: 10_000_000, currency: "USD" }],
])("%s never confirms: it goes back as a mismatch, whatever the booking's state", (_name, charge) => {
  for (const status of bookingStatus.options) expect(decide(status, { charge })).toEqual({ act: "refund", reason: "mismatch" });
});

test("approved money is always covered: the slot, a refund, or a booking that it has already paid", () => {
  const money = fc.record({ amountMinor: fc.integer({ min: 0, max: 3 }), currency: fc.constantFrom("COP", "USD") });
  const booking = fc.record({ status: fc.constantFrom(...bookingStatus.options), paidByThisCharge: fc.boolean() });
  fc.assert(
    fc.property(fc.record({ charge: money, payment: money, booking }), (input) => {
      const settled = decideSettlement(input);
      expect(settled.act === "nothing").toBe(input.booking.paidByThisCharge);
      if (settled.act === "take_slot") expect(input.charge).toEqual(input.payment);
    }),
  );
});
