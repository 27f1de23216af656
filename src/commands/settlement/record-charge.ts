import { sql } from "kysely";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { type ChargeOutcome, mayPaymentMove } from "#domain/payment-states.ts";
import type { Tx } from "#platform/db.ts";
import type { ChargeRow } from "#platform/rows.ts";
import { keepDifferingFact } from "../refund-cases/charge-facts.ts";
import { findChargeRow, recordChargeRow } from "../refund-cases/charge-rows.ts";

type Told = { tenantId: string; connectionId: string; paymentId: string; fact: ChargeFact };
/** `isContradiction`: this fact is new and names other money than an older fact. */
export type Recorded = { charge: ChargeRow; isContradiction: boolean };

/** As `record_charges` and `mark_paid` read it. */
export function chargeAsJson({ tenantId, connectionId, paymentId, fact, outcome }: Told & { outcome: ChargeOutcome | null }) {
  const { finalizedAt, ...told } = fact;
  return { tenantId, connectionId, paymentId, ...told, approvedAt: approvedAt(fact)?.toISOString() ?? null, outcome };
}

/**
 * Records a charge under the locks of its payment. One row per charge, whose state moves only as
 * the table allows. The row follows the newest fact until its money has an outcome.
 */
export async function recordCharge(tx: Tx, told: Told): Promise<Recorded> {
  const { fact } = told;
  const known = await findChargeRow(tx, { connectionId: told.connectionId, providerChargeId: fact.providerChargeId });
  if (!known) return { charge: await recordChargeRow(tx, chargeAsJson({ ...told, outcome: null })), isContradiction: false };
  const isContradiction = await keepDifferingFact(tx, known, fact);
  const moves = mayPaymentMove(known.status, fact.state);
  const isNewest = known.outcome === null && (moves || known.status === fact.state);
  if (!moves && !(isNewest && isContradiction) && known.payment_id !== null) return { charge: known, isContradiction };
  const { state, providerStatus } = fact;
  const moved = moves ? { status: state, provider_status: providerStatus, approved_at: known.approved_at ?? approvedAt(fact) } : {};
  const money = isNewest
    ? { amount_minor: fact.amountMinor, tip_minor: fact.tipMinor ?? known.tip_minor, currency: fact.currency, method: fact.method }
    : {};
  const charge = await tx
    .updateTable("charge")
    .set({ payment_id: told.paymentId, ...moved, ...money, updated_at: sql`now()` })
    .where("id", "=", known.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return { charge, isContradiction };
}

/** When the money came. Nothing else tells a late notice from a late payment. */
const approvedAt = (fact: ChargeFact): Date | null => (fact.state === "approved" ? fact.finalizedAt : null);
