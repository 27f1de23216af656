import { mayBeSlow } from "#domain/choice/payment-offers.ts";
import { inTenant } from "#platform/db.ts";
import type { CheckoutRow, PaymentRow } from "#platform/rows.ts";

/** The longest wait for an answer that a merchant can set (contracts/catalog.ts). */
const answerWaitMs = 24 * 3_600_000;

/** Whether methods that take hours may be offered. Most providers' pendings outlast any wait. */
export async function paymentMayBeSlow({ checkout, payment }: { checkout: CheckoutRow; payment: PaymentRow }): Promise<boolean> {
  const { payable_until: payableUntil, expires_at: expiresAt } = payment;
  if (payableUntil.getTime() - expiresAt.getTime() > answerWaitMs) return false;
  return mayBeSlow({ payableUntil, keptUntil: await keptUntil(checkout), settleUntil: checkout.settle_until });
}

/** When the first of what the checkout claims lapses. Returns null if it claims nothing. */
function keptUntil({ tenant_id: tenantId, id }: CheckoutRow): Promise<Date | null> {
  return inTenant(tenantId, async (tx) => {
    const claims = await tx
      .selectFrom("slot_claim")
      .select("expires_at")
      .where("checkout_id", "=", id)
      .where("state", "=", "paying")
      .unionAll(tx.selectFrom("stock_claim").select("expires_at").where("checkout_id", "=", id).where("state", "=", "paying"))
      .execute();
    const ends = claims.flatMap(({ expires_at: end }) => (end ? [end.getTime()] : []));
    return ends.length > 0 ? new Date(Math.min(...ends)) : null;
  });
}
