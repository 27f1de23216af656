import { sql } from "kysely";
import type { PaymentState } from "#domain/payment-states.ts";
import { logEvent } from "../log-event.ts";
import { movePayment, type Settling } from "./settle-charge.ts";

/**
 * A try was declined. The booking stays pending while its hold lives, so that the customer can try again (tenant setting
 * `on_decline: release` lets the slot go at once). A decline never touches what another try has paid.
 */
export async function recordFailure(settling: Settling): Promise<void> {
  const { tx, tenantId, booking, payment, charge } = settling;
  if (!(await movePayment(settling, charge.status as PaymentState))) return;
  await logEvent(tx, {
    tenantId,
    subject: { kind: "booking", id: booking.id },
    kind: "payment.failed",
    details: { paymentId: payment.id, chargeId: charge.id, state: charge.status },
    actor: "provider",
  });
  if (booking.status !== "pending" || (await hasOpenPayment(settling))) return;
  await tx.updateTable("booking").set({ payment_status: "failed", updated_at: sql`now()` }).where("id", "=", booking.id).execute();
  const tenant = await tx.selectFrom("tenant").select("on_decline").executeTakeFirstOrThrow();
  if (tenant.on_decline === "release") await releaseAtOnce(settling);
}

/** Another page may still be open, on which the customer is paying. */
async function hasOpenPayment({ tx, booking, payment }: Settling): Promise<boolean> {
  const other = await tx
    .selectFrom("payment")
    .select("id")
    .where("booking_id", "=", booking.id)
    .where("id", "<>", payment.id)
    .where("created_at", ">", payment.created_at)
    .where("status", "in", ["created", "pending"])
    .executeTakeFirst();
  return other !== undefined;
}

async function releaseAtOnce({ tx, tenantId, booking }: Settling): Promise<void> {
  await tx
    .updateTable("slot_claim")
    .set({ state: "released" })
    .where("booking_id", "=", booking.id)
    .where("state", "in", ["held", "paying"])
    .execute();
  await tx.updateTable("booking").set({ status: "failed", updated_at: sql`now()` }).where("id", "=", booking.id).execute();
  await logEvent(tx, { tenantId, subject: { kind: "booking", id: booking.id }, kind: "booking.failed", actor: "system" });
}
