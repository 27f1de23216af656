import { sql } from "kysely";
import { mayStillBecomeMoney } from "#domain/payment-states.ts";
import { nextPollAt } from "#domain/poll-ladder.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { PaymentRow } from "#platform/rows.ts";
import { schedulePoll } from "../payments/schedule-poll.ts";
import { refundUnmatched } from "../refund-cases/refund-unmatched.ts";
import { recordAnswer } from "./record-answer.ts";
import { countSilence, recordSilence } from "./record-silence.ts";
import { settle } from "./settle.ts";

type Poll = { tenantId: string; paymentId: string; isExtra?: boolean };
type Asked = { payment: PaymentRow; askedAt: Date; answerWaitMinutes: number };

/**
 * One question to the provider about one payment, and the next one planned: webhooks can be lost. What is not answered is
 * recorded and asked again. `isExtra` (the customer came back from the payment page, somebody wants the slot) asks without
 * moving the ladder.
 */
export async function pollPayment({ tenantId, paymentId, isExtra = false }: Poll): Promise<void> {
  const asked = await readPayment({ tenantId, paymentId });
  if (!asked) return;
  const failure = await askAndSettle(asked.payment);
  if (failure) countSilence(failure);
  crashPoint("payment polled, next poll not planned");
  await inTenant(tenantId, async (tx) => {
    if (failure) await recordSilence(tx, { tenantId, paymentId, failure });
    else await recordAnswer(tx, asked);
    if (!isExtra) await planNext(tx, asked);
  });
}

/** `askedAt` by the database's clock, before the question: what happens at the provider afterwards is not in its answer. */
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
    const { charges, matched } = await settle({ ...place, payment: known });
    // The clean-up was faster, and no event may ever come: what this question has found must not be forgotten.
    if (!matched) await refundUnmatched({ ...place, charges });
    return null;
  } catch (error) {
    if (error instanceof ProviderFailure) return error;
    throw error;
  }
}

/** Counted from the question, not from its answer: one that took long must not skip the ask that follows it. */
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
