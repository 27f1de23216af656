import { sql } from "kysely";
import type { ChargeFact } from "#domain/payment-provider.ts";
import type { ChargeOutcome } from "#domain/payment-states.ts";
import { type RefundState, refundStates } from "#domain/refund-policy.ts";
import type { Tx } from "#platform/db.ts";
import type { ChargeRow } from "#platform/rows.ts";

type Place = { connectionId: string; providerChargeId: string };

/** Returns the locked row of a charge. */
export async function findChargeRow(tx: Tx, place: Place): Promise<ChargeRow | null> {
  const found = await tx
    .selectFrom("charge")
    .selectAll()
    .where("connection_id", "=", place.connectionId)
    .where("provider_charge_id", "=", place.providerChargeId)
    .forUpdate()
    .executeTakeFirst();
  return found ?? null;
}

/**
 * What has gone of a charge or is on its way, in minor units: its cases in these states, and what
 * was sent in the provider's panel.
 */
export async function sentBackMinor(tx: Tx, charge: ChargeRow, states: readonly RefundState[] = refundStates): Promise<number> {
  const { sum } = await tx
    .selectFrom("refund_case")
    .select(sql<number>`coalesce(sum(amount_minor), 0)::bigint`.as("sum"))
    .where("charge_id", "=", charge.id)
    .where("state", "in", states)
    .where("withdrawn_at", "is", null)
    .executeTakeFirstOrThrow();
  return sum + (await sentOutsideMinor(tx, charge));
}

/** What somebody sent back in the provider's panel. What is on its way counts as gone. */
async function sentOutsideMinor(tx: Tx, charge: ChargeRow): Promise<number> {
  const { sum } = await tx
    .selectFrom("charge_refund")
    .select(sql<number>`coalesce(sum(amount_minor), 0)::bigint`.as("sum"))
    .where("charge_id", "=", charge.id)
    .where("refund_case_id", "is", null)
    .where("state", "<>", "failed")
    .executeTakeFirstOrThrow();
  return sum;
}

export type NewCharge = Place &
  Omit<ChargeFact, "finalizedAt"> & {
    tenantId: string;
    paymentId: string | null;
    approvedAt: string | null;
    outcome: ChargeOutcome | null;
  };

/** Inserts a charge by the one function that does, or returns the row of a faster process. */
export async function recordChargeRow(tx: Tx, charge: NewCharge): Promise<ChargeRow> {
  const { rows } = await sql<ChargeRow>`select * from record_charges(${JSON.stringify([charge])}::jsonb)`.execute(tx);
  const row = rows[0] ?? (await findChargeRow(tx, charge));
  if (!row) throw new Error("the recorded charge is missing");
  return row;
}
