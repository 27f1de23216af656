import type { MailMessage } from "#emails/mail-message.ts";
import type { CustomerOrder, MailDelivery, MailOrder } from "#emails/orders/order-message.ts";
import { customer, dueAt, evil } from "./mail-examples.ts";

type ToCustomer = Omit<CustomerOrder, "kind" | "isLate" | "order" | "seller" | "paidAt" | "transactionId" | "orderUrl">;

const sent: MailDelivery = { kind: "sent", name: `Envío ${evil}`, address: `Calle 1 ${evil}`, daysMin: 1, daysMax: 3 };
const deliveries: MailDelivery[] = [
  sent,
  { ...sent, daysMin: null, daysMax: null },
  { kind: "pickup", name: "Recogida", place: "Sede Norte, Calle 1", daysMin: 1, daysMax: 1 },
  { kind: "digital" },
];
const order: MailOrder = {
  number: 1204,
  reference: "KF-REF-1",
  lines: [
    { title: `Café ${evil}`, quantity: 2, grossMinor: 5_000_000 },
    { title: "Taza", quantity: 1, grossMinor: 2_000_000 },
  ],
  discountMinor: 700_000,
  discountCode: "DIEZ",
  shippingMinor: 800_000,
  taxAddedMinor: 0,
  taxMinor: 1_005_882,
  totalMinor: 7_100_000,
  currency: "COP",
  delivery: sent,
};
const taxed: MailOrder = { ...order, taxAddedMinor: 300_000, taxMinor: 300_000, totalMinor: 7_400_000 };
const free: MailOrder = { ...order, discountMinor: 7_000_000, shippingMinor: 0, taxMinor: 0, totalMinor: 0 };
const seller = { name: `Café ${evil}`, taxId: "901234567-8", address: "Calle 10", returns: `Cinco días.\n${evil}` };

/** Each way of delivery, each kind of sum, and each end. */
export function orderMails(to: Omit<ToCustomer, "tone" | "customerName" | "canReply">, toCustomer: ToCustomer): MailMessage[] {
  const orderUrl = "https://k.example/order/confirmed/1?token=t";
  const receipt = { kind: "customer-order" as const, ...toCustomer, seller, paidAt: dueAt, transactionId: "1-2-3", orderUrl };
  const tracked = { carrier: evil, trackingNumber: "GUIA-1", trackingUrl: "https://carrier.example/1" };
  const untracked = { carrier: null, trackingNumber: null, trackingUrl: null };
  return [
    ...deliveries.map((delivery): MailMessage => ({ ...receipt, isLate: delivery.kind === "pickup", order: { ...order, delivery } })),
    { ...receipt, isLate: false, order: taxed, canReply: false, seller: { ...seller, taxId: null, address: null, returns: null } },
    { ...receipt, isLate: false, order: free },
    ...[evil, null].map((note): MailMessage => ({ kind: "merchant-order", ...to, order, customer, note, orderUrl })),
    ...deliveries.map(
      (delivery): MailMessage => ({
        kind: "customer-order-sent",
        ...toCustomer,
        order: { ...order, delivery },
        ...(delivery.kind === "sent" ? tracked : untracked),
        orderUrl,
      }),
    ),
    ...[{ paidMinor: 7_100_000, backMinor: 7_100_000, beforeMinor: 0 }, { paidMinor: 7_100_000, backMinor: 0, beforeMinor: 0 }, null].map(
      (money): MailMessage => ({ kind: "customer-order-cancelled", ...toCustomer, order, money, shopUrl: "https://k.example/shop/x" }),
    ),
  ];
}
