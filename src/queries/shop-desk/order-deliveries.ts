import type { Deliveries } from "#contracts/desk/booking.ts";
import { inTenant } from "#platform/db.ts";
import { readDeliveries } from "../desk/booking-deliveries.ts";
import type { OrderViewer } from "./order-page.ts";
import { readOrder } from "./standing-order.ts";

/** What an order set in motion: mails, notices and callbacks. Refuses: order_unknown. */
export function loadOrderDeliveries({ viewer, orderId }: { viewer: OrderViewer; orderId: string }): Promise<Deliveries> {
  return inTenant(viewer.tenantId, async (tx) => {
    await readOrder(tx, orderId);
    return readDeliveries(tx, orderId);
  });
}
