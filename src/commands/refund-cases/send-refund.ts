import { refundKey } from "#domain/money-back/refund-parts.ts";
import { refundProblem, refusedRefund } from "#domain/money-back/refund-problems.ts";
import { type PaymentProvider, type RefundAnswer, shortOfBalance } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { nextLookSeconds, nextRefundMethod, nextShortTrySeconds } from "#domain/refund-policy.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant } from "#platform/db.ts";
import { finishRefundCases, lockCheckoutOf } from "./finish.ts";
import { moveCase } from "./move-case.ts";
import { moveToManual } from "./move-to-manual.ts";
import { moveToShort } from "./own-part.ts";
import { isPartial, type RefundWork } from "./refund-work.ts";

export type Again = { againInSeconds: number };

type Sending = { work: RefundWork; method: "void" | "refund"; provider: PaymentProvider };

/** Sends the refund of an armed case and moves the case by the answer. */
export async function sendRefund({ work, method, provider }: Sending): Promise<Again | null> {
  const { refundCase } = work;
  const answer = await askForRefund({ work, method, provider });
  crashPoint("refund sent, answer not recorded");
  if (answer.result === "accepted" && answer.isFinal && method === "refund") return finishByAnswer(work, answer);
  if (answer.result === "accepted") {
    const changes = { last_error: null, short_since: null, provider_refund_id: answer.providerRefundId };
    await inTenant(refundCase.tenant_id, (tx) => moveCase(tx, refundCase, "observing", changes));
    return { againInSeconds: nextLookSeconds({ secondsInState: 0, isBanks: false }) ?? 0 };
  }
  const error = refusedRefund(answer);
  if (answer.result === "refused" && answer.detail === shortOfBalance) return waitForBalance(work, error);
  if (nextRefundMethod(provider.capabilities, { refused: method, isPartial: isPartial(work) }) === "manual")
    return moveToManual(refundCase, error);
  await inTenant(refundCase.tenant_id, (tx) => moveCase(tx, refundCase, "open", { last_error: error }));
  return { againInSeconds: 1 };
}

/** It is surely refused, so the next request has a key of its own and pays nothing twice. */
async function waitForBalance({ refundCase, secondsShort }: RefundWork, error: string): Promise<Again | null> {
  const told = { providerRefundId: null, providerStatus: error, refusals: refundCase.refusals + 1 };
  await inTenant(refundCase.tenant_id, (tx) => moveToShort(tx, refundCase, told));
  const againInSeconds = nextShortTrySeconds(secondsShort);
  return againInSeconds === null ? moveToManual(refundCase, error) : { againInSeconds };
}

function askForRefund({ work, method, provider }: Sending): Promise<RefundAnswer> {
  const { refundCase, charge, payment } = work;
  const request = {
    payment,
    providerChargeId: charge.provider_charge_id,
    amountMinor: refundCase.amount_minor,
    currency: refundCase.currency,
    idempotencyKey: refundKey(refundCase),
    method,
  };
  return provider.refund(request).catch((failure: unknown) => {
    if (!(failure instanceof ProviderFailure) || failure.retriable) throw failure;
    const problem = failure.kind === "misconfigured" ? "keys_refused" : "provider_refused";
    return {
      result: "refused" as const,
      providerRefundId: null,
      providerStatus: failure.kind,
      detail: refundProblem(problem, failure.message),
    };
  });
}

/** The answer itself is final. The charge keeps its state, so there is nothing to observe. */
async function finishByAnswer(work: RefundWork, answer: RefundAnswer): Promise<null> {
  const { refundCase, charge } = work;
  const providerRefundId = answer.providerRefundId;
  await inTenant(refundCase.tenant_id, async (tx) => {
    await lockCheckoutOf(tx, refundCase);
    await finishRefundCases(tx, { charge, only: refundCase.id, proof: answer.providerStatus, providerRefundId, actor: "provider" });
  });
  return null;
}
