import { type RawBuilder, sql } from "kysely";
import type { Mode } from "#contracts/ledger/ledger.ts";
import type { PaymentFilters, PaymentRow, PaymentsPage } from "#contracts/ledger/payments-list.ts";
import { Refusal } from "#contracts/problem.ts";
import { approvedStates } from "#domain/ledger/money-moves.ts";
import type { FeeOf } from "#domain/ledger/totals.ts";
import type { ChargeOutcome, ChargeState } from "#domain/payment-states.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { type PagePlace, placeOfRow, readPlace } from "../page-place.ts";
import { modeOf, takenAt } from "./ledger-lines.ts";

type Wish = { tenantId: string; filters: PaymentFilters; feeOf: FeeOf };

/** What providers charged, or tried to, the newest first. Refuses: invalid_request. */
export async function listPayments({
  cursor,
  limit,
  ...wish
}: Wish & { cursor?: string | undefined; limit: number }): Promise<PaymentsPage> {
  const after = cursor === undefined ? null : readPlace(cursor);
  if (cursor !== undefined && after === null)
    throw new Refusal("invalid_request", "The cursor is none of ours.", [{ path: "cursor", message: "is none of ours" }]);
  const rows = await inTenant(wish.tenantId, (tx) => readRows(tx, wish, { after, limit: limit + 1 }));
  const shown = rows.slice(0, limit);
  return { payments: shown.map((row) => rowOf(row, wish.feeOf)), nextCursor: rows.length > limit ? (shown.at(-1)?.place ?? null) : null };
}

const exportWindow = 1_000;

/** Yields all of them piece by piece. No transaction waits for a reader. */
export async function* allPayments(wish: Wish): AsyncGenerator<PaymentRow[], void, undefined> {
  for (let cursor: string | undefined; ; ) {
    const { payments, nextCursor } = await listPayments({ ...wish, cursor, limit: exportWindow });
    yield payments;
    if (nextCursor === null) return;
    cursor = nextCursor;
  }
}

type Row = {
  id: string;
  place: string;
  at: Date;
  reference: string;
  provider: string;
  mode: Mode;
  provider_charge_id: string;
  method: string | null;
  status: ChargeState;
  amount_minor: number;
  tip_minor: number;
  currency: string;
  fee_minor: number | null;
  net_minor: number | null;
  arrives_at: Date | null;
  refunded_minor: number;
  checkout_id: string | null;
  kind: string | null;
  customer_name: string | null;
  service: string | null;
  order_number: number | null;
  outcome: ChargeOutcome | null;
  refund_case: PaymentRow["refundCase"];
};

async function readRows(tx: Tx, wish: Wish, page: { after: PagePlace | null; limit: number }): Promise<Row[]> {
  const { tenantId } = wish;
  const { rows } = await sql<Row>`
    with found as materialized (
      select c.* from charge c where ${conditions(wish, page.after)} order by ${takenAt} desc, c.id desc limit ${page.limit}
    )
    select c.id, ${placeOfRow({ createdAt: takenAt, id: sql`c.id` })} as place, ${takenAt} as at, c.reference, n.provider, ${modeOf} as mode,
      c.provider_charge_id, c.method, c.status, c.amount_minor, c.tip_minor, c.currency, c.fee_minor, c.net_minor, c.arrives_at, c.outcome,
      k.id as checkout_id, k.kind, k.customer_name,
      s.name as service, o.number as order_number, coalesce(back.sum, 0)::bigint as refunded_minor, newest.refund_case
    from found c
    join connection n on n.tenant_id = ${tenantId} and n.id = c.connection_id
    left join payment p on p.tenant_id = ${tenantId} and p.id = c.payment_id
    left join checkout k on k.tenant_id = ${tenantId} and k.id = p.checkout_id
    left join booking_rest t on t.tenant_id = ${tenantId} and t.id = k.id
    left join booking b on b.tenant_id = ${tenantId} and b.id = case when t.booking_id is null then k.id else t.booking_id end
    left join service s on s.tenant_id = ${tenantId} and s.id = b.service_id
    left join shop_order o on o.tenant_id = ${tenantId} and o.id = k.id
    left join lateral (
      select sum(gone.amount_minor) from (
        select r.amount_minor from refund_case r
        where r.tenant_id = ${tenantId} and r.charge_id = c.id and r.state = 'done' and r.withdrawn_at is null
        union all
        select x.amount_minor from charge_refund x
        where x.tenant_id = ${tenantId} and x.charge_id = c.id and x.refund_case_id is null and x.state = 'done'
      ) gone
    ) back on true
    left join lateral (
      select json_build_object('id', r.id, 'state', r.state, 'reason', r.reason) as refund_case from refund_case r
      where r.tenant_id = ${tenantId} and r.charge_id = c.id and r.withdrawn_at is null
      order by r.created_at desc limit 1
    ) newest on true
    order by ${takenAt} desc, c.id desc`.execute(tx);
  return rows;
}

/** What costs nothing is no payment. */
function conditions({ tenantId, filters }: Wish, after: PagePlace | null): RawBuilder<unknown> {
  const { from, to, provider, state, search } = filters;
  const day = (date: string, days: number) =>
    sql`((${date}::date + ${days}::int)::timestamp at time zone (select timezone from tenant where tenant_id = ${tenantId}))`;
  const parts = [
    sql`c.tenant_id = ${tenantId}`,
    sql`c.amount_minor > 0`,
    ...(from ? [sql`${takenAt} >= ${day(from, 0)}`] : []),
    ...(to ? [sql`${takenAt} < ${day(to, 1)}`] : []),
    ...(state ? [sql`c.status = ${state}`] : []),
    // The index of what is not approved needs to be told so.
    ...(state && state !== "approved" ? [sql`c.status <> 'approved'`] : []),
    ...(provider ? [sql`c.connection_id in (${connections(tenantId, sql`provider = ${provider}`)})`] : []),
    ...(search ? [found(tenantId, search)] : []),
    ...(after ? [sql`(${takenAt}, c.id) < (${after.at}::timestamptz, ${after.id}::uuid)`] : []),
  ];
  return sql.join(parts, sql` and `);
}

const connections = (tenantId: string, which: RawBuilder<unknown>) =>
  sql`select id from connection where tenant_id = ${tenantId} and kind in ('payment', 'desk') and ${which}`;

/** By our reference, a refund's number or the provider's id, each whole: an index answers each. */
function found(tenantId: string, search: string): RawBuilder<unknown> {
  const reference = search.toUpperCase();
  return sql`c.id in (
    select c.id from payment p join charge c on c.tenant_id = p.tenant_id and c.payment_id = p.id
    where p.tenant_id = ${tenantId} and p.reference = ${reference}
    union
    select c.id from charge c where c.tenant_id = ${tenantId} and c.payment_id is null and c.reference = ${reference}
    union
    select r.charge_id from refund_case r where r.tenant_id = ${tenantId} and r.number = ${asRefundNumber(search)}
    union
    select c.id from connection n join charge c on c.tenant_id = n.tenant_id and c.connection_id = n.id
    where n.tenant_id = ${tenantId} and n.kind in ('payment', 'desk') and c.provider_charge_id = ${search}
  )`;
}

/** People write down what they hear with spaces, dots or nothing. */
function asRefundNumber(search: string): string {
  const digits = search.replaceAll(/[\s.-]/g, "");
  return /^\d{9}$/.test(digits) ? digits.replace(/(...)(...)(...)/, "$1-$2-$3") : search;
}

const approved: readonly ChargeState[] = approvedStates;

function rowOf(row: Row, feeOf: FeeOf): PaymentRow {
  const { provider, currency, amount_minor: amountMinor, status: state, checkout_id: id, service, order_number: orderNumber } = row;
  return {
    id: row.id,
    at: row.at.toISOString(),
    reference: row.reference,
    provider,
    mode: row.mode,
    providerChargeId: row.provider_charge_id,
    method: row.method,
    state,
    amountMinor,
    currency,
    feeMinor: row.fee_minor ?? (approved.includes(state) ? feeOf({ provider, currency, amountMinor }) : null),
    isFeeTold: row.fee_minor !== null,
    netMinor: row.net_minor,
    arrivesAt: row.arrives_at?.toISOString() ?? null,
    tipMinor: row.tip_minor,
    refundedMinor: row.refunded_minor,
    checkout: id === null ? null : { id, kind: row.kind ?? "", customerName: row.customer_name ?? "", service, orderNumber },
    outcome: row.outcome,
    refundCase: row.refund_case,
  };
}
