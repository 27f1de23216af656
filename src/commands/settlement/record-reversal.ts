import { sql } from "kysely";
import { type CheckoutPaymentStatus, isPaid } from "#domain/checkout-states.ts";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { type ChargeState, isMoneyGone } from "#domain/payment-states.ts";
import { logEvent } from "../log-event.ts";
import { sentBackMinor } from "../refund-cases/charge-rows.ts";
import { finishRefundCases, hasOpenCase, isAllBack } from "../refund-cases/finish.ts";
import { recordDisputes } from "../refund-cases/record-disputes.ts";
import { recordRefundParts } from "../refund-cases/record-parts.ts";
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

/**
 * Records what became of approved money: refunded by us or by others, or disputed. Where the
 * provider tells each part, its parts tell the merchant, and the state of the whole only follows.
 */
export async function recordReversal(given: Settling, fact: ChargeFact): Promise<void> {
  const { tx, checkout, payment } = given;
  if (given.charge.outcome === null) return;
  await recordDisputes(tx, { charge: given.charge, fact, checkoutId: checkout.id });
  const charge = await recordRefundParts(tx, { charge: given.charge, fact });
  const settling = { ...given, charge };
  const state = charge.status;
  // Also what a bank took back: whoever must send it by hand would pay it twice.
  if (isMoneyGone(state) && (charge.outcome === "refund_case" || (await hasOpenCase(tx, charge)))) {
    await finishRefundCases(tx, { charge, proof: charge.provider_status, actor: "provider" });
    // More went back than we were sending: of the rest the merchant must hear.
    if (await isAllBack(tx, charge)) return;
  }
  // A case of ours is sending it back and will report the end.
  if ((state === "refunding" || state === "partly_refunded") && (await hasOpenCase(tx, charge))) return;
  if (checkout.paid_charge_id !== charge.id) return;
  if (fact.refunds !== undefined && statesOfParts.includes(state)) {
    await movePayment(settling, state);
    return;
  }
  // The bank has decided for the merchant; every other approval of what paid is old news.
  if (state === "approved" && payment.status !== "disputed") return;
  if (await movePayment(settling, state)) await tellMerchant(settling, { isItemized: (fact.disputes?.length ?? 0) > 0 });
}

/** A provider that tells parts says by them how much of these is whose. */
const statesOfParts: readonly ChargeState[] = ["refunding", "partly_refunded", "refunded"];

/**
 * Of a provider that tells the whole alone: nobody else than its own panel sent it. How much of a
 * part has gone it does not say, so nobody is written about that.
 */
const outsideRefundOf: Partial<Record<ChargeState, "asked" | "done">> = { refunding: "asked", refunded: "done", voided: "done" };

/** With the money gone and the purchase standing, somebody must say what shall become of it. */
async function tellMerchant(settling: Settling, { isItemized }: { isItemized: boolean }): Promise<void> {
  const { tx, checkout, payment, charge, hasCallback } = settling;
  const state = charge.status;
  const paymentStatus = paymentStatusAfter[state] ?? checkout.payment_status;
  const asks = isMoneyGone(state) && isPaid(checkout.status);
  await tx
    .updateTable("checkout")
    .set({ payment_status: paymentStatus, ...(asks ? { reversal_answer: "open" as const } : {}), updated_at: sql`now()` })
    .where("id", "=", checkout.id)
    .execute();
  const outsideRefund = outsideRefundOf[state];
  const backMinor = outsideRefund ? charge.amount_minor - (await sentBackMinor(tx, charge)) : 0;
  await logEvent(tx, {
    tenantId: checkout.tenant_id,
    subject: { kind: "checkout", id: checkout.id },
    kind: state === "approved" ? "payment.restored" : "payment.reversed",
    // `itemized`: the disputes' own events say how much has moved.
    details: {
      ...{ paymentId: payment.id, chargeId: charge.id, state, paymentStatus, asks, currency: charge.currency },
      ...(backMinor > 0 && { backMinor }),
      ...(isItemized && { itemized: true }),
    },
    actor: "provider",
    facts: { hasCallback, outsideRefund: backMinor > 0 ? outsideRefund : undefined },
  });
}
