import { sql } from "kysely";
import { hasFailed, openStates } from "#domain/payment-states.ts";
import { logEvent } from "../log-event.ts";
import { scheduleEndAfterWord } from "../payments/open-payment.ts";
import { movePayment, type Settling } from "./move-payment.ts";
import { releaseDeclined } from "./release-declined.ts";

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
  if (!payment.can_be_asked) await recordLastWord(settling);
  if (checkout.status !== "pending" || (await hasOpenPayment(settling))) return;
  await tx.updateTable("checkout").set({ payment_status: "failed", updated_at: sql`now()` }).where("id", "=", checkout.id).execute();
  await releaseDeclined(tx, checkout);
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

/**
 * A provider that cannot be asked has told by itself that its page took no money, which is its last
 * word on it: the checkout ends by it, at once if its time is over.
 */
async function recordLastWord({ tx, checkout, payment }: Settling): Promise<void> {
  await tx.updateTable("payment").set({ asked_at: sql`now()` }).where("id", "=", payment.id).execute();
  await scheduleEndAfterWord(tx, checkout);
}
