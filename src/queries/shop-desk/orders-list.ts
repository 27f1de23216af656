import { type RawBuilder, sql } from "kysely";
import { customerBookingsMax } from "#contracts/customers/limits.ts";
import { Refusal } from "#contracts/problem.ts";
import type { OrderStatus } from "#contracts/shop/order.ts";
import { ordersPerPiece } from "#contracts/shop-desk/order-limits.ts";
import type { OrderCounts, OrderFilters, OrderRow, OrdersPage } from "#contracts/shop-desk/orders-list.ts";
import { readSearch } from "#domain/desk/booking-search.ts";
import { orderStatusOf } from "#domain/shop/order-status.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { readGroup } from "../customers/group.ts";
import { patterns } from "../desk/find-places.ts";
import { titleInMerchantsWords } from "../shop/merchant-words.ts";
import { wayOf } from "./standing-order.ts";

type Wish = { tenantId: string; filters: OrderFilters };
/** Where an order stands in the list. `at` is when it was paid, with microseconds. */
type Place = { at: string; id: string };

/** The newest first. Refuses: invalid_request, for a cursor that none of our answers had. */
export function listOrders({ cursor, limit, ...wish }: Wish & { cursor?: string | undefined; limit: number }): Promise<OrdersPage> {
  const after = cursor === undefined ? null : readCursor(cursor);
  return inTenant(wish.tenantId, async (tx) => {
    const rows = await readRows(tx, { filters: wish.filters, after, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return { orders: shown.map(orderRowOf), nextCursor: rows.length > limit && last ? cursorAt(last) : null };
  });
}

/** Of a customer and the doubles that were merged into them, the newest first. */
export function ordersOfCustomer({ tenantId, customerId }: { tenantId: string; customerId: string }): Promise<OrderRow[]> {
  return inTenant(tenantId, async (tx) => {
    const { ids } = await readGroup(tx, customerId);
    const rows = await readRows(tx, { filters: {}, after: null, limit: customerBookingsMax, customerIds: ids });
    return rows.map(orderRowOf);
  });
}

/** Yields all of them piece by piece. No transaction waits for a reader. */
export async function* allOrders({ tenantId, filters }: Wish): AsyncGenerator<OrderRow[], void, undefined> {
  let after: Place | null = null;
  do {
    const wanted = { filters, after, limit: ordersPerPiece };
    const rows: Row[] = await inTenant(tenantId, (tx) => readRows(tx, wanted));
    yield rows.map(orderRowOf);
    after = rows.length === ordersPerPiece ? (rows.at(-1) ?? null) : null;
  } while (after !== null);
}

/** More of what is over are not counted. */
const countMax = 1000;

export function countOrders(tenantId: string): Promise<OrderCounts> {
  const counted = (status: OrderStatus) => sql<number>`(select count(*)::int from (
    select from shop_order o join checkout k on k.tenant_id = o.tenant_id and k.id = o.id
    where o.tenant_id = current_tenant() and ${standsAt(status)} limit ${countMax}) found)`;
  return inTenant(tenantId, async (tx) => {
    const { rows } = await sql<OrderCounts>`
      select ${counted("paid")} as paid, ${counted("packed")} as packed, ${counted("sent")} as sent,
        ${counted("delivered")} as delivered, ${counted("cancelled")} as cancelled`.execute(tx);
    const [row] = rows;
    if (!row) throw new Error("orders cannot be counted");
    return row;
  });
}

/** The same as orderStatusOf says, of shop_order o and checkout k. */
function standsAt(status: OrderStatus): RawBuilder<boolean> {
  const stands = sql`k.status <> 'cancelled'`;
  switch (status) {
    case "cancelled":
      return sql`k.status = 'cancelled'`;
    case "delivered":
      return sql`${stands} and o.delivered_at is not null`;
    case "sent":
      return sql`${stands} and o.delivered_at is null and o.sent_at is not null`;
    case "packed":
      return sql`${stands} and o.delivered_at is null and o.sent_at is null and o.packed_at is not null`;
    case "paid":
      return sql`${stands} and o.delivered_at is null and o.sent_at is null and o.packed_at is null`;
    default:
      return status satisfies never;
  }
}

type Row = Place &
  Pick<CheckoutRow, "status" | "payment_status" | "customer_name" | "customer_email" | "customer_phone" | "currency"> & {
    number: number;
    shipping: unknown;
    city: string | null;
    pieces: number;
    sent_pieces: number;
    titles: string[];
    lines_count: number;
    total_minor: number;
    sent_back: number;
    paid_at: Date;
    packed_at: Date | null;
    sent_at: Date | null;
    delivered_at: Date | null;
    carrier: string | null;
    tracking_number: string | null;
  };

/** As many as fit a row. */
const titlesMax = 3;

type Wanted = { filters: OrderFilters; after: Place | null; limit: number; customerIds?: readonly string[] };

async function readRows(tx: Tx, { filters, after, limit, customerIds }: Wanted): Promise<Row[]> {
  const { search, status, from, to } = filters;
  const candidates = search ? candidatesOf(search) : null;
  if (search && !candidates) return [];
  const day = (date: string, days: number) =>
    sql`((${date}::date + ${days}::int)::timestamp at time zone (select timezone from tenant where tenant_id = current_tenant()))`;
  const conditions = [
    sql`o.tenant_id = current_tenant()`,
    ...(candidates ? [sql`o.id in (${candidates})`] : []),
    ...(status ? [standsAt(status)] : []),
    ...(customerIds ? [sql`k.customer_id = any (${[...customerIds]}::uuid[])`] : []),
    ...(from ? [sql`o.paid_at >= ${day(from, 0)}`] : []),
    ...(to ? [sql`o.paid_at < ${day(to, 1)}`] : []),
    ...(after ? [sql`(o.paid_at, o.id) < (${after.at}::timestamptz, ${after.id}::uuid)`] : []),
  ];
  const { rows } = await sql<Row>`
    with page as (
      select o.* from shop_order o join checkout k on k.tenant_id = o.tenant_id and k.id = o.id
      where ${sql.join(conditions, sql` and `)} order by o.paid_at desc, o.id desc limit ${limit}
    )
    select o.id, to_char(o.paid_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, o.number, o.paid_at, o.packed_at,
      o.sent_at, o.delivered_at, o.carrier, o.tracking_number, k.status, k.payment_status, k.customer_name, k.customer_email,
      k.customer_phone, k.currency, s.shipping, s.address ->> 'city' as city, s.total_minor, l.*,
      coalesce((select sum(r.amount_minor) from refund_case r
        where r.tenant_id = o.tenant_id and r.charge_id = k.paid_charge_id and r.withdrawn_at is null), 0)::bigint
        + coalesce((select sum(x.amount_minor) from charge_refund x where x.tenant_id = o.tenant_id and x.charge_id = k.paid_charge_id
        and x.refund_case_id is null and x.state <> 'failed'), 0)::bigint as sent_back
    from page o
    join checkout k on k.tenant_id = o.tenant_id and k.id = o.id
    join order_session s on s.tenant_id = o.tenant_id and s.id = o.id
    cross join lateral (
      select sum(quantity)::int as pieces, sum(sent)::int as sent_pieces, count(*)::int as lines_count,
        (array_agg(${titleInMerchantsWords} order by place))[1:${sql.lit(titlesMax)}] as titles
      from order_line l where l.tenant_id = o.tenant_id and l.order_id = o.id
    ) l
    order by o.paid_at desc, o.id desc`.execute(tx);
  return rows;
}

/** Ids of what somebody means who types into the search box. Returns null if that is nothing. */
function candidatesOf(typed: string): RawBuilder<unknown> | null {
  const text = typed.trim();
  const mine = sql`tenant_id = current_tenant()`;
  const parts: RawBuilder<unknown>[] = [
    sql`select order_id from order_line where ${mine} and lower(sku) = lower(${text})`,
    sql`select id from shop_order where ${mine} and transaction_id = ${text}`,
    sql`select order_id from order_shipment where ${mine} and tracking_number = ${text}`,
  ];
  const [, number] = /^(?:#|n\.?[º°o]\.?\s*)?(\d{1,12})$/i.exec(text) ?? [];
  if (number) parts.push(sql`select id from shop_order where ${mine} and number = ${number}::bigint`);
  const search = readSearch(text);
  if (search.by === "id") parts.push(sql`select ${search.id}::uuid`);
  if (search.by === "reference") parts.push(sql`select checkout_id from payment where ${mine} and reference = ${search.reference}`);
  if (search.by === "customer") parts.push(sql`select find_bookings(${patterns(search.words)}, ${search.digits})`);
  return text === "" || search.by === "nothing" ? null : sql.join(parts, sql` union `);
}

function orderRowOf(row: Row): OrderRow {
  return {
    id: row.id,
    number: row.number,
    orderStatus: orderStatusOf({
      packedAt: row.packed_at,
      sentAt: row.sent_at,
      deliveredAt: row.delivered_at,
      isCancelled: row.status === "cancelled",
    }),
    paymentStatus: row.payment_status,
    way: wayOf(row.shipping),
    customer: { name: row.customer_name, email: row.customer_email, phone: row.customer_phone },
    city: row.city,
    pieces: row.pieces,
    sentPieces: row.sent_pieces,
    titles: row.titles,
    linesCount: row.lines_count,
    totalMinor: row.total_minor,
    sentBackMinor: row.sent_back,
    currency: row.currency,
    paidAt: row.paid_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    deliveredAt: row.delivered_at?.toISOString() ?? null,
    carrier: row.carrier,
    trackingNumber: row.tracking_number,
  };
}

const cursorAt = ({ at, id }: Place): string => Buffer.from(`${at}|${id}`).toString("base64url");
const cursorShape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)\|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function readCursor(cursor: string): Place {
  const [, at, id] = cursorShape.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (at && id && !Number.isNaN(Date.parse(at))) return { at, id };
  throw new Refusal("invalid_request", "The cursor is none of ours.", [{ path: "cursor", message: "is none of ours" }]);
}
