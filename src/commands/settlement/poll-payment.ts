import { sql } from "kysely";
import { mayStillBecomeMoney } from "#domain/payment-states.ts";
import { nextPollAt } from "#domain/poll-ladder.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant } from "#platform/db.ts";
import { schedulePoll } from "../payments/schedule-poll.ts";
import { refundUnmatched } from "../refund-cases/refund-unmatched.ts";
import { settleReadable } from "./settle.ts";

/**
 * One question to the provider about one payment, and the next one planned: webhooks can be lost. A question that fails is
 * asked again on the same ladder. `isExtra` (the customer came back from the payment page) asks without moving the ladder.
 */
export async function pollPayment(input: { tenantId: string; paymentId: string; isExtra?: boolean }): Promise<void> {
  const { tenantId } = input;
  const payment = await inTenant(tenantId, (tx) =>
    tx.selectFrom("payment").selectAll().where("id", "=", input.paymentId).executeTakeFirst(),
  );
  if (!payment) return;
  const place = { tenantId, connectionId: payment.connection_id };
  const known = { reference: payment.reference, providerPaymentId: payment.provider_payment_id, currency: payment.currency };
  let askedAt: Date | null = new Date();
  let failure: unknown;
  try {
    const { charges, matched, failure: unread } = await settleReadable({ ...place, payment: known });
    // The clean-up was faster, and no event may ever come: what this question has found must not be forgotten.
    if (!matched) await refundUnmatched({ ...place, charges });
    // What could not be read may be an approval: no answer that anything may be given up after.
    if (unread) throw unread;
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    failure = error;
    askedAt = null;
  }
  crashPoint("payment polled, next poll not planned");
  if (!input.isExtra) await planNext({ ...input, askedAt });
  // A provider that is down is normal life: the ladder goes on. A wrong key is not, and someone must hear of it.
  if (failure instanceof ProviderFailure && failure.kind === "misconfigured") throw failure;
}

async function planNext(input: { tenantId: string; paymentId: string; askedAt: Date | null }): Promise<void> {
  await inTenant(input.tenantId, async (tx) => {
    const payment = await tx
      .updateTable("payment")
      .set({ polls: sql`polls + 1`, ...(input.askedAt ? { asked_at: input.askedAt } : {}) })
      .where("id", "=", input.paymentId)
      .returning(["status", "polls", "expires_at", "payable_until"])
      .executeTakeFirst();
    if (!payment) return;
    const at = nextPollAt({
      now: new Date(),
      polls: payment.polls,
      expiresAt: payment.expires_at,
      payableUntil: payment.payable_until,
      isPaid: !mayStillBecomeMoney(payment.status),
    });
    if (at) await schedulePoll(tx, { tenantId: input.tenantId, paymentId: input.paymentId, at });
  });
}
