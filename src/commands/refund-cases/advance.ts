import { sql } from "kysely";
import type { ChargeFact, PaymentProvider } from "#domain/payment-provider.ts";
import { isMoneyGone } from "#domain/payment-states.ts";
import { nextLookSeconds, nextRefundMethod, type RefundMethod, refundByProviderDays, refundSteps } from "#domain/refund-policy.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant } from "#platform/db.ts";
import { connectedProvider } from "../connections/connected-provider.ts";
import { pollPaymentNow } from "../payments/schedule-poll.ts";
import { finishRefundCases, isAllBack, lockCheckoutOf } from "./finish.ts";
import { logCase } from "./log-case.ts";
import { moveCase } from "./move-case.ts";
import { moveToManual } from "./move-to-manual.ts";
import { isPartial, type RefundWork, readRefundWork } from "./refund-work.ts";
import { type Again, sendRefund } from "./send-refund.ts";
import { advanceUnknown, withdrawCase } from "./unknown-charge.ts";
import { reasonToKeep } from "./whose-money.ts";

/**
 * One step of a refund case. `armed` is written before the provider is called, so that a crash is
 * seen. An armed case asks before it acts again; without an idempotency key a person takes over.
 * Returns when to look again, or null. What does not end by itself goes to a person.
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
  if (now && step === "finish") return finish(work, now);
  if (refundCase.state === "observing" || step === "wait") return lookLater(work, { now, isBanks: step === "wait" });
  if (step !== "send") return moveToManual(refundCase, `the provider says ${now?.providerStatus}`);
  return armAndSend(work, provider);
}

/** Withdraws a case about a sale that was not made here, or that a payment has after all. */
async function isKept({ refundCase, charge }: RefundWork, now: ChargeFact | null): Promise<boolean> {
  const { connection_id: connectionId, provider_charge_id: providerChargeId } = charge;
  const proof = await inTenant(refundCase.tenant_id, (tx) => reasonToKeep(tx, { connectionId, providerChargeId }, now));
  if (proof) await withdrawCase(refundCase, { chargeId: charge.id, proof, now });
  return proof !== null;
}

/** Only the provider can end it. It is asked ever more seldom, and then a person looks. */
async function lookLater(work: RefundWork, { now, isBanks }: { now: ChargeFact | null; isBanks: boolean }): Promise<Again | null> {
  const againInSeconds = nextLookSeconds({ secondsInState: work.secondsInState, isBanks });
  if (againInSeconds !== null) return { againInSeconds };
  return moveToManual(work.refundCase, `for ${refundByProviderDays} days the provider has said ${now?.providerStatus ?? "nothing"}`);
}

/** A partial refund ends its own case and needs no person. */
function stepFor(work: RefundWork, now: ChargeFact) {
  const isOwnPart = now.state === "partly_refunded" && isPartial(work);
  if (!isOwnPart) return refundSteps[now.state];
  return work.refundCase.state === "observing" ? "finish" : "send";
}

async function armAndSend(work: RefundWork, provider: PaymentProvider): Promise<Again | null> {
  const { refundCase } = work;
  const method = nextMethod(work, provider);
  if (method === "manual") return moveToManual(refundCase);
  if (!(await arm(work, method))) return null;
  crashPoint("refund armed, provider not asked");
  return sendRefund({ work, method, provider });
}

async function finish(work: RefundWork, now: ChargeFact): Promise<null> {
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
    // More went back than our cases were sending. To settle it is to ask the merchant.
    if (isMoneyGone(now.state) && charge.payment_id !== null && !(await isAllBack(tx, charge)))
      await pollPaymentNow(tx, { tenantId: refundCase.tenant_id, paymentId: charge.payment_id });
  });
  return null;
}

/** A void may be repeated. A refund may only with an idempotency key; else a person repeats it. */
function nextMethod(work: RefundWork, { capabilities }: PaymentProvider): RefundMethod {
  const { state, method: tried } = work.refundCase;
  if (state === "open") return nextRefundMethod(capabilities, { refused: tried, isPartial: isPartial(work) });
  if (tried === "void" || (tried === "refund" && capabilities.refunds.idempotencyKey)) return tried;
  return "manual";
}

/** Returns false if the case ended or went to a person since it was read. */
async function arm({ refundCase }: RefundWork, method: "void" | "refund"): Promise<boolean> {
  return inTenant(refundCase.tenant_id, async (tx) => {
    if (!(await moveCase(tx, refundCase, "armed", { method, attempts: refundCase.attempts + 1 }))) return false;
    await logCase(tx, refundCase, { kind: "refund_case.armed", details: { method }, actor: "system" });
    return true;
  });
}
