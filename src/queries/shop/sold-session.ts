import type { Selectable } from "kysely";
import type { OrderAnswer, SoldLine } from "#contracts/shop/order-session.ts";
import { address, soldShipping } from "#contracts/shop/order-session.ts";
import type { DB } from "#db/types.ts";
import type { CheckoutStatus } from "#domain/checkout-states.ts";
import { toMajor } from "#domain/money.ts";
import type { CheckoutRow } from "#platform/rows.ts";

export type OrderSessionRow = Selectable<DB["order_session"]>;
export type OrderLineRow = Selectable<DB["order_line"]>;
type Sold = {
  checkout: Pick<CheckoutRow, "id" | "token" | "status" | "ends_at" | "currency">;
  session: OrderSessionRow;
  lines: readonly OrderLineRow[];
};

/** What spec 001 calls its status. */
export const sessionStatuses: Record<CheckoutStatus, OrderAnswer["status"]> = {
  pending: "active",
  paid: "processed",
  confirmed: "processed",
  expired: "expired",
  failed: "expired",
  cancelled: "cancelled",
};

/** The frozen part of an order session, as customers and programs read it. */
export function soldSession({ checkout, session, lines }: Sold): Omit<OrderAnswer, "checkoutUrl" | "reference"> {
  const { currency } = checkout;
  return {
    sessionToken: session.session_token,
    userId: session.user_id,
    address: session.address === null ? null : address.parse(session.address),
    cartItems: lines.toSorted((a, b) => a.place - b.place).map((line) => soldLine(line, currency)),
    subTotal: toMajor(session.sub_total_minor, currency),
    discounts: toMajor(session.discount_minor, currency),
    total: toMajor(session.total_minor, currency),
    expiresAt: checkout.ends_at.toISOString(),
    isProcessed: sessionStatuses[checkout.status] === "processed",
    status: sessionStatuses[checkout.status],
    id: checkout.id,
    token: checkout.token,
    currency,
    subTotalMinor: session.sub_total_minor,
    discountsMinor: session.discount_minor,
    discountCode: session.discount_code,
    shipping: session.shipping === null ? null : soldShipping.parse(session.shipping),
    shippingMinor: session.shipping_minor,
    taxMinor: session.tax_minor,
    totalMinor: session.total_minor,
  };
}

/** A line as it was sold, with the title that its customer read. */
export function lineAsSold(line: OrderLineRow) {
  return {
    variantId: line.variant_id,
    title: line.product_title,
    variantTitle: line.variant_title,
    sku: line.sku,
    imageUrl: line.image_url,
    isDigital: line.is_digital,
    quantity: line.quantity,
    unitPriceMinor: line.unit_price_minor,
    discountMinor: line.discount_minor,
    taxPercent: Number(line.tax_percent),
    taxIncluded: line.tax_included,
    taxMinor: line.tax_minor,
    totalMinor: line.total_minor,
  };
}

function soldLine(line: OrderLineRow, currency: string): SoldLine {
  return {
    ...lineAsSold(line),
    unitPrice: toMajor(line.unit_price_minor, currency),
    total: toMajor(line.total_minor, currency),
  };
}
