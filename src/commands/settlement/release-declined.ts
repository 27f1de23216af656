import { sql } from "kysely";
import type { Tx } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { kindOf } from "../checkouts/kinds.ts";
import { logStep } from "../checkouts/log-step.ts";
import { moveCheckout } from "../checkouts/move-checkout.ts";
import { wantPagesClosed } from "../payments/close-page.ts";
import { endOpenPayments } from "../payments/end-payments.ts";

type Unpaid = Pick<CheckoutRow, "tenant_id" | "id">;

/**
 * Where the tenant has `on_decline: release`, a checkout whose last try was declined ends at once;
 * where a page could still take money, as soon as its provider has closed it (record-answer.ts).
 * Not while another try was approved, and that approval waits for its settling.
 */
export async function releaseDeclined(tx: Tx, { tenant_id: tenantId, id: checkoutId }: Unpaid): Promise<void> {
  const declined = await tx
    .selectFrom("checkout as k")
    .innerJoin("tenant as t", "t.tenant_id", "k.tenant_id")
    .selectAll("k")
    .where("k.id", "=", checkoutId)
    .where("k.status", "=", "pending")
    .where("k.payment_status", "=", "failed")
    .where("t.on_decline", "=", "release")
    .executeTakeFirst();
  if (!declined) return;
  // Closed first: of closed pages no event is left that could be an approval.
  if ((await wantPagesClosed(tx, { tenantId, checkoutId })).length > 0) return;
  if (await approvalWaits(tx, declined)) return;
  // The page shows a decline that came at once. Only a slow bank's answer needs a mail.
  const facts = { mayHaveLeft: await wasSlow(tx, declined) };
  await endOpenPayments(tx, declined);
  await kindOf(declined).letGo(tx, declined, "released");
  await moveCheckout(tx, declined, "failed");
  await logStep(tx, { checkout: declined, step: "failed", actor: "system", facts });
}

async function approvalWaits(tx: Tx, { tenant_id: tenantId, id }: Unpaid): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`select approval_waits(${tenantId}, ${id}) as waits`.execute(tx);
  return rows[0]?.waits === true;
}

/** A charge was pending before it failed. One that failed at once has not changed since. */
async function wasSlow(tx: Tx, { id }: Unpaid): Promise<boolean> {
  const slow = await tx
    .selectFrom("charge as c")
    .innerJoin("payment as p", (join) => join.onRef("p.tenant_id", "=", "c.tenant_id").onRef("p.id", "=", "c.payment_id"))
    .select("c.id")
    .where("p.checkout_id", "=", id)
    .whereRef("c.updated_at", ">", "c.created_at")
    .executeTakeFirst();
  return slow !== undefined;
}
