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

/** The frozen cart, without its lines. */
export async function insertSession(tx: Tx, given: Freezing): Promise<{ checkout: CheckoutRow; session: OrderSessionRow }> {
  const { tenantId, customer, cart, address, shipping, discount } = given;
  const { totals } = cart;
  const id = newId();
  const checkout = await tx
    .insertInto("checkout")
    .values({
      tenant_id: tenantId,
      id,
      kind: "order",
      ends_at: given.endsAt,
      amount_minor: totals.totalMinor,
      currency: given.currency,
      customer_name: customer.name,
      customer_email: customer.email,
      customer_phone: customer.phone,
      accepted_terms_at: sql<Date>`now()`,
      locale: given.locale,
      token: newToken(),
      // Nobody's session: the token alone opens it.
      session: sessionHash(`cart ${given.cartId}`),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const session = await tx
    .insertInto("order_session")
    .values({
      tenant_id: tenantId,
      id,
      cart_id: given.cartId,
      session_token: `session_${id}_${databaseNow()}`,
      user_id: given.userId,
      address: address && JSON.stringify(address),
      shipping: shipping && JSON.stringify(shipping),
      discount_id: discount?.id ?? null,
      discount_code: discount?.code ?? null,
      sub_total_minor: totals.subTotalMinor,
      discount_minor: totals.discountMinor,
      shipping_minor: totals.shippingMinor,
      tax_minor: totals.taxMinor,
      total_minor: totals.totalMinor,
      note: given.note,
      snapshot: JSON.stringify(given.snapshot),
      campaign: given.campaign ? JSON.stringify(given.campaign) : null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { checkout, session };
}

type Lines = { tenantId: string; orderId: string; cart: Priced; locale: string };

export function insertLines(tx: Tx, { tenantId, orderId, cart, locale }: Lines): Promise<OrderLineRow[]> {
  return tx
    .insertInto("order_line")
    .values(
      cart.lines.map((line, index) => ({
        tenant_id: tenantId,
        order_id: orderId,
        place: index + 1,
        variant_id: line.variantId,
        product_title: Object.entries(line.translations).find(([language]) => language === locale)?.[1].title ?? line.productTitle,
        variant_title: line.variantTitle,
        sku: line.sku,
        image_url: line.imageUrl,
        is_digital: line.isDigital,
        quantity: line.quantity,
        unit_price_minor: line.unitPriceMinor,
        discount_minor: line.discountMinor,
        tax_percent: line.taxPercent,
        tax_included: line.taxIncluded,
        tax_minor: line.taxMinor,
        total_minor: line.totalMinor,
      })),
    )
    .returningAll()
    .execute();
}
