import { z } from "zod";
import { checkoutPaymentStatuses } from "#domain/checkout-states.ts";
import { campaign } from "../checkout.ts";
import { noteLengthMax } from "../desk/limits.ts";
import { auditEntry } from "../merchant/audit.ts";
import { orderStatuses } from "../shop/order.ts";
import { address, soldShipping } from "../shop/order-session.ts";
import { carrierLengthMax, orderLinesMax, trackingLengthMax, trackingUrlLengthMax } from "./order-limits.ts";
import { cashDesk } from "./order-money.ts";

const id = z.uuid();
const instant = z.iso.datetime();
const minor = z.int().min(0);
const pieces = z.int().min(0);
/** Who did something. `name` is a member’s or a key’s, else null. */
const actor = auditEntry.shape.actor;

export const deliveryWays = ["sent", "picked_up", "none"] as const;

const deskOrderLine = z.object({
  /** From 1, as in the cart. Changes name a line by it. */
  place: z.int().min(1),
  variantId: id,
  productId: id,
  title: z.string(),
  variantTitle: z.string(),
  sku: z.string().nullable(),
  imageUrl: z.string().nullable(),
  isDigital: z.boolean(),
  quantity: z.int().min(1),
  unitPriceMinor: minor,
  discountMinor: minor,
  taxPercent: z.number(),
  taxIncluded: z.boolean(),
  taxMinor: minor,
  /** What was paid for the line: its discount taken off, its tax in it. */
  totalMinor: minor,
  sent: pieces,
  refunded: pieces,
  /** Pieces that wait for their parcel. */
  sendable: pieces,
  /** Pieces whose money may still go back. */
  refundable: pieces,
  /** Pieces that may be put back in stock. */
  returnable: pieces,
  stockBack: pieces,
});
export type DeskOrderLine = z.infer<typeof deskOrderLine>;

const shipment = z.object({
  id,
  at: instant,
  actor,
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  trackingUrl: z.string().nullable(),
  lines: z.array(z.object({ place: z.int(), quantity: z.int() })),
});

export const deskOrder = z.object({
  id,
  number: z.int().min(1),
  /** Grows with every step. With it as `version` a change is refused if somebody was faster. */
  version: z.int(),
  orderStatus: z.enum(orderStatuses),
  paymentStatus: z.enum(checkoutPaymentStatuses),
  /** How it gets to the customer. `none`: nothing of it is a thing. */
  way: z.enum(deliveryWays),
  createdAt: instant,
  paidAt: instant,
  packedAt: instant.nullable(),
  sentAt: instant.nullable(),
  deliveredAt: instant.nullable(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  trackingUrl: z.string().nullable(),
  transactionId: z.string(),
  timezone: z.string(),
  country: z.string(),
  userId: z.string().nullable(),
  customer: z.object({ name: z.string(), email: z.string(), phone: z.string(), locale: z.string() }),
  /** Null for who may not see customers. */
  customerId: id.nullable(),
  /** Whoever has it sees the order as its customer does. Null for who may not change orders. */
  customersUrl: z.string().nullable(),
  address: address.nullable(),
  shipping: soldShipping.nullable(),
  /** What the customer wrote. */
  note: z.string().nullable(),
  campaign: campaign.nullable(),
  lines: z.array(deskOrderLine),
  totals: z.object({
    currency: z.string(),
    subTotalMinor: minor,
    discountMinor: minor,
    discountCode: z.string().nullable(),
    shippingMinor: minor,
    taxMinor: minor,
    totalMinor: minor,
  }),
  shipments: z.array(shipment),
  ...cashDesk,
  notes: z.array(z.object({ id, text: z.string(), at: instant, actor })),
  /** What waits for the merchant. It is null if nothing does. */
  next: z.enum(["pack", "send", "deliver"]).nullable(),
  /** What an undo takes back. It is null if nothing can be. */
  undoes: z.enum(["deliver", "send", "pack"]).nullable(),
  /** What whoever asks may do now. */
  may: z.object({
    pack: z.boolean(),
    send: z.boolean(),
    deliver: z.boolean(),
    undo: z.boolean(),
    refund: z.boolean(),
    cancel: z.boolean(),
    stockBack: z.boolean(),
    answerReversal: z.boolean(),
    note: z.boolean(),
    /** Mails and callbacks hold the customer's data. */
    seeDeliveries: z.boolean(),
    changeDeliveries: z.boolean(),
  }),
});
export type DeskOrder = z.infer<typeof deskOrder>;

const piecesOf = z.strictObject({ place: z.int().min(1), quantity: z.int().min(1) });
const linesOf = <Line extends z.ZodType<{ place: number }>>(line: Line) =>
  z
    .array(line)
    .max(orderLinesMax)
    .refine((lines) => new Set(lines.map(({ place }) => place)).size === lines.length, "a line is named once");
const version = z.int().min(1).optional().describe("The order's, when the person decided. Another one is refused.");
const word = (lengthMax: number) => z.string().trim().min(1).max(lengthMax).nullable().optional();
const text = z.string().trim().min(1).max(noteLengthMax);

export const orderStep = z.strictObject({ version });
export const orderUndo = z.strictObject({
  version: z.int().min(1).describe("The order's, when the person decided. Another one is refused."),
});
export const orderSending = z.strictObject({
  carrier: word(carrierLengthMax),
  trackingNumber: word(trackingLengthMax),
  trackingUrl: z
    .url({ protocol: /^https?$/ })
    .max(trackingUrlLengthMax)
    .nullable()
    .optional(),
  lines: linesOf(piecesOf).min(1).optional().describe("What is in this parcel. Default: all that waits."),
  version,
});
export const orderCancellation = z.strictObject({
  stockBack: linesOf(piecesOf).default([]).describe("Pieces that can be sold again. What is not named is not counted back."),
  reason: text.optional().describe("Kept as a note."),
  seen: z
    .strictObject({ orderStatus: z.enum(orderStatuses), refundMinor: minor })
    .optional()
    .describe("What the person saw when they decided. Anything else is refused."),
});
export const orderRefund = z
  .strictObject({
    lines: linesOf(piecesOf.extend({ isStockBack: z.boolean().describe("Whether these pieces can be sold again.") })).default([]),
    shipping: z.boolean().default(false).describe("Also what was paid for the delivery."),
    seenLeftMinor: minor.describe("`money.leftMinor` when the person decided."),
    reason: z.enum(["requested", "withdrawal"]).default("requested"),
    withdrawnOn: z.iso
      .date()
      .optional()
      .describe("Of a withdrawal: the day of the customer's word, in the merchant's zone. Default: today."),
  })
  .refine(({ lines, shipping }) => lines.length > 0 || shipping, { path: ["lines"], message: "name a line or the delivery" });
export const orderStockBack = z.strictObject({ lines: linesOf(piecesOf).min(1) });
export const orderNote = z.strictObject({ text });
export type OrderSending = z.output<typeof orderSending>;
export type OrderCancellation = z.output<typeof orderCancellation>;
export type OrderRefund = z.output<typeof orderRefund>;
export type OrderPieces = z.output<typeof piecesOf>;
