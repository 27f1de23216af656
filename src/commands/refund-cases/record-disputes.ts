import { sql } from "kysely";
import { mayDisputeMove, takenByDispute } from "#domain/money-back/disputes.ts";
import type { ChargeFact, DisputeFact } from "#domain/payment-provider.ts";
import type { Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import type { ChargeRow, DisputeRow } from "#platform/rows.ts";
import { logEvent } from "../log-event.ts";
import { caseAsSubject } from "./outside-part.ts";

type Seen = { charge: ChargeRow; fact: ChargeFact; checkoutId: string | null };

/**
 * Keeps each dispute of a charge, with what it has taken and what the provider keeps for it. The
 * caller has locked the checkout, then the charge.
 */
export async function recordDisputes(tx: Tx, { charge, fact, checkoutId }: Seen): Promise<void> {
  if (fact.disputes === undefined || fact.disputes.length === 0) return;
  const known = await tx.selectFrom("dispute").selectAll().where("charge_id", "=", charge.id).forUpdate().execute();
  for (const told of fact.disputes) {
    const row = known.find(({ provider_dispute_id: id }) => id === told.providerDisputeId);
    if (row && !isChanged(row, told)) continue;
    if (row && !mayDisputeMove(row.state, told.state)) continue;
    const id = await keepDispute(tx, { charge, told, row });
    await tell(tx, { charge, checkoutId, told, row, id });
  }
}

function isChanged(row: DisputeRow, told: DisputeFact): boolean {
  return (
    row.kind !== told.kind ||
    row.state !== told.state ||
    row.amount_minor !== told.amountMinor ||
    row.is_refundable !== told.isRefundable ||
    (told.feeMinor !== null && row.fee_minor !== told.feeMinor) ||
    row.evidence_due_at?.getTime() !== told.evidenceDueAt?.getTime()
  );
}

type Kept = { charge: ChargeRow; told: DisputeFact; row: DisputeRow | undefined };

async function keepDispute(tx: Tx, { charge, told, row }: Kept): Promise<string> {
  const facts = {
    kind: told.kind,
    state: told.state,
    provider_status: told.providerStatus,
    amount_minor: told.amountMinor,
    fee_minor: told.feeMinor ?? row?.fee_minor ?? null,
    reason: told.reason,
    evidence_due_at: told.evidenceDueAt,
    is_refundable: told.isRefundable,
  };
  if (row) {
    await tx
      .updateTable("dispute")
      .set({ ...facts, updated_at: sql`now()` })
      .where("id", "=", row.id)
      .execute();
    return row.id;
  }
  const id = newId();
  await tx
    .insertInto("dispute")
    .values({ ...facts, tenant_id: charge.tenant_id, id, charge_id: charge.id, provider_dispute_id: told.providerDisputeId })
    .execute();
  return id;
}

/** `movedMinor` and `feeMinor`: what has left by this word, or with a minus come back. */
async function tell(tx: Tx, { charge, checkoutId, told, row, id }: Kept & { checkoutId: string | null; id: string }): Promise<void> {
  const subject = checkoutId ? ({ kind: "checkout", id: checkoutId } as const) : await caseAsSubject(tx, charge);
  if (!subject) return;
  const takenBefore = row ? takenByDispute({ kind: row.kind, state: row.state, amountMinor: row.amount_minor }) : 0;
  await logEvent(tx, {
    tenantId: charge.tenant_id,
    subject,
    kind: row ? "dispute.changed" : "dispute.opened",
    details: {
      disputeId: id,
      chargeId: charge.id,
      disputeKind: told.kind,
      state: told.state,
      amountMinor: told.amountMinor,
      currency: charge.currency,
      movedMinor: takenByDispute(told) - takenBefore,
      feeMinor: told.feeMinor === null ? 0 : told.feeMinor - (row?.fee_minor ?? 0),
      evidenceDueAt: told.evidenceDueAt?.toISOString() ?? null,
    },
    actor: "provider",
  });
}
