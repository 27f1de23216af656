import { sql } from "kysely";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { type ChargeOutcome, mayPaymentMove } from "#domain/payment-states.ts";
import type { Tx } from "#platform/db.ts";
import type { ChargeRow } from "#platform/rows.ts";
import { findChargeRow, recordChargeRow } from "../refund-cases/charge-rows.ts";

type Told = { tenantId: string; connectionId: string; paymentId: string; fact: ChargeFact };

/** As `record_charges` and `mark_paid` read it. */
export function chargeAsJson({ tenantId, connectionId, paymentId, fact, outcome }: Told & { outcome: ChargeOutcome | null }) {
  const { finalizedAt, ...told } = fact;
  return { tenantId, connectionId, paymentId, ...told, approvedAt: approvedAt(fact)?.toISOString() ?? null, outcome };
}

/**
 * Records a charge under the locks of its payment. One row per charge, whose state moves only as
 * the table allows. Amount and currency stay as the provider first reported them.
 */
export async function recordCharge(tx: Tx, told: Told): Promise<ChargeRow> {
  const known = await findChargeRow(tx, { connectionId: told.connectionId, providerChargeId: told.fact.providerChargeId });
  if (!known) return recordChargeRow(tx, chargeAsJson({ ...told, outcome: null }));
  const moves = mayPaymentMove(known.status, told.fact.state);
  if (!moves && known.payment_id !== null) return known;
  const { state, providerStatus } = told.fact;
  const moved = moves ? { status: state, provider_status: providerStatus, approved_at: known.approved_at ?? approvedAt(told.fact) } : {};
  return tx
    .updateTable("charge")
    .set({ payment_id: told.paymentId, ...moved, updated_at: sql`now()` })
    .where("id", "=", known.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** When the money came. Nothing else tells a late notice from a late payment. */
const approvedAt = (fact: ChargeFact): Date | null => (fact.state === "approved" ? fact.finalizedAt : null);
