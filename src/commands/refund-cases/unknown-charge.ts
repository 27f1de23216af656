import { sql } from "kysely";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { refundSteps, unknownChargeAskDays, unknownChargeAskHours } from "#domain/refund-policy.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { ChargeRow, RefundCaseRow } from "#platform/rows.ts";
import { logEvent } from "../log-event.ts";
import { keepDifferingFact } from "./charge-facts.ts";
import { moveCase } from "./move-case.ts";
import { moveToManual } from "./move-to-manual.ts";
import { refundSubject } from "./open.ts";

type Unknown = { refundCase: RefundCaseRow; chargeId: string; now: ChargeFact | null };

/**
 * A case of which only a signed event tells. Nothing is sent back while the provider's API does not know the charge: a person
 * may, after a look into the provider's panel. Once the API knows it, the case goes the way of any other, or ends if there
 * never was money.
 */
export async function advanceUnknown({ refundCase, chargeId, now }: Unknown): Promise<{ againInSeconds: number } | null> {
  crashPoint("unproven charge looked up, not recorded");
  const step = now && refundSteps[now.state];
  if (!now || step === "wait") {
    const daysAsked = (Date.now() - refundCase.created_at.getTime()) / 86_400_000;
    if (daysAsked < unknownChargeAskDays) return { againInSeconds: unknownChargeAskHours * 3600 };
    await moveToManual(refundCase, refundCase.last_error);
    return null;
  }
  if (step === "withdraw") {
    await withdrawCase(refundCase, { chargeId, proof: `no money: the provider says ${now.providerStatus}`, now });
    return null;
  }
  return (await believe(refundCase, chargeId, now)) ? { againInSeconds: 0 } : null;
}

/** What the API says takes the place of what the event said; the way back is chosen anew. Returns false if the case has ended since it was read. */
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

/** Nothing goes back by this case. `proof` says why. */
export async function withdrawCase(refundCase: RefundCaseRow, { chargeId, proof, now }: Withdrawal): Promise<void> {
  const { tenant_id: tenantId, id } = refundCase;
  await inTenant(tenantId, async (tx) => {
    await lockCharge(tx, chargeId);
    if (!(await moveCase(tx, refundCase, "done", { proof, withdrawn_at: new Date() }))) return;
    // Without an outcome: should the provider approve it after all, that money needs one.
    await tx
      .updateTable("charge")
      .set({ ...(now ? factOf(now) : {}), outcome: null })
      .where("id", "=", chargeId)
      .execute();
    const details = { refundCaseId: id, reason: refundCase.reason, providerStatus: now?.providerStatus ?? null };
    const subject = refundSubject({ id, checkoutId: refundCase.checkout_id });
    await logEvent(tx, { tenantId, subject, kind: "refund_case.withdrawn", details, actor: "provider" });
  });
}

/** Before its case, as settling and finishing do. */
function lockCharge(tx: Tx, chargeId: string): Promise<ChargeRow> {
  return tx.selectFrom("charge").selectAll().where("id", "=", chargeId).forUpdate().executeTakeFirstOrThrow();
}

/** The API's first word about this charge: no move of a state that it had told before. */
const factOf = (now: ChargeFact) => ({
  status: now.state,
  provider_status: now.providerStatus,
  reference: now.reference,
  amount_minor: now.amountMinor,
  currency: now.currency,
  method: now.method,
  updated_at: sql<Date>`now()`,
});
