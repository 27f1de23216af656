import { sql } from "kysely";
import type { KnownPayment } from "#domain/payment-provider.ts";
import { inTenant } from "#platform/db.ts";
import type { ChargeRow, RefundCaseRow } from "#platform/rows.ts";

/**
 * A case with its charge, and the payment as its provider knows it. Of money that belongs to no
 * payment of ours, that is the reference under which it came. `secondsInState`: since its last
 * move, by the database's clock. `secondsShort`: since the account at the provider has too little.
 */
export type RefundWork = {
  refundCase: RefundCaseRow;
  charge: ChargeRow;
  payment: KnownPayment;
  secondsInState: number;
  secondsShort: number;
};

export async function readRefundWork(input: { tenantId: string; refundCaseId: string }): Promise<RefundWork | null> {
  return inTenant(input.tenantId, async (tx) => {
    const found = await tx
      .selectFrom("refund_case")
      .selectAll()
      .select(sql<number>`extract(epoch from now() - updated_at)::float8`.as("secondsInState"))
      .select(sql<number>`coalesce(extract(epoch from now() - short_since), 0)::float8`.as("secondsShort"))
      .where("id", "=", input.refundCaseId)
      .executeTakeFirst();
    if (!found) return null;
    const { secondsInState, secondsShort, ...refundCase } = found;
    const charge = await tx.selectFrom("charge").selectAll().where("id", "=", refundCase.charge_id).executeTakeFirstOrThrow();
    const payment = charge.payment_id
      ? await tx
          .selectFrom("payment")
          .select(["reference", "provider_payment_id as providerPaymentId", "currency"])
          .where("id", "=", charge.payment_id)
          .executeTakeFirst()
      : undefined;
    const { reference, currency } = charge;
    return { refundCase, charge, payment: payment ?? { reference, providerPaymentId: null, currency }, secondsInState, secondsShort };
  });
}

/** Whether the case sends back only a part of the charge. */
export function isPartial({ refundCase, charge }: RefundWork): boolean {
  return refundCase.amount_minor < charge.amount_minor;
}
