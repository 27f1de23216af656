import { type RawBuilder, sql } from "kysely";
import type { MemberCaller } from "#contracts/caller.ts";
import { noticesMax, unreadMax } from "#contracts/notices/limits.ts";
import type { Notice, NoticeState, Notices } from "#contracts/notices/notices.ts";
import { type ArisenKind, arisenKinds, type NoticeKind, noticeKindsOf } from "#domain/desk/notices.ts";
import { inTenant, type Tx } from "#platform/db.ts";

export type NoticeReader = Pick<MemberCaller, "tenantId" | "memberId" | "role" | "professionalId">;

/** What a member's bell shows, newest first. */
export function loadNotices(reader: NoticeReader): Promise<Notices> {
  return inTenant(reader.tenantId, async (tx) => {
    const { timezone, country } = await tx.selectFrom("tenant").select(["timezone", "country"]).executeTakeFirstOrThrow();
    const state = await readState(tx, reader);
    return { ...state, timezone, country, notices: await readNotices(tx, reader) };
  });
}

export function loadNoticeState(reader: NoticeReader): Promise<NoticeState> {
  return inTenant(reader.tenantId, (tx) => readState(tx, reader));
}

async function readState(tx: Tx, reader: NoticeReader): Promise<NoticeState> {
  const { rows } = await sql<{ latest: number; unread: number; newBookings: number[] | null }>`
    select
      coalesce((select n.number from notification n where ${isTheirs(reader)} order by n.number desc limit 1), 0) as latest,
      count(*)::int as unread,
      json_agg(u.number order by u.number) filter (where u.kind = 'booking.paid') as "newBookings"
    from (
      select n.number, n.kind from notification n
      where ${isTheirs(reader)} and not ${isRead(reader)} and n.number > ${readThrough(reader)}
      order by n.number desc limit ${unreadMax}
    ) u`.execute(tx);
  const { latest = 0, unread = 0, newBookings } = rows[0] ?? {};
  // A booking that was handed over takes its notices along, so the newest number may fall.
  return { latest, unread, newBookings: newBookings ?? [], revision: `${latest}-${unread}-${newBookings?.at(0) ?? 0}` };
}

type Row = {
  number: number;
  kind: NoticeKind;
  created_at: Date;
  is_read: boolean;
  details: Record<string, unknown>;
  booking_id: string | null;
  order_id: string | null;
  order_number: number | null;
  product_id: string | null;
  product_title: string | null;
  customer: string | null;
  service: string | null;
  professional: string | null;
  starts_at: Date | null;
  amount_minor: number | null;
  currency: string | null;
};

async function readNotices(tx: Tx, reader: NoticeReader): Promise<Notice[]> {
  const { rows } = await sql<Row>`
    with listed as materialized (
      select n.tenant_id, n.number, n.kind, n.created_at, n.details, n.checkout_id,
        (${isRead(reader)} or n.number <= ${readThrough(reader)}) as is_read
      from notification n where ${isTheirs(reader)} order by n.number desc limit ${noticesMax}
    )
    select n.number, n.kind, n.created_at, n.details, n.is_read, b.id as booking_id, k.customer_name as customer, s.name as service,
      p.name as professional, b.starts_at, q.id as order_id, o.number as order_number, a.id as product_id, a.title as product_title,
      case when n.kind = 'order.paid' then k.amount_minor when n.kind like 'dispute.%' then (n.details ->> 'amountMinor')::bigint else r.amount_minor end as amount_minor,
      case when n.kind = 'order.paid' then k.currency when n.kind like 'dispute.%' then n.details ->> 'currency' else r.currency end as currency
    from listed n
      left join booking b on b.tenant_id = n.tenant_id and b.id = n.checkout_id
      left join checkout k on k.tenant_id = n.tenant_id and k.id = n.checkout_id
      left join order_session q on q.tenant_id = n.tenant_id and q.id = n.checkout_id
      left join shop_order o on o.tenant_id = q.tenant_id and o.id = q.id
      left join product a on a.tenant_id = n.tenant_id and a.id = (n.details ->> 'productId')::uuid
      left join service s on s.tenant_id = b.tenant_id and s.id = b.service_id
      left join professional p on p.tenant_id = b.tenant_id and p.id = b.professional_id
      left join refund_case r on r.tenant_id = n.tenant_id and r.id = (n.details ->> 'refundCaseId')::uuid
    order by n.number desc`.execute(tx);
  return rows.map(shown);
}

/**
 * Staff hear of their own bookings, as long as they are theirs. Nobody hears of a time before them.
 * Whose a booking is now is asked for each notice alone: joined, all bookings might be read.
 */
function isTheirs({ tenantId, memberId, role, professionalId }: NoticeReader): RawBuilder<boolean> {
  const isOwn = sql`n.professional_id = ${professionalId}::uuid
    and (select b.professional_id from booking b where b.tenant_id = n.tenant_id and b.id = n.checkout_id) = ${professionalId}::uuid`;
  return sql<boolean>`(n.tenant_id = ${tenantId} and n.kind = any (${noticeKindsOf(role)})
    and n.created_at >= (select created_at from member where tenant_id = ${tenantId} and id = ${memberId})
    and ${role === "staff" ? isOwn : sql`true`})`;
}

function isRead({ tenantId, memberId }: NoticeReader): RawBuilder<boolean> {
  return sql<boolean>`(n.actor = 'member:' || ${memberId}::text or exists (select from notice_read r
    where r.tenant_id = ${tenantId} and r.member_id = ${memberId} and r.number = n.number))`;
}

const readThrough = ({ tenantId, memberId }: NoticeReader): RawBuilder<number> =>
  sql<number>`coalesce((select read_through from notice_reader where tenant_id = ${tenantId} and member_id = ${memberId}), 0)`;

function shown(row: Row): Notice {
  const { booking_id: id, customer, service, professional, starts_at: start, amount_minor: amountMinor, currency, details } = row;
  const arisen = arisenKinds.find((kind: ArisenKind) => kind === details["what"]);
  return {
    number: row.number,
    kind: row.kind,
    at: row.created_at.toISOString(),
    isRead: row.is_read,
    booking:
      id && start
        ? {
            id,
            customerName: customer ?? "",
            serviceName: service ?? "",
            professionalName: professional ?? "",
            start: start.toISOString(),
          }
        : null,
    order: row.order_id !== null ? { id: row.order_id, number: row.order_number, customerName: customer ?? "" } : null,
    product:
      row.product_id !== null
        ? { id: row.product_id, title: row.product_title ?? "", left: typeof details["left"] === "number" ? details["left"] : 0 }
        : null,
    money: amountMinor !== null && currency !== null ? { amountMinor, currency } : null,
    arisen: arisen ?? null,
  };
}
