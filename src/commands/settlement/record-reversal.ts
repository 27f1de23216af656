import { sql } from "kysely";
import type { PaymentState } from "#domain/payment-states.ts";
import { logEvent } from "../log-event.ts";
import { finishRefundCase } from "../refund-cases/finish.ts";
import { movePayment, type Settling } from "./settle-charge.ts";

const bookingPaymentStatus: Partial<Record<PaymentState, string>> = {
  approved: "paid",
  voided: "refunded",
  refunded: "refunded",
  refunding: "refunding",
  partly_refunded: "partly_refunded",
  disputed: "disputed",
  charged_back: "charged_back",
};

/** What became of money after its approval: sent back by us, or by somebody in the provider's panel, or disputed. */
export async function recordReversal(settling: Settling): Promise<void> {
  const { tx, tenantId, booking, payment, charge } = settling;
  const state = charge.status as PaymentState;
  if (state === "approved" || charge.outcome === null) return;
  const isBack = state === "voided" || state === "refunded";
  if (charge.outcome === "refund_case") {
    if (isBack) return finishRefundCase(tx, { tenantId, chargeId: charge.id, proof: charge.provider_status, actor: "provider" });
  }
  if (booking.paid_charge_id !== charge.id || !(await movePayment(settling, state))) return;
  await tx
    .updateTable("booking")
    .set({ payment_status: bookingPaymentStatus[state] ?? booking.payment_status, updated_at: sql`now()` })
    .where("id", "=", booking.id)
    .execute();
  await logEvent(tx, {
    tenantId,
    subject: { kind: "booking", id: booking.id },
    kind: "payment.reversed",
    details: { paymentId: payment.id, chargeId: charge.id, state },
    actor: "provider",
  });
}
