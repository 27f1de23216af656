import { sql } from "kysely";
import type { RefundCaseListed, RefundCasePage, refundCaseViews } from "#contracts/desk/money.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { refundCaseOf } from "./booking-money.ts";

type View = (typeof refundCaseViews)[number];
type Asked = { tenantId: string; view: View; cursor?: string | undefined; limit: number };

/** A page of a merchant's refund cases. Refuses invalid_request for a cursor that is none. */
export function listRefundCases({ tenantId, view, cursor, limit }: Asked): Promise<RefundCasePage> {
  const after = cursor === undefined ? null : readCursor(cursor);
  return inTenant(tenantId, async (tx) => {
    const isDone = view === "done";
    const at = isDone ? sql<Date>`r.updated_at` : sql<Date>`r.due_at`;
    let rows = selectCases(tx)
      .where("r.state", isDone ? "=" : "<>", "done")
      .orderBy(at, isDone ? "desc" : "asc")
      .orderBy("r.id", isDone ? "desc" : "asc")
      .limit(limit + 1);
    if (after) {
      const place = sql`(${at}, r.id)`;
      const from = sql`(${after.at}::timestamptz, ${after.id}::uuid)`;
      rows = rows.where(isDone ? sql<boolean>`${place} < ${from}` : sql<boolean>`${place} > ${from}`);
    }
    const found = await rows.select(sql<string>`to_json(${at}) #>> '{}'`.as("place")).execute();
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      refundCases: shown.map(listed),
      next: last && found.length > limit ? `${last.place}~${last.id}` : null,
    };
  });
}

/** Refuses: refund_case_unknown. */
export function loadRefundCase(tenantId: string, id: string): Promise<RefundCaseListed> {
  return inTenant(tenantId, async (tx) => {
    const row = await selectCases(tx).where("r.id", "=", id).executeTakeFirst();
    if (!row) throw new Refusal("refund_case_unknown");
    return listed(row);
  });
}

function selectCases(tx: Tx) {
  return tx
    .selectFrom("refund_case as r")
    .innerJoin("charge as c", (join) => join.onRef("c.tenant_id", "=", "r.tenant_id").onRef("c.id", "=", "r.charge_id"))
    .innerJoin("connection as n", (join) => join.onRef("n.tenant_id", "=", "c.tenant_id").onRef("n.id", "=", "c.connection_id"))
    .leftJoin("checkout as k", (join) => join.onRef("k.tenant_id", "=", "r.tenant_id").onRef("k.id", "=", "r.checkout_id"))
    .selectAll("r")
    .select(["c.provider_charge_id", "c.reference", "n.provider"])
    .select(["k.kind", "k.customer_name", "k.customer_email"])
    .select(proofFiles.as("proof_files"))
    .select(sql<boolean>`r.state <> 'done' and r.due_at < now()`.as("is_late"));
}

const proofFiles = sql<RefundCaseListed["proofFiles"]>`coalesce((
  select json_agg(json_build_object('id', f.id, 'name', f.name, 'type', f.type, 'bytes', length(f.content),
    'at', to_char(f.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by f.created_at, f.id)
  from refund_proof f where f.tenant_id = r.tenant_id and f.refund_case_id = r.id), '[]')`;

type Row = Awaited<ReturnType<ReturnType<typeof selectCases>["executeTakeFirstOrThrow"]>>;

function listed(row: Row): RefundCaseListed {
  const { checkout_id: checkoutId, kind, customer_name: customerName, customer_email: customerEmail } = row;
  return {
    ...refundCaseOf(row),
    provider: row.provider,
    providerChargeId: row.provider_charge_id,
    reference: row.reference,
    isByHand: isByHand(row),
    isLate: row.is_late,
    proofFiles: row.proof_files,
    checkout:
      checkoutId && kind !== null ? { id: checkoutId, kind, customerName: customerName ?? "", customerEmail: customerEmail ?? "" } : null,
  };
}

/** Of a charge that the provider does not know, also while it is still looked for. */
const isByHand = ({ state, method }: Pick<Row, "state" | "method">): boolean =>
  method === "manual" && (state === "manual" || state === "open");

const cursorShape = /^(\d{4}-\d\d-\d\dT[\d:.]+(?:[+-]\d\d:\d\d|Z))~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function readCursor(cursor: string): { at: string; id: string } {
  const [, at, id] = cursorShape.exec(cursor) ?? [];
  if (!at || !id) throw new Refusal("invalid_request", "This cursor is not one of ours.");
  return { at, id };
}
