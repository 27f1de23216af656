import type { Timeline } from "#contracts/desk/booking.ts";
import { inTenant } from "#platform/db.ts";
import { readTimeline } from "../merchant/timeline.ts";
import type { OrderViewer } from "./order-page.ts";
import { readOrder } from "./standing-order.ts";

/** Refuses: order_unknown. */
export function loadOrderTimeline({ viewer, orderId }: { viewer: OrderViewer; orderId: string }): Promise<Timeline> {
  return inTenant(viewer.tenantId, async (tx) => {
    await readOrder(tx, orderId);
    return { events: await readTimeline(tx, [orderId]) };
  });
}
