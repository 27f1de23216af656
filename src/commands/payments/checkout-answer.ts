import type { CheckoutAnswer } from "#contracts/checkout.ts";
import type { CheckoutRow, PaymentRow } from "#platform/rows.ts";

export function checkoutAnswer(checkout: CheckoutRow, payment: PaymentRow, checkoutUrl: string): CheckoutAnswer {
  return {
    id: checkout.id,
    token: checkout.token,
    status: "pending",
    paymentStatus: checkout.payment_status === "failed" ? "pending" : checkout.payment_status,
    amountMinor: payment.amount_minor,
    currency: payment.currency,
    reference: payment.reference,
    checkoutUrl,
    expiresAt: payment.expires_at.toISOString(),
  };
}
