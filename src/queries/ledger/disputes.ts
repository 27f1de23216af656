import { sql } from "kysely";
import { type DeskDispute, type DisputeList, type DisputeListed, disputesPageMax, type OutsideRefund } from "#contracts/ledger/disputes.ts";
import { disputeStates, isDisputeOpen } from "#domain/money-back/disputes.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { ChargeRefundRow, DisputeRow } from "#platform/rows.ts";

/** Open ones by what is due first, decided ones by the newest word. */
export function listDisputes({ tenantId, isOpen }: { tenantId: string; isOpen: boolean }): Promise<DisputeList> {
  const states = disputeStates.filter((state) => isDisputeOpen(state) === isOpen);
  return inTenant(tenantId, async (tx) => {
    const rows = await tx
      .selectFrom("dispute as d")
      .innerJoin("charge as c", (join) => join.onRef("c.tenant_id", "=", "d.tenant_id").onRef("c.id", "=", "d.charge_id"))
      .innerJoin("connection as n", (join) => join.onRef("n.tenant_id", "=", "c.tenant_id").onRef("n.id", "=", "c.connection_id"))
      .leftJoin("payment as p", (join) => join.onRef("p.tenant_id", "=", "c.tenant_id").onRef("p.id", "=", "c.payment_id"))
      .leftJoin("checkout as k", (join) => join.onRef("k.tenant_id", "=", "p.tenant_id").onRef("k.id", "=", "p.checkout_id"))
      .selectAll("d")
      .select(["c.currency", "c.provider_charge_id", "n.provider", "k.id as checkout_id", "k.kind as checkout_kind", "k.customer_name"])
      .where("d.state", "in", states)
      .orderBy(isOpen ? sql`d.evidence_due_at` : sql`d.updated_at desc`)
      .orderBy("d.id")
      .limit(disputesPageMax)
      .execute();
    return {
      disputes: rows.map(
        (row): DisputeListed => ({
          ...disputeOf(row),
          provider: row.provider,
          providerChargeId: row.provider_charge_id,
          checkout:
            row.checkout_id && row.checkout_kind
              ? { id: row.checkout_id, kind: row.checkout_kind, customerName: row.customer_name ?? "" }
              : null,
        }),
      ),
    };
  });
}

export function disputeOf(row: DisputeRow & { currency: string }): DeskDispute {
  return {
    id: row.id,
    providerDisputeId: row.provider_dispute_id,
    kind: row.kind,
    state: row.state,
    providerStatus: row.provider_status,
    amountMinor: row.amount_minor,
    currency: row.currency,
    feeMinor: row.fee_minor,
    reason: row.reason,
    evidenceDueAt: row.evidence_due_at?.toISOString() ?? null,
    isRefundable: row.is_refundable,
    openedAt: row.created_at.toISOString(),
  };
}

/** At most so many, the newest: a charge has a few. */
const rowsMax = 100;

/** Of all payments of these purchases, the newest first. */
export async function readDisputes(tx: Tx, checkoutIds: readonly string[]): Promise<DeskDispute[]> {
  const { rows } = await sql<DisputeRow & { currency: string }>`
    select d.*, c.currency from dispute d
    join charge c on c.tenant_id = d.tenant_id and c.id = d.charge_id
    join payment p on p.tenant_id = c.tenant_id and p.id = c.payment_id
    where d.tenant_id = current_tenant() and p.checkout_id = any (${[...checkoutIds]}::uuid[])
    order by d.created_at desc limit ${rowsMax}`.execute(tx);
  return rows.map(disputeOf);
}

/** What somebody sent back in the provider's panel, the oldest first. */
export async function readOutsideRefunds(tx: Tx, checkoutIds: readonly string[]): Promise<OutsideRefund[]> {
  const { rows } = await sql<ChargeRefundRow & { currency: string }>`
    select x.*, c.currency from charge_refund x
    join charge c on c.tenant_id = x.tenant_id and c.id = x.charge_id
    join payment p on p.tenant_id = c.tenant_id and p.id = c.payment_id
    where x.tenant_id = current_tenant() and x.refund_case_id is null and p.checkout_id = any (${[...checkoutIds]}::uuid[])
    order by x.created_at limit ${rowsMax}`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    providerRefundId: row.provider_refund_id,
    amountMinor: row.amount_minor,
    currency: row.currency,
    state: row.state,
    at: (row.at ?? row.created_at).toISOString(),
  }));
}
