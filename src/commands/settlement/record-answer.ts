import { sql } from "kysely";
import { answerFrom } from "#domain/hold-times.ts";
import type { Tx } from "#platform/db.ts";
import type { PaymentRow } from "#platform/rows.ts";
import { type Ended, endIfOver } from "../checkouts/expire-checkout.ts";
import { lockCheckout } from "../checkouts/move-checkout.ts";

/**
 * Records that the provider has answered for this payment and that its answer is settled. If the
 * question came late enough and nothing was approved, the checkout ends in the same transaction,
 * and is returned.
 */
export async function recordAnswer(tx: Tx, { payment, askedAt }: { payment: PaymentRow; askedAt: Date }): Promise<Ended | null> {
  const checkout = await lockCheckout(tx, payment.checkout_id);
  const answered = await tx
    .updateTable("payment")
    .set({ asked_at: sql`greatest(asked_at, ${askedAt}::timestamptz)`, failures: 0, failing_since: null })
    .where("id", "=", payment.id)
    .returning("expires_at")
    .executeTakeFirst();
  return checkout && answered && askedAt >= answerFrom(answered.expires_at) ? endIfOver(tx, checkout) : null;
}
