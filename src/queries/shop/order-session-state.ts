import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import type { Order } from "#contracts/shop/order.ts";
import type { OrderSessionState } from "#contracts/shop/order-session.ts";
import type { DeclineReason } from "#domain/choice/decline-reasons.ts";
import { toMajor } from "#domain/money.ts";
import { orderStatusOf } from "#domain/shop/order-status.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { CheckoutRow, RefundCaseRow, TenantRow } from "#platform/rows.ts";
import { withResult } from "../merchant/with-result.ts";
import { freeStock } from "./free-stock.ts";
import { type OwnSession, ownOrderSession } from "./own-session.ts";
import { soldSession } from "./sold-session.ts";

type About = Pick<TenantRow, "slug" | "name" | "timezone" | "return_url" | "return_seconds"> & {
  is_awaiting_answer: boolean;
  kept_until: Date | null;
  decline_reason: DeclineReason | null;
  refund_reason: RefundCaseRow["reason"] | null;
  refund_state: RefundCaseRow["state"] | null;
  refund_amount_minor: number | null;
  refund_currency: string | null;
  refund_number: string | null;
  number: number | null;
  transaction_id: string;
  paid_at: Date;
  packed_at: Date | null;
  sent_at: Date | null;
  delivered_at: Date | null;
  carrier: string | null;
  tracking_number: string | null;
  tracking_url: string | null;
};

/** What the order's page shows. Refuses: order_unknown, for an unknown id and for a wrong token. */
export async function loadOrderSession(wanted: { orderId: string; token: string }): Promise<OrderSessionState> {
  const own = await ownOrderSession(wanted);
  const { checkout, session } = own;
  const { about, left } = await inTenant(checkout.tenant_id, async (tx) => {
    const row = await readAbout(tx, checkout.id);
    const isGone = row.number === null && row.refund_reason === "capacity_gone";
    return { about: row, left: isGone ? await readLeft(tx, checkout.id) : [] };
  });
  const order = orderOf(own, about);
  return {
    ...soldSession(own),
    isProcessed: order !== null,
    checkoutStatus: checkout.status,
    paymentStatus: checkout.payment_status,
    shop: about.slug,
    shopName: about.name,
    timezone: about.timezone,
    locale: checkout.locale,
    cartId: session.cart_id,
    customerName: checkout.customer_name,
    customerEmail: checkout.customer_email,
    note: session.note,
    order,
    returnUrl: order && checkout.status !== "cancelled" ? withResult(about.return_url, checkout.id) : null,
    returnSeconds: about.return_seconds,
    declineReason: about.decline_reason,
    isAwaitingAnswer: about.is_awaiting_answer,
    stockKeptUntil: about.kept_until?.toISOString() ?? null,
    refund: refundOf(about),
    left,
  };
}

async function readAbout(tx: Tx, id: string): Promise<About> {
  const { rows } = await sql<About>`
    select t.slug, t.name, t.timezone, t.return_url, t.return_seconds,
      case when k.paid_charge_id is null and k.ends_at <= now() then awaits_answer(k.tenant_id, k.id) else false end
        as is_awaiting_answer,
      case when k.status = 'pending' and not approval_waits(k.tenant_id, k.id) then (
        select min(c.expires_at) from stock_claim c
        where c.tenant_id = k.tenant_id and c.checkout_id = k.id and c.state = 'paying' and c.expires_at > now()
      ) end as kept_until,
      case when k.payment_status = 'failed' then (
        select c.decline_reason::text from charge c join payment p on p.tenant_id = c.tenant_id and p.id = c.payment_id
        where p.tenant_id = k.tenant_id and p.checkout_id = k.id and c.status in ('declined', 'error')
        order by c.updated_at desc limit 1
      ) end as decline_reason,
      r.reason as refund_reason, r.state as refund_state, r.amount_minor as refund_amount_minor,
      r.currency as refund_currency, r.number as refund_number,
      o.number, o.transaction_id, o.paid_at, o.packed_at, o.sent_at, o.delivered_at, o.carrier, o.tracking_number, o.tracking_url
    from checkout k
      join tenant t on t.tenant_id = k.tenant_id
      left join shop_order o on o.tenant_id = k.tenant_id and o.id = k.id
      left join lateral (
        -- Of several, one that is still under way; a withdrawn one moved no money.
        select c.reason, c.state, c.amount_minor, c.currency, c.number from refund_case c
        where c.tenant_id = k.tenant_id and c.checkout_id = k.id and c.withdrawn_at is null
        order by c.state = 'done', c.created_at desc limit 1
      ) r on true
    where k.tenant_id = current_tenant() and k.id = ${id}`.execute(tx);
  const [row] = rows;
  if (!row) throw new Refusal("order_unknown");
  return row;
}

/** What the customer may choose instead: how many are free of each line now. */
async function readLeft(tx: Tx, id: string): Promise<OrderSessionState["left"]> {
  const { rows } = await sql<{ variantId: string; available: number | null }>`
    select v.id as "variantId", case when v.on_hand is not null then greatest(0, ${freeStock()}) end as available
    from order_line l join variant v on v.tenant_id = l.tenant_id and v.id = l.variant_id
    where l.tenant_id = current_tenant() and l.order_id = ${id}
    order by l.place`.execute(tx);
  return rows;
}

function orderOf({ checkout, session }: OwnSession, about: About): Order | null {
  if (about.number === null) return null;
  const instant = (time: Date | null) => time?.toISOString() ?? null;
  const times = { packedAt: instant(about.packed_at), sentAt: instant(about.sent_at), deliveredAt: instant(about.delivered_at) };
  return {
    ...times,
    id: checkout.id,
    number: about.number,
    userId: session.user_id,
    total: toMajor(session.total_minor, checkout.currency),
    totalMinor: session.total_minor,
    currency: checkout.currency,
    orderStatus: orderStatusOf({ ...times, isCancelled: checkout.status === "cancelled" }),
    isPaid: isMoneyKept(checkout.payment_status),
    transactionId: about.transaction_id,
    paidAt: about.paid_at.toISOString(),
    carrier: about.carrier,
    trackingNumber: about.tracking_number,
    trackingUrl: about.tracking_url,
  };
}

/** Nothing or a part of it has gone back. */
function isMoneyKept(status: CheckoutRow["payment_status"]): boolean {
  return status !== "refunded" && status !== "charged_back";
}

function refundOf(row: About): OrderSessionState["refund"] {
  const { refund_reason: reason, refund_state: state, refund_amount_minor: amountMinor, refund_currency: currency } = row;
  const { refund_number: number } = row;
  return reason && state && amountMinor !== null && currency && number ? { reason, state, amountMinor, currency, number } : null;
}
