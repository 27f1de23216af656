import { sql } from "kysely";
import { isMoneyHere, mayPaymentMove, type PaymentState } from "#domain/payment-states.ts";
import type { Tx } from "#platform/db.ts";
import { type Actor, logEvent } from "../log-event.ts";
import { refundSubject } from "./open.ts";

/** Locks are taken in one order, booking first: a settle of the same charge may be running, and finishing counts the booking's callbacks. */
export async function lockBookingOf(tx: Tx, refundCase: { booking_id: string | null }): Promise<void> {
  if (refundCase.booking_id) await tx.selectFrom("booking").select("id").where("id", "=", refundCase.booking_id).forUpdate().execute();
}

/** The money is back with the customer: said by the provider, or by a person with proof. The caller has locked the booking. */
export async function finishRefundCase(tx: Tx, input: { tenantId: string; chargeId: string; proof: string; actor: Actor }): Promise<void> {
  const done = await tx
    .updateTable("refund_case")
    .set({ state: "done", proof: input.proof, updated_at: sql`now()` })
    .where("charge_id", "=", input.chargeId)
    .where("state", "<>", "done")
    .returningAll()
    .executeTakeFirst();
  if (!done) return;
  const charge = await tx.selectFrom("charge").select("status").where("id", "=", input.chargeId).executeTakeFirstOrThrow();
  if (done.booking_id) {
    const status = charge.status === "charged_back" ? "charged_back" : "refunded";
    await tx
      .updateTable("booking")
      .set({ payment_status: status, updated_at: sql`now()` })
      .where("id", "=", done.booking_id)
      .where("payment_status", "=", "refunding")
      .execute();
  }
  await endPayment(tx, input.chargeId);
  const { callback_url } = await tx.selectFrom("tenant").select("callback_url").executeTakeFirstOrThrow();
  await logEvent(tx, {
    tenantId: input.tenantId,
    subject: refundSubject({ id: done.id, bookingId: done.booking_id }),
    kind: "refund_case.done",
    details: { refundCaseId: done.id, reason: done.reason },
    actor: input.actor,
    facts: { hasCallback: callback_url !== null && done.booking_id !== null },
  });
}

/** The payment ends as its money did, unless another charge under its reference is what paid. */
async function endPayment(tx: Tx, chargeId: string): Promise<void> {
  const charge = await tx.selectFrom("charge").select(["payment_id", "status"]).where("id", "=", chargeId).executeTakeFirstOrThrow();
  if (charge.payment_id === null) return;
  const payment = await tx.selectFrom("payment").select("status").where("id", "=", charge.payment_id).forUpdate().executeTakeFirstOrThrow();
  const others = await tx
    .selectFrom("charge")
    .select("status")
    .where("payment_id", "=", charge.payment_id)
    .where("id", "<>", chargeId)
    .execute();
  const to = charge.status === "voided" || charge.status === "charged_back" ? charge.status : "refunded";
  if (others.some((other) => isMoneyHere(other.status as PaymentState)) || !mayPaymentMove(payment.status as PaymentState, to)) return;
  await tx.updateTable("payment").set({ status: to, updated_at: sql`now()` }).where("id", "=", charge.payment_id).execute();
}
