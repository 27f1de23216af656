import { z } from "zod";
import { checkoutPaymentStatuses } from "#domain/checkout-states.ts";
import { calendarDate } from "../dates.ts";
import { orderStatuses } from "../shop/order.ts";
import { deliveryWays } from "./order.ts";
import { orderSearchLengthMax, ordersPerPageMax } from "./order-limits.ts";

export const orderFilters = z.object({
  status: z.enum(orderStatuses).optional(),
  from: calendarDate.optional(),
  to: calendarDate.optional(),
  search: z.string().trim().max(orderSearchLengthMax).optional(),
});
export type OrderFilters = z.infer<typeof orderFilters>;

export const ordersQuery = orderFilters.extend({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(ordersPerPageMax).optional(),
});

const minor = z.int().min(0);
const instant = z.iso.datetime();

export const orderRow = z.object({
  id: z.uuid(),
  number: z.int().min(1),
  orderStatus: z.enum(orderStatuses),
  paymentStatus: z.enum(checkoutPaymentStatuses),
  way: z.enum(deliveryWays),
  customer: z.object({ name: z.string(), email: z.string(), phone: z.string() }),
  /** Where it is sent. It is null if it is picked up, or nothing is sent. */
  city: z.string().nullable(),
  pieces: z.int().min(0),
  /** Of them, on their way. */
  sentPieces: z.int().min(0),
  /** Titles of its first lines, as many as fit a row. */
  titles: z.array(z.string()),
  linesCount: z.int().min(1),
  totalMinor: minor,
  /** Gone, or on its way back. */
  sentBackMinor: minor,
  currency: z.string(),
  paidAt: instant,
  sentAt: instant.nullable(),
  deliveredAt: instant.nullable(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
});
export type OrderRow = z.infer<typeof orderRow>;

export const ordersPage = z.object({ orders: z.array(orderRow), nextCursor: z.string().nullable() });
export type OrdersPage = z.infer<typeof ordersPage>;

/** How many stand where. `cancelled` and `delivered` are counted up to 1000. */
export const orderCounts = z.object({
  paid: z.int().min(0),
  packed: z.int().min(0),
  sent: z.int().min(0),
  delivered: z.int().min(0),
  cancelled: z.int().min(0),
});
export type OrderCounts = z.infer<typeof orderCounts>;
