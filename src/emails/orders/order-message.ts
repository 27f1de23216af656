import type { Addressed, MailCustomer, ToCustomer } from "../addressed.ts";

/** As it was bought. Amounts are integer minor units; people typed the texts. */
export type MailOrder = {
  /** For people, from 1 in each shop. */
  number: number;
  reference: string;
  /** `grossMinor`: before the discount, as its price is shown. */
  lines: { title: string; quantity: number; grossMinor: number }[];
  discountMinor: number;
  discountCode: string | null;
  shippingMinor: number;
  /** Of prices that do not hold it. */
  taxAddedMinor: number;
  /** All of it, within the total. */
  taxMinor: number;
  totalMinor: number;
  currency: string;
  delivery: MailDelivery;
};
/** `digital`: nothing is sent. Working days, null where nothing was promised. */
export type MailDelivery =
  | { kind: "sent"; name: string; address: string; daysMin: number | null; daysMax: number | null }
  | { kind: "pickup"; name: string; place: string; daysMin: number | null; daysMax: number | null }
  | { kind: "digital" };
/** Who sells, as the law wants it said. */
export type MailSeller = { name: string; taxId: string | null; address: string | null; returns: string | null };

export type CustomerOrder = ToCustomer & {
  kind: "customer-order";
  /** The money came after the countdown, and everything was still there. */
  isLate: boolean;
  order: MailOrder;
  seller: MailSeller;
  paidAt: string;
  /** The paying charge, as its provider calls it. */
  transactionId: string;
  orderUrl: string;
};
export type MerchantOrder = Addressed & {
  kind: "merchant-order";
  order: MailOrder;
  customer: MailCustomer;
  note: string | null;
  orderUrl: string;
};
/** On its way, or ready to be picked up. */
export type CustomerOrderSent = ToCustomer & {
  kind: "customer-order-sent";
  order: MailOrder;
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
  orderUrl: string;
};
export type CustomerOrderCancelled = ToCustomer & {
  kind: "customer-order-cancelled";
  order: MailOrder;
  /** Null if a bank has taken it back. `beforeMinor` went back earlier. */
  money: { paidMinor: number; backMinor: number; beforeMinor: number } | null;
  shopUrl: string;
};
export type OrderMail = CustomerOrder | MerchantOrder | CustomerOrderSent | CustomerOrderCancelled;
