import { type RawBuilder, sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { address, type orderSessionStatuses, soldShipping } from "#contracts/shop/order-session.ts";
import type { DeskOrderSession, OrderSessionRow, OrderSessionsPage, SessionEnd } from "#contracts/shop-desk/order-sessions.ts";
import type { CheckoutStatus } from "#domain/checkout-states.ts";
import { sessionEnd } from "#domain/shop/session-end.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { readPayments } from "../desk/booking-money.ts";
import { inMerchantsWords, titleInMerchantsWords } from "../shop/merchant-words.ts";
import { lineAsSold, sessionStatuses } from "../shop/sold-session.ts";
import type { OrderViewer } from "./order-page.ts";

type Status = (typeof orderSessionStatuses)[number];
type Wish = { tenantId: string; status?: Status | undefined; cursor?: string | undefined; limit: number };

/** The newest first: ids grow with time. Refuses: invalid_request, for a cursor that is no id. */
export function listOrderSessions({ tenantId, status, cursor, limit }: Wish): Promise<OrderSessionsPage> {
  if (cursor !== undefined && !uuid.test(cursor))
    throw new Refusal("invalid_request", "The cursor is none of ours.", [{ path: "cursor", message: "is none of ours" }]);
  return inTenant(tenantId, async (tx) => {
    const statuses = status && (Object.keys(sessionStatuses) as CheckoutStatus[]).filter((word) => sessionStatuses[word] === status);
    const rows = await readRows(tx, {
      conditions: [
        ...(statuses ? [sql`k.status = any (${statuses}::checkout_status[])`] : []),
        ...(cursor ? [sql`s.id < ${cursor}::uuid`] : []),
      ],
      limit: limit + 1,
    });
    const shown = rows.slice(0, limit);
    return { sessions: shown.map(rowOf), nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
  });
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Refuses: order_unknown. */
export function loadOrderSessionAtDesk({ viewer, id }: { viewer: OrderViewer; id: string }): Promise<DeskOrderSession> {
  return inTenant(viewer.tenantId, async (tx) => {
    const [row] = await readRows(tx, { conditions: [sql`s.id = ${id}`], limit: 1 });
    if (!row) throw new Refusal("order_unknown");
    const session = await tx.selectFrom("order_session").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
    const checkout = await tx.selectFrom("checkout").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
    const lines = await tx.selectFrom("order_line").selectAll().where("order_id", "=", id).orderBy("place").execute();
    const { timezone, country } = await tx.selectFrom("tenant").select(["timezone", "country"]).executeTakeFirstOrThrow();
    const shop = await tx.selectFrom("shop").select("hold_minutes").executeTakeFirst();
    const newest = await tx
      .selectFrom("payment")
      .select("provider_payment_id")
      .where("checkout_id", "=", id)
      .orderBy("created_at", "desc")
      .limit(1)
      .executeTakeFirst();
    const words = inMerchantsWords(session);
    const { payments: _, titles: __, ...head } = rowOf(row);
    return {
      ...head,
      sessionToken: session.session_token,
      userId: session.user_id,
      cartId: session.cart_id,
      address: session.address === null ? null : address.parse(session.address),
      shipping: session.shipping === null ? null : words.shippingOf(soldShipping.parse(session.shipping)),
      note: session.note,
      lines: lines.map((line) => ({ ...lineAsSold(line), title: words.titleOf(line) })),
      subTotalMinor: session.sub_total_minor,
      discountMinor: session.discount_minor,
      discountCode: session.discount_code,
      shippingMinor: session.shipping_minor,
      taxMinor: session.tax_minor,
      holdMinutes: shop?.hold_minutes ?? Math.round((checkout.ends_at.getTime() - checkout.created_at.getTime()) / 60_000),
      mpPreferenceId: newest?.provider_payment_id ?? null,
      payments: viewer.permissions.includes("payments.read") ? await readPayments(tx, checkout) : null,
      timezone,
      country,
    };
  });
}

type Row = {
  id: string;
  status: CheckoutStatus;
  customer_name: string;
  customer_email: string;
  currency: string;
  created_at: Date;
  ends_at: Date;
  total_minor: number;
  titles: string[];
  pieces: number;
  number: number | null;
  payments: number;
  decline_reason: OrderSessionRow["declineReason"];
  cancel_reason: string | null;
  cancel_actor: string | null;
  is_sold_out: boolean;
};

const titlesMax = 3;

async function readRows(tx: Tx, { conditions, limit }: { conditions: RawBuilder<unknown>[]; limit: number }): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with page as (
      select s.tenant_id, s.id, s.total_minor, s.snapshot from order_session s join checkout k on k.tenant_id = s.tenant_id and k.id = s.id
      where ${sql.join([sql`s.tenant_id = current_tenant()`, ...conditions], sql` and `)} order by s.id desc limit ${limit}
    )
    select s.id, s.total_minor, k.status, k.customer_name, k.customer_email, k.currency, k.created_at, k.ends_at, l.titles, l.pieces, o.number,
      (select count(*)::int from payment p where p.tenant_id = s.tenant_id and p.checkout_id = s.id) as payments,
      (select c.decline_reason::text from charge c join payment p on p.tenant_id = c.tenant_id and p.id = c.payment_id
        where p.tenant_id = s.tenant_id and p.checkout_id = s.id and c.status in ('declined', 'error')
        order by c.updated_at desc limit 1) as decline_reason,
      e.details ->> 'reason' as cancel_reason, e.actor as cancel_actor,
      exists (select from refund_case r where r.tenant_id = s.tenant_id and r.checkout_id = s.id and r.reason = 'capacity_gone') as is_sold_out
    from page s
    join checkout k on k.tenant_id = s.tenant_id and k.id = s.id
    left join shop_order o on o.tenant_id = s.tenant_id and o.id = s.id
    cross join lateral (
      select (array_agg(${titleInMerchantsWords} order by place))[1:${sql.lit(titlesMax)}] as titles, sum(quantity)::int as pieces
      from order_line l where l.tenant_id = s.tenant_id and l.order_id = s.id
    ) l
    left join lateral (
      select details, actor from event e where e.tenant_id = s.tenant_id and e.subject_id = s.id and e.kind = 'order.cancelled'
      order by e.created_at desc limit 1
    ) e on k.status = 'cancelled'
    order by s.id desc`.execute(tx);
  return rows;
}

function rowOf(row: Row): OrderSessionRow {
  return {
    id: row.id,
    status: sessionStatuses[row.status],
    checkoutStatus: row.status,
    endedBecause: endOf(row),
    declineReason: row.decline_reason,
    customer: { name: row.customer_name, email: row.customer_email },
    titles: row.titles,
    pieces: row.pieces,
    totalMinor: row.total_minor,
    currency: row.currency,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.ends_at.toISOString(),
    orderNumber: row.number,
    payments: row.payments,
  };
}

const endOf = ({ status, cancel_reason: reason, cancel_actor: actor, is_sold_out: isSoldOut }: Row): SessionEnd | null =>
  sessionEnd({ status, reason, actor, isSoldOut });
