import { z } from "zod";

const instant = z.iso.datetime({ offset: true });
const amountMinor = z.int().min(0);

export const orderStatuses = ["paid", "packed", "sent", "delivered", "cancelled"] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** What exists only because it is paid. */
export const order = z.object({
  /** Its order session's. */
  id: z.uuid(),
  number: z.int().min(1).describe("For people, from 1 in each shop."),
  userId: z.string().nullable(),
  total: z.number().describe("In whole units of the currency."),
  totalMinor: amountMinor,
  currency: z.string(),
  orderStatus: z.enum(orderStatuses),
  isPaid: z.boolean(),
  transactionId: z.string().describe("The payment, as its provider calls it."),
  paidAt: instant,
  packedAt: instant.nullable(),
  sentAt: instant.nullable(),
  deliveredAt: instant.nullable(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  trackingUrl: z.string().nullable(),
});
export type Order = z.infer<typeof order>;
