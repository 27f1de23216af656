import type { Deliveries, Timeline } from "../../desk/booking.ts";
import type { DeskOrder } from "../../shop-desk/order.ts";
import type { DeskOrderSession, OrderSessionRow } from "../../shop-desk/order-sessions.ts";
import type { OrderRow } from "../../shop-desk/orders-list.ts";
import { orderAnswerExample, orderIdExample, productIdExample } from "./examples.ts";

const [sold] = orderAnswerExample.cartItems;
if (!sold) throw new Error("the example has a line");
const { currency, totalMinor, subTotalMinor, discountsMinor, discountCode, shippingMinor, taxMinor, address, shipping } =
  orderAnswerExample;
const { unitPrice: _, total: __, ...line } = sold;
const paidAt = "2026-11-21T15:03:27.000Z";
const packedAt = "2026-11-21T16:20:00.000Z";
const laura = { kind: "member", id: "0199c0de-0000-7000-8000-00000000000d", name: "Laura Restrepo" };
const customer = { name: "Ana María Pérez", email: "ana@example.com", phone: "+573001234567" };
const tracking = { carrier: "Servientrega", trackingNumber: "2098761234", trackingUrl: "https://www.servientrega.com/rastreo/2098761234" };

export const deskOrderExample: DeskOrder = {
  id: orderIdExample,
  number: 1042,
  version: 2,
  orderStatus: "packed",
  paymentStatus: "paid",
  way: "sent",
  createdAt: "2026-11-21T15:00:00.000Z",
  paidAt,
  packedAt,
  sentAt: null,
  deliveredAt: null,
  carrier: null,
  trackingNumber: null,
  trackingUrl: null,
  transactionId: "1292-1602113476-10985",
  timezone: "America/Bogota",
  country: "CO",
  userId: null,
  customer: { ...customer, locale: "es" },
  customerId: "0199c0de-0000-7000-8000-000000000041",
  customersUrl: `https://pay.example.com/order/confirmed/${orderIdExample}?token=${orderAnswerExample.token}`,
  address,
  shipping,
  note: "Dejar en la portería.",
  campaign: { utm_source: "instagram" },
  lines: [
    {
      place: 1,
      productId: productIdExample,
      ...line,
      ...{ sent: 0, refunded: 0, sendable: line.quantity, refundable: line.quantity, returnable: 0, stockBack: 0 },
    },
  ],
  totals: { currency, subTotalMinor, discountMinor: discountsMinor, discountCode, shippingMinor, taxMinor, totalMinor },
  shipments: [],
  money: {
    ...{ paidMinor: totalMinor, sentBackMinor: 0, underWayMinor: 0, leftMinor: totalMinor },
    ...{ shippingLeftMinor: shippingMinor, stepMinor: 5000 },
  },
  payments: [],
  refundCases: [],
  refundedLines: [],
  outsideRefunds: [],
  disputes: [],
  isBlockedByDispute: false,
  reversalAnswer: null,
  withdrawal: { boughtOn: "2026-11-21", today: "2026-11-21", until: null, beginsLater: true },
  notes: [{ id: "0199c0de-0000-7000-8000-000000000051", text: "Es un regalo: sin factura en la caja.", at: packedAt, actor: laura }],
  next: "send",
  undoes: "pack",
  may: {
    ...{ pack: false, send: true, deliver: false, undo: true },
    ...{ refund: true, cancel: true, stockBack: false, answerReversal: false, note: true },
    ...{ seeDeliveries: true, changeDeliveries: true },
  },
};

export const sentOrderExample = { ...tracking, version: 2 };

export const orderTimelineExample: Timeline = {
  events: [
    {
      id: "0199c0de-0000-7000-8000-000000000052",
      at: packedAt,
      action: "order_packed",
      kind: "order.packed",
      actor: laura,
      details: {},
    },
  ],
};

export const orderDeliveriesExample: Deliveries = {
  followUps: [
    {
      id: "0199c0de-0000-7000-8000-000000000053",
      job: "mail-customer-order",
      event: "order.paid",
      state: "done",
      attempts: 1,
      lastError: null,
      nextAt: null,
      doneAt: "2026-11-21T15:03:29.000Z",
      mayRunAgain: false,
      callback: null,
    },
  ],
};

export const orderRowExample: OrderRow = {
  id: orderIdExample,
  number: 1042,
  orderStatus: "sent",
  paymentStatus: "paid",
  way: "sent",
  customer,
  city: address?.city ?? null,
  pieces: line.quantity,
  sentPieces: line.quantity,
  titles: [line.title],
  linesCount: 1,
  totalMinor,
  sentBackMinor: 0,
  currency,
  paidAt,
  sentAt: "2026-11-22T14:00:00.000Z",
  deliveredAt: null,
  carrier: tracking.carrier,
  trackingNumber: tracking.trackingNumber,
};

export const orderSessionRowExample: OrderSessionRow = {
  id: orderIdExample,
  status: "active",
  checkoutStatus: "pending",
  endedBecause: null,
  declineReason: null,
  customer: { name: customer.name, email: customer.email },
  titles: [line.title],
  pieces: line.quantity,
  totalMinor,
  currency,
  createdAt: "2026-11-21T15:00:00.000Z",
  expiresAt: orderAnswerExample.expiresAt,
  orderNumber: null,
  payments: 1,
};

const { payments: ___, titles: ____, ...head } = orderSessionRowExample;
export const deskOrderSessionExample: DeskOrderSession = {
  ...head,
  sessionToken: orderAnswerExample.sessionToken,
  userId: null,
  cartId: "3f0c7d52-6a1e-4b8f-9c2d-5e7a1b4c8d90",
  address,
  shipping,
  note: null,
  lines: [line],
  subTotalMinor,
  discountMinor: discountsMinor,
  discountCode,
  shippingMinor,
  taxMinor,
  holdMinutes: 15,
  mpPreferenceId: "202809963-920c288b-4ebb-40be-966f-700250fa5370",
  payments: [],
  timezone: "America/Bogota",
  country: "CO",
};
