import { describe, expect, test } from "vitest";
import { orderStatuses } from "#contracts/shop/order.ts";
import {
  isAllSent,
  mayOrder,
  nextAction,
  orderActions,
  orderWays,
  returnable,
  type StandingOrder,
  type StepLine,
  sendable,
  undoneStep,
} from "#domain/shop/order-steps.ts";
import { sessionEnd } from "#domain/shop/session-end.ts";

const line: StepLine = { quantity: 3, isDigital: false, sent: 0, refunded: 0, dropped: 0, stockBack: 0 };
const order: StandingOrder = { orderStatus: "paid", way: "sent", hasShipments: false, shippingLeftMinor: 0, lines: [line] };

describe("orders", () => {
  test.each(orderStatuses.filter((status) => status !== "cancelled"))("one that is %s has a way to its end", (status) => {
    expect(orderWays[status].some((action) => action === "cancel" || action === "refund")).toBe(true);
  });

  test("in each state one can do exactly this", () => {
    const sent = { ...line, sent: 3 };
    const may = (one: Partial<StandingOrder>) => orderActions.filter((action) => mayOrder(action, { ...order, ...one })).join(" ");
    expect(may({})).toBe("pack send refund cancel");
    expect(may({ orderStatus: "packed" })).toBe("send undo refund cancel");
    expect(may({ orderStatus: "sent", lines: [sent], hasShipments: true })).toBe("deliver undo refund");
    expect(may({ orderStatus: "delivered", lines: [sent], hasShipments: true })).toBe("undo refund");
    expect(may({ orderStatus: "cancelled" })).toBe("stock_back");
    expect(may({ orderStatus: "packed", way: "picked_up" })).toBe("deliver undo refund cancel");
    expect(may({ way: "none", lines: [{ ...line, isDigital: true }] })).toBe("deliver refund cancel");
  });

  test("pieces that were refunded before they were sent wait for no parcel", () => {
    expect(sendable({ ...line, refunded: 1, dropped: 1, sent: 1 })).toBe(1);
    expect(isAllSent([{ ...line, refunded: 1, dropped: 1, sent: 2 }])).toBe(true);
    expect(isAllSent([{ ...line, refunded: 3, dropped: 3 }])).toBe(false);
  });

  test("only pieces whose money went back are put back in stock, each once, and nothing digital", () => {
    expect(returnable("sent", { ...line, sent: 3, refunded: 2, stockBack: 1 })).toBe(1);
    expect(returnable("cancelled", { ...line, stockBack: 1 })).toBe(2);
    expect(returnable("cancelled", { ...line, isDigital: true })).toBe(0);
  });

  test("the newest step is taken back first", () => {
    expect(undoneStep({ ...order, orderStatus: "delivered", hasShipments: true })).toBe("deliver");
    expect(undoneStep({ ...order, orderStatus: "packed", hasShipments: true })).toBe("send");
    expect(undoneStep({ ...order, orderStatus: "packed" })).toBe("pack");
    expect([undoneStep(order), undoneStep({ ...order, orderStatus: "cancelled", hasShipments: true })]).toEqual([null, null]);
    expect([nextAction(order), nextAction({ ...order, orderStatus: "packed" })]).toEqual(["pack", "send"]);
  });
});

test("an order session says why it is over", () => {
  const ended = { status: "cancelled", reason: "cancelled", actor: "customer", isSoldOut: false } as const;
  expect(sessionEnd(ended)).toBe("gave_up");
  expect(sessionEnd({ ...ended, actor: "member:1" })).toBe("merchant");
  expect(sessionEnd({ ...ended, reason: "replaced" })).toBe("replaced");
  expect(sessionEnd({ ...ended, isSoldOut: true })).toBe("sold_out");
  expect([sessionEnd({ ...ended, status: "expired" }), sessionEnd({ ...ended, status: "failed" })]).toEqual(["time", "declined"]);
  expect([sessionEnd({ ...ended, status: "pending" }), sessionEnd({ ...ended, status: "confirmed" })]).toEqual([null, null]);
});
