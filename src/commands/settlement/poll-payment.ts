import { sql } from "kysely";
import type { CheckoutStatus } from "#domain/checkout-states.ts";
import { answerFrom } from "#domain/hold-times.ts";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { hasFailed, isMoneyHere, mayStillBecomeMoney } from "#domain/payment-states.ts";
import { mustClose } from "#domain/payments/page-closing.ts";
import { nextPollAt } from "#domain/poll-ladder.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { logger } from "#platform/logger.ts";
import type { PaymentRow } from "#platform/rows.ts";
import { closingProviders } from "#providers/payments/registry.ts";
import { warnIfGivenUp } from "../checkouts/expire-checkout.ts";
import { type Closing, closePage } from "../payments/close-page.ts";
import { schedulePoll } from "../payments/schedule-poll.ts";
import { refundUnmatched } from "../refund-cases/refund-unmatched.ts";
import { recordAnswer } from "./record-answer.ts";
import { countSilence, recordSilence } from "./record-silence.ts";
import { settle } from "./settle.ts";

type Poll = { tenantId: string; paymentId: string; isExtra?: boolean };
type Asked = { payment: PaymentRow; checkoutStatus: CheckoutStatus; askedAt: Date; answerWaitMinutes: number };

/**
 * Asks the provider about one payment and plans the next poll, because webhooks can be lost. Where
 * a page must take no more money, it is closed first: only then is the answer definite. A poll
 * without an answer is recorded and retried. `isExtra` (the customer came back, somebody wants the
 * slot, a page shall be closed) leaves the ladder alone.
 */
export async function pollPayment({ tenantId, paymentId, isExtra = false }: Poll): Promise<void> {
  const asked = await readPayment({ tenantId, paymentId });
  if (!asked?.payment.can_be_asked) return;
  const closing = isToBeClosed(asked) ? await closePage(asked.payment) : null;
  if (closing === "closed") crashPoint("page closed at the provider, not recorded");
  const failure = silenceOf(closing, { ...(await askAndSettle(asked.payment)), isTooLate: asked.askedAt >= asked.payment.payable_until });
  if (failure) countSilence(failure);
  crashPoint("payment polled, next poll not planned");
  const { tellSilence, ended } = await inTenant(tenantId, async (tx) => {
    const recorded = {
      tellSilence: failure ? await recordSilence(tx, { tenantId, paymentId, failure }) : null,
      ended: failure ? null : await recordAnswer(tx, { ...asked, isClosed: closing === "closed" }),
    };
    if (!isExtra) await planNext(tx, asked);
    return recorded;
  });
  tellSilence?.();
  warnIfGivenUp(ended);
  const failingSince = asked.payment.failing_since;
  if (!failure && failingSince !== null) logger().info({ tenantId, paymentId, failingSince }, "the provider answers again about a payment");
}

/** `askedAt`: before the question, because the answer misses what happens after it. */
async function readPayment({ tenantId, paymentId }: Poll): Promise<Asked | null> {
  const found = await inTenant(tenantId, (tx) =>
    tx
      .selectFrom("payment as p")
      .innerJoin("tenant as t", "t.tenant_id", "p.tenant_id")
      .innerJoin("checkout as k", (join) => join.onRef("k.tenant_id", "=", "p.tenant_id").onRef("k.id", "=", "p.checkout_id"))
      .selectAll("p")
      .select(["t.answer_wait_minutes as answerWaitMinutes", "k.status as checkoutStatus", sql<Date>`now()`.as("askedAt")])
      .where("p.id", "=", paymentId)
      .executeTakeFirst(),
  );
  if (!found) return null;
  const { answerWaitMinutes, checkoutStatus, askedAt, ...payment } = found;
  return { payment, checkoutStatus, askedAt, answerWaitMinutes };
}

function isToBeClosed({ payment, checkoutStatus, askedAt }: Asked): boolean {
  return mustClose({
    canCloseEarly: closingProviders().includes(payment.provider),
    hasAddress: payment.checkout_url !== null,
    payment: payment.status,
    checkout: checkoutStatus,
    isClosed: payment.closed_at !== null,
    isUnwanted: payment.close_wanted_at !== null,
    isOver: askedAt >= answerFrom(payment.expires_at, payment.grace_seconds),
  });
}

/**
 * Returns why the provider's word is not known; null if it is. A page that may still be open makes
 * "nothing was paid" no answer, as long as a bank may say yes, and a page that was paid must show
 * its charge.
 */
function silenceOf(closing: Closing | null, { failure, charges, provider, isTooLate }: AnswerInTime): ProviderFailure | null {
  if (closing === null) return failure;
  if (closing === "closed") return failure?.kind === "unexpected_reply" ? failure : null;
  if (failure) return failure;
  if (charges.some(({ state }) => isMoneyHere(state))) return null;
  if (closing instanceof ProviderFailure) return isTooLate ? null : closing;
  const isSeen = charges.some(({ state }) => !hasFailed(state));
  return isSeen ? null : new ProviderFailure({ provider, kind: "unexpected_reply", message: "a page that was paid shows no charge" });
}

type Answer = { failure: ProviderFailure | null; charges: ChargeFact[]; provider: string };
/** `isTooLate`: nothing can be paid any more, whether the page could be closed or not. */
type AnswerInTime = Answer & { isTooLate: boolean };

/** `failure` is set if the provider did not answer, or in a way that cannot be read. */
async function askAndSettle(payment: PaymentRow): Promise<Answer> {
  const { provider } = payment;
  const place = { tenantId: payment.tenant_id, connectionId: payment.connection_id };
  const known = { reference: payment.reference, providerPaymentId: payment.provider_payment_id, currency: payment.currency };
  try {
    const { charges, matched, failure } = await settle({ ...place, payment: known });
    // The payment was deleted and no webhook may ever come: this money must not be lost.
    if (!matched) await refundUnmatched({ ...place, charges });
    // A charge that cannot be read may be an approval, so this is no definite answer.
    return { failure, charges, provider };
  } catch (error) {
    if (error instanceof ProviderFailure) return { failure: error, charges: [], provider };
    throw error;
  }
}

/** Counts from the question, because a slow answer must not skip the poll that follows. */
async function planNext(tx: Tx, { payment: { tenant_id: tenantId, id: paymentId }, askedAt, answerWaitMinutes }: Asked): Promise<void> {
  const payment = await tx
    .updateTable("payment")
    .set({ polls: sql`polls + 1` })
    .where("id", "=", paymentId)
    .returning(["status", "polls", "failures", "expires_at", "grace_seconds", "payable_until"])
    .executeTakeFirst();
  if (!payment) return;
  const at = nextPollAt({
    now: askedAt,
    polls: payment.polls,
    expiresAt: payment.expires_at,
    graceSeconds: payment.grace_seconds,
    payableUntil: payment.payable_until,
    isPaid: !mayStillBecomeMoney(payment.status),
    silence: payment.failures > 0 ? { failures: payment.failures, answerWaitMinutes } : undefined,
  });
  if (at) await schedulePoll(tx, { tenantId, paymentId, at });
}
