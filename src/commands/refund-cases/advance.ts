import { sql } from "kysely";
import type { ChargeFact, PaymentProvider } from "#domain/payment-provider.ts";
import { nextRefundMethod, type RefundMethod, refundSteps, waitMinutes } from "#domain/refund-policy.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant } from "#platform/db.ts";
import { connectedProvider } from "../connections/connected-provider.ts";
import { logEvent } from "../log-event.ts";
import { finishRefundCases, lockCheckoutOf } from "./finish.ts";
import { moveCase } from "./move-case.ts";
import { moveToManual } from "./move-to-manual.ts";
import { refundSubject } from "./open.ts";
import { isPartial, type RefundWork, readRefundWork } from "./refund-work.ts";
import { type Again, observeSeconds, sendRefund } from "./send-refund.ts";
import { advanceUnknown, withdrawCase } from "./unknown-charge.ts";
import { reasonToKeep } from "./whose-money.ts";

/**
 * One step of a refund case: `open → armed` is written before the provider is called, so that a crash is seen; an armed case
 * asks the provider before it acts again; where no idempotency key protects a repeat, a person takes over. Answers when to
 * look again, or null.
 */
export async function advanceRefundCase(input: { tenantId: string; refundCaseId: string }): Promise<Again | null> {
  const work = await readRefundWork(input);
  if (!work || work.refundCase.state === "done" || work.refundCase.state === "manual") return null;
  const { refundCase, charge } = work;
  const provider = await connectedProvider({ tenantId: input.tenantId, connectionId: charge.connection_id });
  const now = await provider.findCharge(charge.provider_charge_id);
  if (refundCase.reason === "unmatched" && (await isKept(work, now))) return null;
  if (refundCase.unproven) return advanceUnknown({ refundCase, chargeId: charge.id, now });
  const step = now ? stepFor(work, now) : "send";
  if (now && step === "finish") {
    await finish(work, now);
    return null;
  }
  if (refundCase.state === "observing") return { againInSeconds: observeSeconds };
  if (step === "wait") return { againInSeconds: waitMinutes * 60 };
  if (step !== "send") {
    await moveToManual(refundCase, `the provider says ${now?.providerStatus}`);
    return null;
  }
  return armAndSend(work, provider);
}

/** Ends a case about money that turns out to be somebody else's sale, or a payment's after all. */
async function isKept({ refundCase, charge }: RefundWork, now: ChargeFact | null): Promise<boolean> {
  const { connection_id: connectionId, provider_charge_id: providerChargeId } = charge;
  const proof = await inTenant(refundCase.tenant_id, (tx) => reasonToKeep(tx, { connectionId, providerChargeId }, now));
  if (proof) await withdrawCase(refundCase, { chargeId: charge.id, proof, now });
  return proof !== null;
}

/** A part that was sent back shows as a part: the end of its own case, and no reason for a person to look. */
function stepFor(work: RefundWork, now: ChargeFact) {
  const isOwnPart = now.state === "partly_refunded" && isPartial(work);
  if (!isOwnPart) return refundSteps[now.state];
  return work.refundCase.state === "observing" ? "finish" : "send";
}

async function armAndSend(work: RefundWork, provider: PaymentProvider): Promise<Again | null> {
  const { refundCase } = work;
  const method = nextMethod(work, provider);
  if (method === "manual") {
    await moveToManual(refundCase);
    return null;
  }
  if (!(await arm(work, method))) return null;
  crashPoint("refund armed, provider not asked");
  return sendRefund({ work, method, provider });
}

async function finish(work: RefundWork, now: ChargeFact): Promise<void> {
  crashPoint("refund seen at the provider, not recorded");
  const { refundCase } = work;
  await inTenant(refundCase.tenant_id, async (tx) => {
    await lockCheckoutOf(tx, refundCase);
    const charge = await tx
      .updateTable("charge")
      .set({ status: now.state, provider_status: now.providerStatus, updated_at: sql`now()` })
      .where("id", "=", work.charge.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const only = now.state === "partly_refunded" ? refundCase.id : undefined;
    await finishRefundCases(tx, { charge, only, proof: now.providerStatus, actor: "provider" });
  });
}

/** A void twice is one void; a refund sent before a crash may have gone through: without a key only a person may send it again. */
function nextMethod(work: RefundWork, { capabilities }: PaymentProvider): RefundMethod {
  const { state, method: tried } = work.refundCase;
  if (state === "open") return nextRefundMethod(capabilities, { refused: tried, isPartial: isPartial(work) });
  if (tried === "void" || (tried === "refund" && capabilities.refunds.idempotencyKey)) return tried;
  return "manual";
}

/** Returns false if somebody else ended the case, or handed it to a person, since it was read. */
async function arm({ refundCase }: RefundWork, method: "void" | "refund"): Promise<boolean> {
  const { tenant_id: tenantId, id } = refundCase;
  return inTenant(tenantId, async (tx) => {
    if (!(await moveCase(tx, refundCase, "armed", { method, attempts: refundCase.attempts + 1 }))) return false;
    const subject = refundSubject({ id, checkoutId: refundCase.checkout_id });
    await logEvent(tx, { tenantId, subject, kind: "refund_case.armed", details: { refundCaseId: id, method }, actor: "system" });
    return true;
  });
}
