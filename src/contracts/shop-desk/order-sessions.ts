import { z } from "zod";
import { checkoutStatuses } from "#domain/checkout-states.ts";
import { declineReasons } from "#domain/choice/decline-reasons.ts";
import { deskBooking } from "../desk/booking.ts";
import { address, orderSessionStatuses, soldLine, soldShipping } from "../shop/order-session.ts";
import { ordersPerPageMax } from "./order-limits.ts";

const id = z.uuid();
const minor = z.int().min(0);
const instant = z.iso.datetime();

export const orderSessionsQuery = z.object({
  status: z.enum(orderSessionStatuses).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(ordersPerPageMax).optional(),
});

/**
 * Why it ended. `time`: nobody paid until its end (`hold_minutes`). `declined`: the customer tried
 * and no payment was approved. `replaced`: its cart was checked out again. `gave_up`: the customer
 * went back. `sold_out`: the money came when the stock had gone.
 */
export const sessionEnds = ["time", "declined", "replaced", "gave_up", "merchant", "sold_out", "reversed", "refunded"] as const;
export type SessionEnd = (typeof sessionEnds)[number];

export const orderSessionRow = z.object({
  id,
  status: z.enum(orderSessionStatuses),
  checkoutStatus: z.enum(checkoutStatuses),
  /** Null while it is active or if it is processed. */
  endedBecause: z.enum(sessionEnds).nullable(),
  declineReason: z.enum(declineReasons).nullable(),
  customer: z.object({ name: z.string(), email: z.string() }),
  titles: z.array(z.string()),
  pieces: minor,
  totalMinor: minor,
  currency: z.string(),
  createdAt: instant,
  expiresAt: instant,
  /** Of its order, once it is paid. */
  orderNumber: z.int().nullable(),
  payments: z.int().min(0),
});
export type OrderSessionRow = z.infer<typeof orderSessionRow>;

export const orderSessionsPage = z.object({ sessions: z.array(orderSessionRow), nextCursor: z.string().nullable() });
export type OrderSessionsPage = z.infer<typeof orderSessionsPage>;

export const deskOrderSession = orderSessionRow.omit({ payments: true, titles: true }).extend({
  sessionToken: z.string(),
  userId: z.string().nullable(),
  cartId: id,
  address: address.nullable(),
  shipping: soldShipping.nullable(),
  note: z.string().nullable(),
  lines: z.array(soldLine.omit({ unitPrice: true, total: true })),
  subTotalMinor: minor,
  discountMinor: minor,
  discountCode: z.string().nullable(),
  shippingMinor: minor,
  taxMinor: minor,
  holdMinutes: z.int().describe("The shop's setting: how long an order session keeps its stock."),
  mpPreferenceId: z
    .string()
    .nullable()
    .describe("What its last provider calls the payment page, where it names one: a preference, a session, a link."),
  /** Null for who may not see payments. */
  payments: deskBooking.shape.payments,
  timezone: z.string(),
  country: z.string(),
});
export type DeskOrderSession = z.infer<typeof deskOrderSession>;
