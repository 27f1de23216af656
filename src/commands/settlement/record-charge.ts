import { sql } from "kysely";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { mayPaymentMove, type PaymentState } from "#domain/payment-states.ts";
import type { Tx } from "#platform/db.ts";
import { type BookingRow, type ChargeRow, type PaymentRow, withDates } from "#platform/rows.ts";

type Locked = { booking: object | null; payment: object | null; charge: object | null; callback_url: string | null };
export type LockedForSettle = { booking: BookingRow; payment: PaymentRow; charge: ChargeRow; hasCallback: boolean };

/**
 * Booking, payment and charge under their locks, in one round trip, with what the provider says recorded: one row per charge, whose state
 * only moves as the table allows. Amount and currency stay what the provider first said. Null: the clean-up of unpaid attempts was faster.
 */
export async function lockAndRecord(
  tx: Tx,
  input: { tenantId: string; paymentId: string; fact: ChargeFact },
): Promise<LockedForSettle | null> {
  const { tenantId, paymentId, fact } = input;
  const { rows } =
    await sql<Locked>`select * from lock_for_settle(${tenantId}, ${paymentId}, ${fact.providerChargeId}, ${fact.reference}, ${fact.state},
    ${fact.providerStatus}, ${fact.amountMinor}, ${fact.currency}, ${fact.method}, ${approvedAt(fact)})`.execute(tx);
  const found = rows[0];
  if (!found?.booking || !found.payment || !found.charge) return null;
  const payment = withDates<PaymentRow>(found.payment);
  const charge = await moveCharge(tx, withDates<ChargeRow>(found.charge), { paymentId, fact });
  return { booking: withDates<BookingRow>(found.booking), payment, charge, hasCallback: found.callback_url !== null };
}

async function moveCharge(tx: Tx, charge: ChargeRow, to: { paymentId: string; fact: ChargeFact }): Promise<ChargeRow> {
  const moves = mayPaymentMove(charge.status as PaymentState, to.fact.state);
  if (!moves && charge.payment_id !== null) return charge;
  const approved_at = charge.approved_at ?? approvedAt(to.fact);
  const state = moves ? { status: to.fact.state, provider_status: to.fact.providerStatus, approved_at } : {};
  return tx
    .updateTable("charge")
    .set({ payment_id: to.paymentId, ...state, updated_at: sql`now()` })
    .where("id", "=", charge.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** When the money came, as the provider says; nothing else tells a late notice from a late payment. */
export const approvedAt = (fact: ChargeFact): Date | null => (fact.state === "approved" ? fact.finalizedAt : null);
