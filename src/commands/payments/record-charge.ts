import { sql } from "kysely";
import type { ChargeFact } from "../../domain/payment-provider.ts";
import { mayPaymentMove, type PaymentState } from "../../domain/payment-states.ts";
import type { Tx } from "../../platform/db.ts";
import type { ChargeRow, PaymentRow } from "../../platform/rows.ts";

/** One row per charge at the provider; its state only moves as the table allows. Amount and currency stay what the provider first said. */
export async function recordCharge(tx: Tx, input: { tenantId: string; payment: PaymentRow; fact: ChargeFact }): Promise<ChargeRow> {
  const { tenantId, payment, fact } = input;
  await tx
    .insertInto("charge")
    .values({
      tenant_id: tenantId,
      connection_id: payment.connection_id,
      payment_id: payment.id,
      provider_charge_id: fact.providerChargeId,
      reference: fact.reference,
      status: fact.state,
      provider_status: fact.providerStatus,
      amount_minor: fact.amountMinor,
      currency: fact.currency,
      method: fact.method,
    })
    .onConflict((conflict) => conflict.columns(["tenant_id", "connection_id", "provider_charge_id"]).doNothing())
    .execute();
  const charge = await tx
    .selectFrom("charge")
    .selectAll()
    .where("connection_id", "=", payment.connection_id)
    .where("provider_charge_id", "=", fact.providerChargeId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const moves = mayPaymentMove(charge.status as PaymentState, fact.state);
  if (!moves && charge.payment_id !== null) return charge;
  return tx
    .updateTable("charge")
    .set({ payment_id: payment.id, ...(moves ? { status: fact.state, provider_status: fact.providerStatus } : {}), updated_at: sql`now()` })
    .where("id", "=", charge.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
