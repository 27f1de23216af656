import { sql } from "kysely";
import { unsettledStates } from "#domain/payment-states.ts";
import type { Tx } from "#platform/db.ts";

/** Schedules the next poll of this payment. */
export async function schedulePoll(tx: Tx, next: { tenantId: string; paymentId: string; at: Date }): Promise<void> {
  const payload = JSON.stringify({ tenantId: next.tenantId, paymentId: next.paymentId });
  await sql`select enqueue_job('poll-payment', ${payload}::json, run_at := ${next.at}, job_key := ${`poll-${next.paymentId}`})`.execute(tx);
}

/** Polls at once, outside the ladder: the newest three that may still become money. */
export async function pollNow(tx: Tx, input: { tenantId: string; checkoutId: string }): Promise<void> {
  await sql`
    select enqueue_job('poll-payment', json_build_object('tenantId', tenant_id, 'paymentId', id, 'isExtra', true),
      job_key := 'return-' || id)
    from payment
    where tenant_id = ${input.tenantId} and checkout_id = ${input.checkoutId} and status = any (${[...unsettledStates]}) and can_be_asked
    order by created_at desc limit 3`.execute(tx);
}

/** Polls this payment at once, also if it is paid: something may have become of its money. */
export async function pollPaymentNow(tx: Tx, { tenantId, paymentId }: { tenantId: string; paymentId: string }): Promise<void> {
  const payload = JSON.stringify({ tenantId, paymentId, isExtra: true });
  await sql`select enqueue_job('poll-payment', ${payload}::json, job_key := ${`return-${paymentId}`})`.execute(tx);
}
