import { sql } from "kysely";
import { isRefundBlocked, stepByParts } from "#domain/money-back/refund-parts.ts";
import { refundProblem } from "#domain/money-back/refund-problems.ts";
import type { ChargeFact, PaymentProvider } from "#domain/payment-provider.ts";
import { isMoneyGone } from "#domain/payment-states.ts";
import {
  nextLookSeconds,
  nextRefundMethod,
  nextShortTrySeconds,
  type RefundMethod,
  type RefundStep,
  refundSteps,
  shortTrySecondsMin,
} from "#domain/refund-policy.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant } from "#platform/db.ts";
import { connectedProvider } from "../connections/connected-provider.ts";
import { pollPaymentNow } from "../payments/schedule-poll.ts";
import { finishRefundCases, isAllBack, lockCheckoutOf } from "./finish.ts";
import { logCase } from "./log-case.ts";
import { moveCase } from "./move-case.ts";
import { moveToManual } from "./move-to-manual.ts";
import { recordDisputes } from "./record-disputes.ts";
import { recordRefundParts } from "./record-parts.ts";
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
  const found = await readRefundWork(input);
  if (!found || isOver(found)) return null;
  const provider = await connectedProvider({ tenantId: input.tenantId, connectionId: found.charge.connection_id });
  // Of a provider that cannot be asked, the answer to the refund itself is all that there is.
  const canBeAsked = provider.capabilities.lookup !== "none";
  const now = canBeAsked ? await provider.findCharge(found.charge.provider_charge_id) : null;
  if (found.refundCase.reason === "unmatched" && (await isKept(found, now))) return null;
  if (found.refundCase.unproven) return advanceUnknown({ refundCase: found.refundCase, chargeId: found.charge.id, now });
  const work = now && tellsParts(now) ? await keepParts(found, now) : found;
  if (!work || isOver(work)) return null;
  return takeStep(work, { provider, now });
}

const isOver = ({ refundCase: { state } }: RefundWork): boolean => state === "done" || state === "manual";
const tellsParts = ({ refunds, disputes }: ChargeFact): boolean => (refunds?.length ?? 0) > 0 || (disputes?.length ?? 0) > 0;

/** What the provider tells of each part moves the case before anything is sent. */
async function keepParts({ refundCase, charge: { id } }: RefundWork, fact: ChargeFact): Promise<RefundWork | null> {
  await inTenant(refundCase.tenant_id, async (tx) => {
    await lockCheckoutOf(tx, refundCase);
    const charge = await tx.selectFrom("charge").selectAll().where("id", "=", id).forUpdate().executeTakeFirstOrThrow();
    await recordDisputes(tx, { charge, fact, checkoutId: refundCase.checkout_id });
    await recordRefundParts(tx, { charge, fact });
  });
  return readRefundWork({ tenantId: refundCase.tenant_id, refundCaseId: refundCase.id });
}

async function takeStep(work: RefundWork, { provider, now }: { provider: PaymentProvider; now: ChargeFact | null }): Promise<Again | null> {
  const { refundCase } = work;
  const step = now ? stepFor(work, now) : "send";
  if (now && step === "finish") return finish(work, now);
  if (refundCase.state === "short_of_balance" && (step === "wait" || step === "send")) {
    const again = await tryLaterWhenShort(work, { isDue: step === "send" });
    if (again !== "now") return again;
  } else if (refundCase.state === "observing" || step === "wait") return lookLater(work, { now, isBanks: step === "wait" });
  if (step !== "send") return moveToManual(refundCase, refundProblem("provider_says", now?.providerStatus));
  return armAndSend(work, provider);
}

/**
 * The provider pays such a refund by itself once there is money, or has refused it: then it is sent
 * again, each time later. `isDue`: nothing of it is at the provider.
 */
async function tryLaterWhenShort({ refundCase, secondsShort, secondsInState }: RefundWork, { isDue }: { isDue: boolean }) {
  const againInSeconds = nextShortTrySeconds(secondsShort);
  if (againInSeconds === null) return moveToManual(refundCase, refundCase.last_error ?? refundProblem("short_of_balance"));
  // Some seconds early is in time: the job that looks was planned by the same clock.
  if (isDue && secondsInState + 5 >= shortTrySecondsMin) return "now" as const;
  return { againInSeconds };
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
  return moveToManual(work.refundCase, refundProblem("no_end", now?.providerStatus));
}

/** A partial refund ends its own case and needs no person. */
function stepFor(work: RefundWork, now: ChargeFact): RefundStep {
  const { id, amount_minor: amountMinor, provider_refund_id: providerRefundId } = work.refundCase;
  const byParts = stepByParts(now, { id, amountMinor, providerRefundId });
  if (byParts) return byParts;
  if (now.state === "disputed") return isRefundBlocked(now) ? "wait" : "send";
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
  if (state === "short_of_balance") return tried ?? "manual";
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
