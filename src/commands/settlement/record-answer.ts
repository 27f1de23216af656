import { sql } from "kysely";
import { answerFrom } from "#domain/hold-times.ts";
import type { PaymentState } from "#domain/payment-states.ts";
import type { Tx } from "#platform/db.ts";
import type { PaymentRow } from "#platform/rows.ts";
import { type Ended, endIfOver } from "../checkouts/expire-checkout.ts";
import { lockCheckout } from "../checkouts/move-checkout.ts";
import { releaseDeclined } from "./release-declined.ts";

type Answer = { payment: PaymentRow; askedAt: Date; isClosed: boolean };

/**
 * Records that the provider has answered for this payment and that its answer is settled. If the
 * question came late enough and nothing was approved, the checkout ends in the same transaction,
 * and is returned. A page that the provider closed is an answer at any time.
 */
export async function recordAnswer(tx: Tx, { payment, askedAt, isClosed }: Answer): Promise<Ended | null> {
  const checkout = await lockCheckout(tx, payment.checkout_id);
  const answered = await tx
    .updateTable("payment")
    .set({ asked_at: sql`greatest(asked_at, ${askedAt}::timestamptz)`, failures: 0, failing_since: null })
    .$if(isClosed, (query) =>
      query.set({
        closed_at: sql`coalesce(closed_at, now())`,
        status: sql<PaymentState>`case when status = 'created' then 'expired' else status end`,
        updated_at: sql`now()`,
      }),
    )
    .where("id", "=", payment.id)
    .returning(["expires_at", "grace_seconds"])
    .executeTakeFirst();
  if (!checkout || !answered) return null;
  if (isClosed) await releaseDeclined(tx, checkout);
  const isDefinite = isClosed || askedAt >= answerFrom(answered.expires_at, answered.grace_seconds);
  return isDefinite ? endIfOver(tx, checkout) : null;
}
