import { sql } from "kysely";
import type { CheckoutPaymentStatus } from "#domain/checkout-states.ts";
import type { ChargeState } from "#domain/payment-states.ts";
import { logEvent } from "../log-event.ts";
import { finishRefundCases, hasOpenCase } from "../refund-cases/finish.ts";
import { movePayment, type Settling } from "./move-payment.ts";

const paymentStatusAfter: Partial<Record<ChargeState, CheckoutPaymentStatus>> = {
  approved: "paid",
  voided: "refunded",
  refunded: "refunded",
  refunding: "refunding",
  partly_refunded: "partly_refunded",
  disputed: "disputed",
  charged_back: "charged_back",
};

/** Records what became of approved money: refunded by us or by others, or disputed. */
export async function recordReversal(settling: Settling): Promise<void> {
  const { tx, checkout, payment, charge } = settling;
  const state = charge.status;
  if (state === "approved" || charge.outcome === null) return;
  const isBack = state === "voided" || state === "refunded";
  if (isBack && (charge.outcome === "refund_case" || (await hasOpenCase(tx, charge))))
    return finishRefundCases(tx, { charge, proof: charge.provider_status, actor: "provider" });
  // A case of ours is sending it back and will report the end.
  if ((state === "refunding" || state === "partly_refunded") && (await hasOpenCase(tx, charge))) return;
  if (checkout.paid_charge_id !== charge.id || !(await movePayment(settling, state))) return;
  await tx
    .updateTable("checkout")
    .set({ payment_status: paymentStatusAfter[state] ?? checkout.payment_status, updated_at: sql`now()` })
    .where("id", "=", checkout.id)
    .execute();
  await logEvent(tx, {
    tenantId: checkout.tenant_id,
    subject: { kind: "checkout", id: checkout.id },
    kind: "payment.reversed",
    details: { paymentId: payment.id, chargeId: charge.id, state },
    actor: "provider",
  });
}
