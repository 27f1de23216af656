import { sql } from "kysely";
import type { Tx } from "#platform/db.ts";
import { wantPagesClosed } from "./close-page.ts";

/**
 * Expires payments that nobody began; a pending one may still be approved. Pages that are still
 * open are closed after the commit.
 */
export async function endOpenPayments(tx: Tx, checkout: { tenant_id: string; id: string }): Promise<void> {
  await wantPagesClosed(tx, { tenantId: checkout.tenant_id, checkoutId: checkout.id });
  await tx
    .updateTable("payment")
    .set({ status: "expired", updated_at: sql`now()` })
    .where("checkout_id", "=", checkout.id)
    .where("status", "=", "created")
    .execute();
}
