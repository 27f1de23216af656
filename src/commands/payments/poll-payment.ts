import { sql } from "kysely";
import { nextPollAt } from "../../domain/poll-ladder.ts";
import { ProviderFailure } from "../../domain/provider-failure.ts";
import { crashPoint } from "../../platform/crash-points.ts";
import { inTenant } from "../../platform/db.ts";
import { schedulePoll } from "./open-payment.ts";
import { settle } from "./settle.ts";

/**
 * One ask at the provider about one payment, and the next one planned: webhooks can be lost. An ask that fails is asked again on the
 * same ladder. `isExtra` (the customer came back from the payment page) asks now without moving the ladder.
 */
export async function pollPayment(input: { tenantId: string; paymentId: string; isExtra?: boolean }): Promise<void> {
  const payment = await inTenant(input.tenantId, (tx) =>
    tx.selectFrom("payment").selectAll().where("id", "=", input.paymentId).executeTakeFirst(),
  );
  if (!payment) return;
  let failure: unknown;
  try {
    await settle({ tenantId: input.tenantId, connectionId: payment.connection_id, reference: payment.reference });
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    failure = error;
  }
  crashPoint("payment polled, next poll not planned");
  await recordAsk(input, { hasAnswered: failure === undefined });
  // A provider that is down is normal life: the ladder goes on. A wrong key is not, and someone must hear of it.
  if (failure instanceof ProviderFailure && failure.kind === "misconfigured") throw failure;
}

async function recordAsk(
  input: { tenantId: string; paymentId: string; isExtra?: boolean },
  ask: { hasAnswered: boolean },
): Promise<void> {
  await inTenant(input.tenantId, async (tx) => {
    const payment = await tx
      .updateTable("payment")
      .set({ polls: input.isExtra ? sql`polls` : sql`polls + 1`, ...(ask.hasAnswered ? { asked_at: sql`now()` } : {}) })
      .where("id", "=", input.paymentId)
      .returning(["status", "polls", "expires_at", "booking_id"])
      .executeTakeFirst();
    if (!payment || input.isExtra) return;
    const isSettled = !["created", "pending", "declined", "error", "expired"].includes(payment.status);
    const at = nextPollAt({ now: new Date(), polls: payment.polls, expiresAt: payment.expires_at, settledForGood: isSettled });
    if (at) await schedulePoll(tx, { tenantId: input.tenantId, paymentId: input.paymentId, at });
  });
}
