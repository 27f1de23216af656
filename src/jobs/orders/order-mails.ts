import type { FollowUp } from "#commands/follow-ups/run-follow-up.ts";
import type { Address } from "#contracts/shop/order-session.ts";
import { isPaid } from "#domain/checkout-states.ts";
import type { MailDelivery, MailOrder, MailSeller } from "#emails/orders/order-message.ts";
import { env } from "#platform/env.ts";
import type { CheckoutForWork } from "#queries/checkout-for-work.ts";
import { inMerchantsWords } from "#queries/shop/merchant-words.ts";
import { type OrderForWork, titleOf } from "#queries/shop/order-for-work.ts";
import { customersPage, shopPage } from "#queries/site-address.ts";
import { fromTenant, type Prepared, replyToCustomer, toCustomer, toMerchant } from "../mail-parts.ts";

type Told = CheckoutForWork & { sold: OrderForWork; number: number };
type Write = (told: Told, followUp: FollowUp) => Prepared | null;

/** Only of what is paid: an order session without money has no number, and nobody is told of it. */
const ofOrder =
  (write: Write) =>
  async (work: CheckoutForWork, followUp: FollowUp): Promise<Prepared | null> => {
    const { order: sold } = work;
    return sold && sold.number !== null ? write({ ...work, sold, number: sold.number }, followUp) : null;
  };

const whilePaid =
  (write: Write): Write =>
  (told, followUp) =>
    isPaid(told.checkout.status) ? write(told, followUp) : null;

export const orderMails = {
  "mail-customer-order": ofOrder(whilePaid(receipt)),
  "mail-merchant-order": ofOrder(whilePaid(toTheMerchant)),
  "mail-customer-order-sent": ofOrder(whilePaid(onItsWay)),
  "mail-customer-order-cancelled": ofOrder(cancelled),
};

function receipt(told: Told, { details }: FollowUp): Prepared {
  const { says, ...to } = toCustomer(told);
  return {
    ...to,
    message: {
      kind: "customer-order",
      ...says,
      isLate: details["wasLate"] === true,
      order: mailOrder(told, says.locale),
      seller: sellerOf(told),
      paidAt: told.sold.order?.paid_at.toISOString() ?? "",
      transactionId: told.sold.order?.transaction_id ?? "",
      orderUrl: customersPage(told.checkout),
    },
  };
}

function toTheMerchant(told: Told): Prepared | null {
  const { tenant, checkout, sold } = told;
  const to = toMerchant(tenant);
  if (!to) return null;
  return {
    to,
    ...replyToCustomer(told),
    message: {
      kind: "merchant-order",
      ...fromTenant(tenant),
      order: mailOrder({ ...told, sold: asTheMerchantSays(sold) }, tenant.locale),
      customer: { name: checkout.customer_name, email: checkout.customer_email, phone: phoneWords(checkout.customer_phone) },
      note: sold.session.note,
      orderUrl: `${env().APP_URL}/dashboard/orders/${checkout.id}`,
    },
  };
}

function asTheMerchantSays(sold: OrderForWork): OrderForWork {
  const words = inMerchantsWords(sold.session);
  const lines = sold.lines.map((line) => ({ ...line, product_title: words.titleOf(line) }));
  return { ...sold, lines, shipping: sold.shipping && words.shippingOf(sold.shipping) };
}

/** As it stands now: a number that was corrected since is the right one. */
function onItsWay(told: Told): Prepared | null {
  const { order } = told.sold;
  if (!order || order.sent_at === null) return null;
  const { says, ...to } = toCustomer(told);
  return {
    ...to,
    wording: `tracking-${order.tracking_number ?? "none"}`,
    message: {
      kind: "customer-order-sent",
      ...says,
      order: mailOrder(told, says.locale),
      carrier: order.carrier,
      trackingNumber: order.tracking_number,
      trackingUrl: order.tracking_url,
      orderUrl: customersPage(told.checkout),
    },
  };
}

/** The money as the cancellation left it, so that a mail sent twice says the same. */
function cancelled(told: Told, { details }: FollowUp): Prepared {
  const { says, ...to } = toCustomer(told);
  const minor = (name: string) => (typeof details[name] === "number" ? details[name] : 0);
  const paidMinor = minor("paidMinor");
  const money = { paidMinor, backMinor: minor("refundMinor"), beforeMinor: minor("beforeMinor") };
  return {
    ...to,
    message: {
      kind: "customer-order-cancelled",
      ...says,
      order: mailOrder(told, says.locale),
      money: paidMinor > 0 ? money : null,
      shopUrl: shopPage(told.tenant.slug),
    },
  };
}

function mailOrder({ checkout, payment, sold, number }: Told, locale: string): MailOrder {
  const { session, lines } = sold;
  return {
    number,
    reference: payment?.reference ?? checkout.id,
    lines: lines.map((line) => ({
      title: titleOf({ product: line.product_title, variant: line.variant_title }),
      quantity: line.quantity,
      grossMinor: line.unit_price_minor * line.quantity,
    })),
    discountMinor: session.discount_minor,
    discountCode: session.discount_code,
    shippingMinor: session.shipping_minor,
    taxAddedMinor: session.total_minor - session.shipping_minor - (session.sub_total_minor - session.discount_minor),
    taxMinor: session.tax_minor,
    totalMinor: session.total_minor,
    currency: checkout.currency,
    delivery: deliveryOf(sold, locale),
  };
}

function deliveryOf({ shipping, address }: OrderForWork, locale: string): MailDelivery {
  if (!shipping) return { kind: "digital" };
  const { name, daysMin, daysMax, place } = shipping;
  if (shipping.kind === "pickup")
    return { kind: "pickup", name, place: [place?.name, place?.address].filter(Boolean).join(", "), daysMin, daysMax };
  return { kind: "sent", name, address: address ? addressLine(address, locale) : "", daysMin, daysMax };
}

function addressLine({ firstName, lastName, address, city, region, postalCode, country, phone }: Address, locale: string): string {
  const town = [postalCode, city].filter(Boolean).join(" ");
  const land = new Intl.DisplayNames(locale, { type: "region" }).of(country);
  return [`${firstName} ${lastName}`, address, town, region, land, phoneWords(phone)].filter(Boolean).join(", ");
}

const phoneWords = (phone: string): string => phone.replace(";ext=", " ext. ");

function sellerOf({ tenant, sold: { shop } }: Told): MailSeller {
  const { seller_name, seller_tax_id: taxId, seller_address: address, returns_text: returns } = shop;
  return { name: seller_name ?? tenant.name, taxId, address, returns };
}
