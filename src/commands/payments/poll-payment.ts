import { sql } from "kysely";
import { nextPollAt } from "#domain/poll-ladder.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant } from "#platform/db.ts";
import { refundUnmatched } from "../inbox/refund-unmatched.ts";
import { settle } from "../settlement/settle.ts";
import { schedulePoll } from "./open-payment.ts";

/**
 * One ask at the provider about one payment, and the next one planned: webhooks can be lost. An ask that fails is asked again on the
 * same ladder. `isExtra` (the customer came back from the payment page) asks now without moving the ladder.
 */
export async function pollPayment(input: { tenantId: string; paymentId: string; isExtra?: boolean }): Promise<void> {
  const { tenantId } = input;
  const payment = await inTenant(tenantId, (tx) =>
    tx.selectFrom("payment").selectAll().where("id", "=", input.paymentId).executeTakeFirst(),
  );
  if (!payment) return;
  const connectionId = payment.connection_id;
  let askedAt: Date | null = new Date();
  let failure: unknown;
  try {
    const { charges, matched } = await settle({ tenantId, connectionId, reference: payment.reference });
    // The clean-up was faster, and no event may ever come: what this ask has found must not be forgotten.
    if (!matched) await refundUnmatched({ tenantId, connectionId, charges });
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
      .returning(["status", "polls", "expires_at", "booking_id"])
      .executeTakeFirst();
    if (!payment) return;
    const isSettled = !["created", "pending", "declined", "error", "expired"].includes(payment.status);
    const at = nextPollAt({ now: new Date(), polls: payment.polls, expiresAt: payment.expires_at, isPaid: isSettled });
    if (at) await schedulePoll(tx, { tenantId: input.tenantId, paymentId: input.paymentId, at });
  });
}
