import { sql } from "kysely";
import { mayStillBecomeMoney } from "#domain/payment-states.ts";
import { nextPollAt } from "#domain/poll-ladder.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant } from "#platform/db.ts";
import { schedulePoll } from "../payments/schedule-poll.ts";
import { refundUnmatched } from "../refund-cases/refund-unmatched.ts";
import { settle } from "./settle.ts";

/**
 * Asks the provider about one payment and plans the next poll, because webhooks can be lost. A
 * failed poll is retried on the same ladder. `isExtra` (the customer came back) leaves the ladder
 * alone.
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
    const { charges, matched } = await settle({ ...place, payment: known });
    // The payment was deleted and no webhook may ever come: this money must not be lost.
    if (!matched) await refundUnmatched({ ...place, charges });
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    failure = error;
    askedAt = null;
  }
  crashPoint("payment polled, next poll not planned");
  if (!input.isExtra) await planNext({ ...input, askedAt });
  // A provider that is down is normal: the ladder goes on. A wrong key is not, and is reported.
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
