import { Refusal } from "#contracts/problem.ts";
import { orderStatusOf } from "#domain/shop/order-status.ts";
import type { DeliveryWay, StandingOrder, StepLine } from "#domain/shop/order-steps.ts";
import type { Tx } from "#platform/db.ts";
import type { CheckoutRow, OrderShipmentRow, ShopOrderRow } from "#platform/rows.ts";
import type { OrderLineRow, OrderSessionRow } from "../shop/sold-session.ts";

export type OrderRows = {
  checkout: CheckoutRow;
  order: ShopOrderRow;
  session: OrderSessionRow;
  lines: OrderLineRow[];
  /** The newest first. */
  shipments: OrderShipmentRow[];
};

/** Everything that decides what may be done with an order. Refuses: order_unknown. */
export async function readOrder(tx: Tx, id: string): Promise<OrderRows & { standing: StandingOrder }> {
  const order = await tx.selectFrom("shop_order").selectAll().where("id", "=", id).executeTakeFirst();
  if (!order) throw new Refusal("order_unknown");
  const checkout = await tx.selectFrom("checkout").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  const session = await tx.selectFrom("order_session").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  const lines = await tx.selectFrom("order_line").selectAll().where("order_id", "=", id).orderBy("place").execute();
  const shipments = await tx
    .selectFrom("order_shipment")
    .selectAll()
    .where("order_id", "=", id)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .execute();
  const rows = { checkout, order, session, lines, shipments };
  return { ...rows, standing: standingOf(rows) };
}

export function standingOf({ checkout, order, session, lines, shipments }: OrderRows): StandingOrder {
  const { packed_at: packedAt, sent_at: sentAt, delivered_at: deliveredAt } = order;
  return {
    orderStatus: orderStatusOf({ packedAt, sentAt, deliveredAt, isCancelled: checkout.status === "cancelled" }),
    way: wayOf(session.shipping),
    hasShipments: shipments.length > 0,
    shippingLeftMinor: order.is_shipping_refunded ? 0 : session.shipping_minor,
    lines: lines.map(stepLineOf),
  };
}

export const stepLineOf = (line: OrderLineRow): StepLine => ({
  quantity: line.quantity,
  isDigital: line.is_digital,
  sent: line.sent,
  refunded: line.refunded,
  dropped: line.dropped,
  stockBack: line.stock_back,
});

/** `shipping` as order_session keeps it. */
export function wayOf(shipping: unknown): DeliveryWay {
  if (shipping === null || typeof shipping !== "object") return "none";
  return "kind" in shipping && shipping.kind === "pickup" ? "picked_up" : "sent";
}
