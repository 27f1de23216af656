import type { OrderStatus } from "#contracts/shop/order.ts";

type Times = { packedAt: unknown; sentAt: unknown; deliveredAt: unknown; isCancelled: boolean };

/** How far a paid order has come. */
export function orderStatusOf({ packedAt, sentAt, deliveredAt, isCancelled }: Times): OrderStatus {
  if (isCancelled) return "cancelled";
  if (deliveredAt !== null) return "delivered";
  if (sentAt !== null) return "sent";
  return packedAt === null ? "paid" : "packed";
}
