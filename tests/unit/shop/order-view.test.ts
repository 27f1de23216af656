import { describe, expect, test } from "vitest";
import { isWaiting, viewOf, watchingOf } from "#app/order/confirmed/[id]/order-view.ts";
import { orderStateExample } from "#contracts/operations/shop/examples.ts";
import type { OrderSessionState } from "#contracts/shop/order-session.ts";

const early = { isLate: false, hasTimeLeft: true };
const over = { isLate: true, hasTimeLeft: false };
const refund = (reason: NonNullable<OrderSessionState["refund"]>["reason"]): OrderSessionState["refund"] => ({
  reason,
  state: "open",
  amountMinor: 1,
  currency: "COP",
  number: "R-1",
});
const unpaid: OrderSessionState = {
  ...orderStateExample,
  checkoutStatus: "pending",
  paymentStatus: "pending",
  status: "active",
  order: null,
};

describe("what an order's page says", () => {
  test.each([
    ["before the end", {}, early, "confirming"],
    ["for a while", {}, { ...early, isLate: true }, "late"],
    ["declined", { paymentStatus: "failed" }, early, "declined"],
    ["another amount came", { refund: refund("mismatch") }, early, "mismatch"],
    ["the end is over, and nobody knows", {}, over, "asking"],
    ["the same after a decline: not knowing is never a no", { paymentStatus: "failed" }, over, "asking"],
    ["an order that costs nothing", { totalMinor: 0 }, over, "late"],
    ["expired", { checkoutStatus: "expired" }, over, "expired"],
    ["expired without an answer", { checkoutStatus: "expired", isAwaitingAnswer: true }, over, "askingLate"],
    ["declined until the end", { checkoutStatus: "failed" }, over, "failed"],
    ["sold out while paying", { checkoutStatus: "cancelled", refund: refund("capacity_gone") }, over, "taken"],
    ["paid after it was given up", { checkoutStatus: "cancelled", refund: refund("cancelled") }, over, "refunded"],
    ["given up", { checkoutStatus: "cancelled" }, early, "left"],
  ] as const)("unpaid, %s", (_name, change, moment, view) => {
    expect(viewOf({ ...unpaid, ...change }, moment)).toBe(view);
  });

  test.each([
    ["paid", {}, "paid"],
    ["paid long ago", { checkoutStatus: "paid" }, "paid"],
    ["a part went back", { paymentStatus: "partly_refunded", refund: refund("requested") }, "paid"],
    ["all went back", { paymentStatus: "refunded" }, "reversed"],
    ["the bank took it back", { paymentStatus: "charged_back" }, "reversed"],
    ["cancelled by the merchant, with its money", { checkoutStatus: "cancelled", refund: refund("requested") }, "cancelled"],
  ] as const)("an order, %s", (_name, change, view) => {
    expect(viewOf({ ...orderStateExample, ...change }, over)).toBe(view);
  });

  test("the cart can be taken back only while nothing is known to be paid", () => {
    const views = ["confirming", "late", "declined", "mismatch", "asking", "askingLate", "paid", "taken", "left"] as const;
    expect(views.filter(isWaiting)).toEqual(["confirming", "late", "declined", "mismatch"]);
  });

  test("a page looks closely while somebody waits, and not at all when nothing can change", () => {
    expect(watchingOf(unpaid)).toBe("closely");
    expect(watchingOf({ ...unpaid, checkoutStatus: "expired", isAwaitingAnswer: true })).toBe("closely");
    expect(watchingOf(orderStateExample)).toBe("slowly");
    expect(watchingOf({ ...unpaid, checkoutStatus: "failed" })).toBe("a_while");
    expect(watchingOf({ ...unpaid, checkoutStatus: "cancelled" })).toBe("not");
  });
});
