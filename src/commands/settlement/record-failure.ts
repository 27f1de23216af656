import { sql } from "kysely";
import { hasFailed, openStates } from "#domain/payment-states.ts";
import { kindOf } from "../checkouts/kinds.ts";
import { logStep } from "../checkouts/log-step.ts";
import { moveCheckout } from "../checkouts/move-checkout.ts";
import { logEvent } from "../log-event.ts";
import { endOpenPayments } from "../payments/end-payments.ts";
import { movePayment, type Settling } from "./move-payment.ts";

/**
 * A try was declined. The checkout stays pending while its hold lives, so that the customer can
 * retry, unless the tenant has `on_decline: release`. A decline never touches what another try has
 * paid.
 */
export async function recordFailure(settling: Settling): Promise<void> {
  const { tx, checkout, payment, charge } = settling;
  // Its money may have come and gone: the payment has paid for nothing, and may be tried again.
  if (!(await movePayment(settling, hasFailed(charge.status) ? charge.status : "cancelled"))) return;
  await logEvent(tx, {
    tenantId: checkout.tenant_id,
    subject: { kind: "checkout", id: checkout.id },
    kind: "payment.failed",
    details: { paymentId: payment.id, chargeId: charge.id, state: charge.status },
    actor: "provider",
  });
  if (checkout.status !== "pending" || (await hasOpenPayment(settling))) return;
  await tx.updateTable("checkout").set({ payment_status: "failed", updated_at: sql`now()` }).where("id", "=", checkout.id).execute();
  const tenant = await tx.selectFrom("tenant").select("on_decline").executeTakeFirstOrThrow();
  if (tenant.on_decline === "release") await releaseAtOnce(settling);
}

/** The customer may be paying on a newer page, or a bank may still decide about an older one. */
async function hasOpenPayment({ tx, checkout, payment }: Settling): Promise<boolean> {
  const other = await tx
    .selectFrom("payment")
    .select("id")
    .where("checkout_id", "=", checkout.id)
    .where("id", "<>", payment.id)
    .where("status", "in", openStates)
    .where((is) => is.or([is("created_at", ">", payment.created_at), is("status", "=", "pending")]))
    .executeTakeFirst();
  return other !== undefined;
}

/** Unless another try was approved, and that approval waits for its settling. */
async function releaseAtOnce({ tx, checkout, payment }: Settling): Promise<void> {
  const { rows } = await sql<{ waits: boolean }>`select approval_waits(${checkout.tenant_id}, ${checkout.id}) as waits`.execute(tx);
  if (rows[0]?.waits) return;
  await endOpenPayments(tx, checkout);
  await kindOf(checkout).letGo(tx, checkout, "released");
  await moveCheckout(tx, checkout, "failed");
  // The page shows a decline that came at once. Only a slow bank's answer needs a mail.
  const facts = { mayHaveLeft: payment.status === "pending" };
  await logStep(tx, { checkout, step: "failed", actor: "system", facts });
}
