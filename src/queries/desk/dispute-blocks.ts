import { isRefundBlocked } from "#domain/money-back/refund-parts.ts";
import type { Tx } from "#platform/db.ts";
import type { ChargeRow } from "#platform/rows.ts";

/** Whether the provider sends no refund of this charge, as it told last. */
export async function isBlockedByDispute(tx: Tx, charge: Pick<ChargeRow, "id" | "status">): Promise<boolean> {
  const rows = await tx.selectFrom("dispute").selectAll().where("charge_id", "=", charge.id).execute();
  const disputes = rows.map((row) => ({
    ...{ providerDisputeId: row.provider_dispute_id, kind: row.kind, state: row.state, providerStatus: row.provider_status },
    ...{ amountMinor: row.amount_minor, feeMinor: row.fee_minor, reason: row.reason, evidenceDueAt: row.evidence_due_at },
    isRefundable: row.is_refundable,
  }));
  return isRefundBlocked({ state: charge.status, ...(disputes.length > 0 && { disputes }) });
}

/** Which of a purchase's parts have money that no refund can send. */
export async function disputeBlocks(tx: Tx, paidBy: { booking: string | null; rest: string | null }): Promise<("booking" | "rest")[]> {
  const blocked: ("booking" | "rest")[] = [];
  for (const part of ["booking", "rest"] as const) {
    const id = paidBy[part];
    const charge = id && (await tx.selectFrom("charge").select(["id", "status"]).where("id", "=", id).executeTakeFirst());
    if (charge && (await isBlockedByDispute(tx, charge))) blocked.push(part);
  }
  return blocked;
}
