import { type RawBuilder, sql } from "kysely";
import { type LedgerLine, type LedgerPage, type LinesQuery, ledgerLinesMax, type Mode } from "#contracts/ledger/ledger.ts";
import { Refusal } from "#contracts/problem.ts";
import type { LedgerKind } from "#domain/ledger/money-moves.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { endAfter, type LedgerWish, ledgerLines } from "./ledger-lines.ts";
import { readDay } from "./ledger-span.ts";

const cursorShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/** The lines of a day, the oldest first. Refuses: invalid_request, for a cursor that is none. */
export function listLines({ tenantId, query }: { tenantId: string; query: LinesQuery }): Promise<LedgerPage> {
  const { cursor, provider, currency } = query;
  if (cursor !== undefined && (!cursorShape.test(cursor) || Number.isNaN(Date.parse(cursor))))
    throw new Refusal("invalid_request", "This cursor is not one of ours.", [{ path: "cursor", message: "is none of ours" }]);
  return inTenant(tenantId, async (tx) => {
    const { day, mode, span } = await readDay(tx, query);
    const wish = { tenantId, mode, span: cursor && cursor > span.from ? { ...span, from: cursor } : span };
    const { lines, end } = await readLines(tx, wish, { count: ledgerLinesMax, filter: filterOf({ provider, currency }) });
    return { day, lines: lines.map(lineOf), next: end };
  });
}

function filterOf({ provider, currency }: Pick<LinesQuery, "provider" | "currency">): RawBuilder<unknown> {
  return sql.join(
    [sql`true`, ...(provider ? [sql`l.provider = ${provider}`] : []), ...(currency ? [sql`l.currency = ${currency}`] : [])],
    sql` and `,
  );
}

export type LineRow = {
  id: string;
  at: Date;
  kind: LedgerKind;
  amount_minor: number;
  currency: string;
  provider: string;
  mode: Mode;
  method: string | null;
  charge_id: string;
  provider_charge_id: string;
  reference: string;
  paid_at: Date;
  checkout_id: string | null;
  checkout_kind: string | null;
  /** Also of its rest, which has no answers and no service of its own. */
  booking_id: string | null;
  customer_name: string | null;
  service: string | null;
  order_number: number | null;
};

/** The next lines, with whose they are, and where the ones after them begin. */
export async function readLines(
  tx: Tx,
  wish: LedgerWish,
  { count, filter = sql`true` }: { count: number; filter?: RawBuilder<unknown> },
): Promise<{ lines: LineRow[]; end: string | null }> {
  const ends = await endAfter(wish, count).execute(tx);
  const end = ends.rows[0]?.end ?? null;
  const span = end === null ? wish.span : { ...wish.span, to: end };
  const { rows } = await sql<LineRow>`
    select l.id, l.at, l.kind, l.amount_minor, l.currency, l.provider, l.mode, l.method, l.charge_id, l.provider_charge_id, l.reference,
      l.paid_at, k.id as checkout_id, k.kind as checkout_kind, b.id as booking_id, k.customer_name, s.name as service,
      o.number as order_number
    from (${ledgerLines({ ...wish, span })}) l
    left join payment p on p.tenant_id = ${wish.tenantId} and p.id = l.payment_id
    left join checkout k on k.tenant_id = ${wish.tenantId} and k.id = p.checkout_id
    left join booking_rest t on t.tenant_id = ${wish.tenantId} and t.id = k.id
    left join booking b on b.tenant_id = ${wish.tenantId} and b.id = case when t.booking_id is null then k.id else t.booking_id end
    left join service s on s.tenant_id = ${wish.tenantId} and s.id = b.service_id
    left join shop_order o on o.tenant_id = ${wish.tenantId} and o.id = k.id
    where ${filter}
    order by l.at, l.kind, l.id`.execute(tx);
  return { lines: rows, end };
}

function lineOf(row: LineRow): LedgerLine {
  const { checkout_id: id, checkout_kind: kind, customer_name: customerName, service, order_number: orderNumber } = row;
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    amountMinor: row.amount_minor,
    currency: row.currency,
    provider: row.provider,
    mode: row.mode,
    method: row.method,
    chargeId: row.charge_id,
    providerChargeId: row.provider_charge_id,
    reference: row.reference,
    checkout: id === null ? null : { id, kind: kind ?? "", customerName: customerName ?? "", service, orderNumber },
  };
}
