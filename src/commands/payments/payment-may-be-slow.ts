import { mayBeSlow } from "#domain/choice/payment-offers.ts";
import type { Tx } from "#platform/db.ts";
import type { CheckoutRow, PaymentRow } from "#platform/rows.ts";

/** The longest wait for an answer that a merchant can set (contracts/catalog.ts). */
const answerWaitMs = 24 * 3_600_000;

/** Whether methods that take hours may be offered. Most providers' pendings outlast any wait. */
export async function paymentMayBeSlow(tx: Tx, { checkout, payment }: { checkout: CheckoutRow; payment: PaymentRow }): Promise<boolean> {
  const { payable_until: payableUntil, expires_at: expiresAt } = payment;
  if (payableUntil.getTime() - expiresAt.getTime() > answerWaitMs) return false;
  const claim = await tx
    .selectFrom("slot_claim")
    .select("expires_at")
    .where("checkout_id", "=", checkout.id)
    .where("state", "=", "paying")
    .executeTakeFirst();
  return mayBeSlow({ payableUntil, keptUntil: claim?.expires_at ?? null, settleUntil: checkout.settle_until });
}
