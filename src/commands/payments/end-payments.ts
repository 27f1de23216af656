import { sql } from "kysely";
import { openStates } from "#domain/payment-states.ts";
import type { Tx } from "#platform/db.ts";

/**
 * Expires payments that nobody began; a pending one may still be approved. Jobs close the pages.
 */
export async function endOpenPayments(tx: Tx, checkout: { id: string }): Promise<void> {
  const open = await tx
    .selectFrom("payment")
    .select(["tenant_id", "id", "status"])
    .where("checkout_id", "=", checkout.id)
    .where("status", "in", openStates)
    .execute();
  await tx
    .updateTable("payment")
    .set({ status: "expired", updated_at: sql`now()` })
    .where("checkout_id", "=", checkout.id)
    .where("status", "=", "created")
    .execute();
  for (const payment of open) {
    const payload = JSON.stringify({ tenantId: payment.tenant_id, paymentId: payment.id });
    await sql`select enqueue_job('close-payment', ${payload}::json, job_key := ${`close-${payment.id}`})`.execute(tx);
  }
}
