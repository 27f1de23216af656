import type { KnownPayment } from "#domain/payment-provider.ts";
import { inTenant } from "#platform/db.ts";
import type { ChargeRow, RefundCaseRow } from "#platform/rows.ts";

/** `payment` is null if the money belongs to no payment of ours. */
export type RefundWork = { refundCase: RefundCaseRow; charge: ChargeRow; payment: KnownPayment | null };

export async function readRefundWork(input: { tenantId: string; refundCaseId: string }): Promise<RefundWork | null> {
  return inTenant(input.tenantId, async (tx) => {
    const refundCase = await tx.selectFrom("refund_case").selectAll().where("id", "=", input.refundCaseId).executeTakeFirst();
    if (!refundCase) return null;
    const charge = await tx.selectFrom("charge").selectAll().where("id", "=", refundCase.charge_id).executeTakeFirstOrThrow();
    const payment = charge.payment_id
      ? await tx
          .selectFrom("payment")
          .select(["reference", "provider_payment_id as providerPaymentId", "currency"])
          .where("id", "=", charge.payment_id)
          .executeTakeFirst()
      : undefined;
    return { refundCase, charge, payment: payment ?? null };
  });
}

/** Whether the case sends back only a part of the charge. */
export function isPartial({ refundCase, charge }: RefundWork): boolean {
  return refundCase.amount_minor < charge.amount_minor;
}
