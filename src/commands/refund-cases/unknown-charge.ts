import { sql } from "kysely";
import { refundProblem } from "#domain/money-back/refund-problems.ts";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { refundSteps, unknownChargeAskDays, unknownChargeAskHours } from "#domain/refund-policy.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { ChargeRow, RefundCaseRow } from "#platform/rows.ts";
import { keepDifferingFact } from "./charge-facts.ts";
import { logCase } from "./log-case.ts";
import { moveCase } from "./move-case.ts";
import { moveToManual } from "./move-to-manual.ts";

type Unknown = { refundCase: RefundCaseRow; chargeId: string; now: ChargeFact | null };

/**
 * For a case that only a signed event supports. Nothing is sent back while the API does not know
 * the charge, but a person may act. Once the API knows it, the case goes on, or is withdrawn.
 */
export async function advanceUnknown({ refundCase, chargeId, now }: Unknown): Promise<{ againInSeconds: number } | null> {
  crashPoint("unproven charge looked up, not recorded");
  const step = now && refundSteps[now.state];
  if (!now || step === "wait") {
    const daysAsked = (databaseNow() - refundCase.created_at.getTime()) / 86_400_000;
    if (daysAsked < unknownChargeAskDays) return { againInSeconds: unknownChargeAskHours * 3600 };
    return moveToManual(refundCase, refundCase.last_error);
  }
  if (step === "withdraw") return withdrawCase(refundCase, { chargeId, proof: refundProblem("no_money", now.providerStatus), now });
  return (await believe(refundCase, chargeId, now)) ? { againInSeconds: 0 } : null;
}

/**
 * What the API says replaces what the event said. Returns false if the case has ended meanwhile.
 */
async function believe(refundCase: RefundCaseRow, chargeId: string, now: ChargeFact): Promise<boolean> {
  return inTenant(refundCase.tenant_id, async (tx) => {
    await keepDifferingFact(tx, await lockCharge(tx, chargeId), now);
    const moved = await tx
      .updateTable("refund_case")
      .set({
        unproven: null,
        method: null,
        last_error: null,
        amount_minor: now.amountMinor,
        currency: now.currency,
        updated_at: sql`now()`,
      })
      .where("id", "=", refundCase.id)
      .where("state", "=", "open")
      .executeTakeFirst();
    if (!moved.numUpdatedRows) return false;
    await tx.updateTable("charge").set(factOf(now)).where("id", "=", chargeId).execute();
    return true;
  });
}

type Withdrawal = { chargeId: string; proof: string; now: ChargeFact | null };

/** Ends a case that must send nothing back. `proof` says why. */
export async function withdrawCase(refundCase: RefundCaseRow, { chargeId, proof, now }: Withdrawal): Promise<null> {
  await inTenant(refundCase.tenant_id, async (tx) => {
    await lockCharge(tx, chargeId);
    if (!(await moveCase(tx, refundCase, "done", { proof, withdrawn_at: new Date(databaseNow()) }))) return;
    // The outcome is cleared: if the provider approves the charge after all, it needs a new one.
    await tx
      .updateTable("charge")
      .set({ ...(now ? factOf(now) : {}), outcome: null })
      .where("id", "=", chargeId)
      .execute();
    const details = { reason: refundCase.reason, providerStatus: now?.providerStatus ?? null };
    await logCase(tx, refundCase, { kind: "refund_case.withdrawn", details, actor: "provider" });
  });
  return null;
}

/** The charge is locked before its case, as in settling and finishing. */
function lockCharge(tx: Tx, chargeId: string): Promise<ChargeRow> {
  return tx.selectFrom("charge").selectAll().where("id", "=", chargeId).forUpdate().executeTakeFirstOrThrow();
}

/** The API's first word about this charge, so it replaces the state and is not a move. */
const factOf = (now: ChargeFact) => ({
  status: now.state,
  provider_status: now.providerStatus,
  reference: now.reference,
  amount_minor: now.amountMinor,
  currency: now.currency,
  method: now.method,
  updated_at: sql<Date>`now()`,
});
