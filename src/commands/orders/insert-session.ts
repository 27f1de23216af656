import { sql } from "kysely";
import type { Campaign } from "#contracts/links/campaign.ts";
import type { Address, SoldShipping } from "#contracts/shop/order-session.ts";
import { databaseNow } from "#platform/connection-check.ts";
import type { Tx } from "#platform/db.ts";
import { newId, newToken } from "#platform/ids.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { sessionHash } from "#queries/session-hash.ts";
import type { Priced } from "#queries/shop/cart.ts";
import type { MerchantWords } from "#queries/shop/merchant-words.ts";
import type { OrderLineRow, OrderSessionRow } from "#queries/shop/sold-session.ts";

export type Freezing = {
  tenantId: string;
  cartId: string;
  currency: string;
  userId: string | null;
  customer: { name: string; email: string; phone: string };
  address: Address | null;
  shipping: SoldShipping | null;
  discount: { id: string; code: string } | null;
  cart: Priced;
  note: string | null;
  locale: string;
  campaign: Campaign | undefined;
  /** What asked for it, to know a repeat. */
  snapshot: { asked: string; merchant: MerchantWords };
  endsAt: Date;
};

export type Frozen = { checkout: CheckoutRow; session: OrderSessionRow; lines: OrderLineRow[] };

/**
 * The frozen cart as an order session, the newest of its cart, in one statement. Its event goes
 * with its payment.
 */
export async function insertSession(tx: Tx, given: Freezing): Promise<Frozen> {
  const id = newId();
  const session = sessionRow(id, given);
  const lines = given.cart.lines.map((line, index) => lineRow(line, { given, orderId: id, place: index + 1 }));
  const { rows } = await sql<CheckoutRow>`
    select * from insert_order_session(${JSON.stringify(checkoutRow(id, given))}::jsonb, ${JSON.stringify(session)}::jsonb,
      ${JSON.stringify(lines)}::jsonb)`.execute(tx);
  const [checkout] = rows;
  if (!checkout) throw new Error("the order session was not made");
  return { checkout, session, lines };
}

function checkoutRow(id: string, { tenantId, cartId, currency, customer, cart, locale, endsAt }: Freezing) {
  return {
    tenant_id: tenantId,
    id,
    kind: "order",
    ends_at: endsAt,
    amount_minor: cart.totals.totalMinor,
    currency,
    customer_name: customer.name,
    customer_email: customer.email,
    customer_phone: customer.phone,
    locale,
    token: newToken(),
    // Nobody's session: the token alone opens it.
    session: sessionHash(`cart ${cartId}`),
  };
}

function sessionRow(id: string, given: Freezing): OrderSessionRow {
  const { totals } = given.cart;
  return {
    tenant_id: given.tenantId,
    id,
    cart_id: given.cartId,
    session_token: `session_${id}_${databaseNow()}`,
    user_id: given.userId,
    address: given.address,
    shipping: given.shipping,
    discount_id: given.discount?.id ?? null,
    discount_code: given.discount?.code ?? null,
    sub_total_minor: totals.subTotalMinor,
    discount_minor: totals.discountMinor,
    shipping_minor: totals.shippingMinor,
    tax_minor: totals.taxMinor,
    total_minor: totals.totalMinor,
    note: given.note,
    snapshot: given.snapshot,
    campaign: given.campaign ?? null,
  };
}

type Placed = { given: Freezing; orderId: string; place: number };

function lineRow(line: Priced["lines"][number], { given: { tenantId, locale }, orderId, place }: Placed): OrderLineRow {
  return {
    tenant_id: tenantId,
    order_id: orderId,
    place,
    variant_id: line.variantId,
    product_title: Object.entries(line.translations).find(([language]) => language === locale)?.[1].title ?? line.productTitle,
    variant_title: line.variantTitle,
    sku: line.sku,
    image_url: line.imageUrl,
    is_digital: line.isDigital,
    quantity: line.quantity,
    unit_price_minor: line.unitPriceMinor,
    discount_minor: line.discountMinor,
    tax_percent: String(line.taxPercent),
    tax_included: line.taxIncluded,
    tax_minor: line.taxMinor,
    total_minor: line.totalMinor,
    sent: 0,
    refunded: 0,
    dropped: 0,
    stock_back: 0,
  };
}
