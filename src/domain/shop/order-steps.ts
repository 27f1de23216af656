import type { OrderStatus } from "#contracts/shop/order.ts";

/** What a person may do with an order. `stock_back`: pieces can be sold again. */
export const orderActions = ["pack", "send", "deliver", "undo", "refund", "cancel", "stock_back"] as const;
export type OrderAction = (typeof orderActions)[number];

/** How it gets to the customer. `none`: nothing of it is a thing. */
export type DeliveryWay = "sent" | "picked_up" | "none";

/**
 * Every state has a way out: what is sent ends by a refund of all its pieces, what is not by a
 * cancellation. What is cancelled can still put its pieces back.
 */
export const orderWays: Record<OrderStatus, readonly OrderAction[]> = {
  paid: ["pack", "send", "deliver", "undo", "refund", "cancel", "stock_back"],
  packed: ["send", "deliver", "undo", "refund", "cancel", "stock_back"],
  sent: ["deliver", "undo", "refund", "stock_back"],
  delivered: ["undo", "refund", "stock_back"],
  cancelled: ["stock_back"],
};

export type StepLine = { quantity: number; isDigital: boolean; sent: number; refunded: number; dropped: number; stockBack: number };
export type StandingOrder = {
  orderStatus: OrderStatus;
  way: DeliveryWay;
  hasShipments: boolean;
  /** What was paid for the delivery and has not gone back. */
  shippingLeftMinor: number;
  lines: readonly StepLine[];
};

/** Pieces that wait for their parcel. */
export const sendable = ({ quantity, isDigital, sent, dropped }: StepLine): number => (isDigital ? 0 : quantity - sent - dropped);

/** Pieces whose money may still go back. */
export const refundable = ({ quantity, refunded }: StepLine): number => quantity - refunded;

/** Pieces that may come back into stock: those whose money went back, or all of a cancelled one. */
export function returnable(orderStatus: OrderStatus, { quantity, isDigital, refunded, stockBack }: StepLine): number {
  if (isDigital) return 0;
  return (orderStatus === "cancelled" ? quantity : refunded) - stockBack;
}

/** Whether the order can do this now. The order of the answers is that of `orderWays`. */
export function mayOrder(action: OrderAction, order: StandingOrder): boolean {
  if (!orderWays[order.orderStatus].includes(action)) return false;
  switch (action) {
    case "pack":
      return order.lines.some((line) => sendable(line) > 0);
    case "send":
      return order.way === "sent" && order.lines.some((line) => sendable(line) > 0);
    case "deliver":
      return order.way !== "sent" || order.orderStatus === "sent";
    case "undo":
      return order.orderStatus !== "paid" || order.hasShipments;
    case "stock_back":
      return order.lines.some((line) => returnable(order.orderStatus, line) > 0);
    case "refund":
      return order.shippingLeftMinor > 0 || order.lines.some((line) => refundable(line) > 0);
    case "cancel":
      return true;
    default:
      return action satisfies never;
  }
}

/** What an undo takes back: the newest step. */
export function undoneStep({ orderStatus, hasShipments }: StandingOrder): "deliver" | "send" | "pack" | null {
  if (orderStatus === "cancelled") return null;
  if (orderStatus === "delivered") return "deliver";
  if (hasShipments) return "send";
  return orderStatus === "packed" ? "pack" : null;
}

/** What the merchant does next, or null if nothing is left to do. */
export function nextAction(order: StandingOrder): "pack" | "send" | "deliver" | null {
  for (const action of ["pack", "send", "deliver"] as const) if (mayOrder(action, order)) return action;
  return null;
}

/** All pieces that are sent at all are on their way. */
export const isAllSent = (lines: readonly StepLine[]): boolean =>
  lines.some(({ sent }) => sent > 0) && lines.every((line) => sendable(line) === 0);
