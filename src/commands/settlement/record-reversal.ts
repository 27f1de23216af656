import { sql } from "kysely";
import { type CheckoutPaymentStatus, isPaid } from "#domain/checkout-states.ts";
import { type ChargeState, isMoneyGone } from "#domain/payment-states.ts";
import { logEvent } from "../log-event.ts";
import { finishRefundCases, hasOpenCase, isAllBack } from "../refund-cases/finish.ts";
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
  if (charge.outcome === null) return;
  // Also what a bank took back: whoever must send it by hand would pay it twice.
  if (isMoneyGone(state) && (charge.outcome === "refund_case" || (await hasOpenCase(tx, charge)))) {
    await finishRefundCases(tx, { charge, proof: charge.provider_status, actor: "provider" });
    // More went back than we were sending: of the rest the merchant must hear.
    if (await isAllBack(tx, charge)) return;
  }
  // A case of ours is sending it back and will report the end.
  if ((state === "refunding" || state === "partly_refunded") && (await hasOpenCase(tx, charge))) return;
  if (checkout.paid_charge_id !== charge.id) return;
  // The bank has decided for the merchant; every other approval of what paid is old news.
  if (state === "approved" && payment.status !== "disputed") return;
  if (await movePayment(settling, state)) await tellMerchant(settling);
}

/** With the money gone and the purchase standing, somebody must say what shall become of it. */
async function tellMerchant({ tx, checkout, payment, charge, hasCallback }: Settling): Promise<void> {
  const state = charge.status;
  const paymentStatus = paymentStatusAfter[state] ?? checkout.payment_status;
  const asks = isMoneyGone(state) && isPaid(checkout.status);
  await tx
    .updateTable("checkout")
    .set({ payment_status: paymentStatus, ...(asks ? { reversal_answer: "open" as const } : {}), updated_at: sql`now()` })
    .where("id", "=", checkout.id)
    .execute();
  await logEvent(tx, {
    tenantId: checkout.tenant_id,
    subject: { kind: "checkout", id: checkout.id },
    kind: state === "approved" ? "payment.restored" : "payment.reversed",
    details: { paymentId: payment.id, chargeId: charge.id, state, paymentStatus, asks },
    actor: "provider",
    facts: { hasCallback },
  });
}
