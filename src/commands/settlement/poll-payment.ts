import { sql } from "kysely";
import { mayStillBecomeMoney } from "#domain/payment-states.ts";
import { nextPollAt } from "#domain/poll-ladder.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { logger } from "#platform/logger.ts";
import type { PaymentRow } from "#platform/rows.ts";
import { warnIfGivenUp } from "../checkouts/expire-checkout.ts";
import { schedulePoll } from "../payments/schedule-poll.ts";
import { refundUnmatched } from "../refund-cases/refund-unmatched.ts";
import { recordAnswer } from "./record-answer.ts";
import { countSilence, recordSilence } from "./record-silence.ts";
import { settle } from "./settle.ts";

type Poll = { tenantId: string; paymentId: string; isExtra?: boolean };
type Asked = { payment: PaymentRow; askedAt: Date; answerWaitMinutes: number };

/**
 * Asks the provider about one payment and plans the next poll, because webhooks can be lost. A poll
 * without an answer is recorded and retried. `isExtra` (the customer came back, or somebody wants
 * the slot) leaves the ladder alone.
 */
export async function pollPayment({ tenantId, paymentId, isExtra = false }: Poll): Promise<void> {
  const asked = await readPayment({ tenantId, paymentId });
  if (!asked) return;
  const failure = await askAndSettle(asked.payment);
  if (failure) countSilence(failure);
  crashPoint("payment polled, next poll not planned");
  const { tellSilence, ended } = await inTenant(tenantId, async (tx) => {
    const recorded = {
      tellSilence: failure ? await recordSilence(tx, { tenantId, paymentId, failure }) : null,
      ended: failure ? null : await recordAnswer(tx, asked),
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
      .selectAll("p")
      .select(["t.answer_wait_minutes as answerWaitMinutes", sql<Date>`now()`.as("askedAt")])
      .where("p.id", "=", paymentId)
      .executeTakeFirst(),
  );
  if (!found) return null;
  const { answerWaitMinutes, askedAt, ...payment } = found;
  return { payment, askedAt, answerWaitMinutes };
}

/** Returns the failure if the provider did not answer. */
async function askAndSettle(payment: PaymentRow): Promise<ProviderFailure | null> {
  const place = { tenantId: payment.tenant_id, connectionId: payment.connection_id };
  const known = { reference: payment.reference, providerPaymentId: payment.provider_payment_id, currency: payment.currency };
  try {
    const { charges, matched, failure: unread } = await settle({ ...place, payment: known });
    // The payment was deleted and no webhook may ever come: this money must not be lost.
    if (!matched) await refundUnmatched({ ...place, charges });
    // A charge that cannot be read may be an approval, so this is no definite answer.
    return unread;
  } catch (error) {
    if (error instanceof ProviderFailure) return error;
    throw error;
  }
}

/** Counts from the question, because a slow answer must not skip the poll that follows. */
async function planNext(tx: Tx, { payment: { tenant_id: tenantId, id: paymentId }, askedAt, answerWaitMinutes }: Asked): Promise<void> {
  const payment = await tx
    .updateTable("payment")
    .set({ polls: sql`polls + 1` })
    .where("id", "=", paymentId)
    .returning(["status", "polls", "failures", "expires_at", "payable_until"])
    .executeTakeFirst();
  if (!payment) return;
  const at = nextPollAt({
    now: askedAt,
    polls: payment.polls,
    expiresAt: payment.expires_at,
    payableUntil: payment.payable_until,
    isPaid: !mayStillBecomeMoney(payment.status),
    silence: payment.failures > 0 ? { failures: payment.failures, answerWaitMinutes } : undefined,
  });
  if (at) await schedulePoll(tx, { tenantId, paymentId, at });
}
