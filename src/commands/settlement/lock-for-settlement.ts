import { sql } from "kysely";
import type { CheckoutStatus } from "#domain/checkout-states.ts";
import type { ChargeFact } from "#domain/payment-provider.ts";
import type { ChargeState, PaymentState } from "#domain/payment-states.ts";
import type { Tx } from "#platform/db.ts";
import type { CheckoutRow, PaymentRow } from "#platform/rows.ts";

/** What the provider says, by the connection that was asked. The reference names the payment. */
export type Told = { tenantId: string; connectionId: string; fact: ChargeFact };

/** As `lock_for_settlements` returns it. `place` counts from 1. */
export type Locked = {
  place: number;
  checkout_id: string;
  checkout_kind: string;
  checkout_status: CheckoutStatus;
  paid_charge_id: string | null;
  traits: string[];
  payment_id: string;
  payment_status: PaymentState;
  payment_amount_minor: number;
  payment_currency: string;
  charge_id: string | null;
  charge_status: ChargeState | null;
  has_outcome: boolean;
  charge_amount_minor: number | null;
  charge_currency: string | null;
  has_callback: boolean;
  is_late: boolean;
};

export function lockingQuery(told: readonly Told[]) {
  const charges = told.map(({ tenantId, connectionId, fact }) => ({
    tenantId,
    connectionId,
    reference: fact.reference,
    providerChargeId: fact.providerChargeId,
  }));
  return { name: "lock-for-settlements", text: "select * from lock_for_settlements($1)", values: [JSON.stringify(charges)] };
}

/** `chargeStatus` is null for a new charge. */
export type LockedRows = {
  checkout: CheckoutRow;
  payment: PaymentRow;
  chargeStatus: ChargeState | null;
  hasCallback: boolean;
  isLate: boolean;
};

/** Locks checkout and payment. Returns null if the reference is unknown. */
export async function lockForSettlement(tx: Tx, told: Told): Promise<LockedRows | null> {
  const [charges] = lockingQuery([told]).values;
  const { rows } = await sql<Locked>`select * from lock_for_settlements(${charges}::jsonb)`.execute(tx);
  const [locked] = rows;
  if (!locked) return null;
  const checkout = await tx.selectFrom("checkout").selectAll().where("id", "=", locked.checkout_id).executeTakeFirstOrThrow();
  const payment = await tx.selectFrom("payment").selectAll().where("id", "=", locked.payment_id).executeTakeFirstOrThrow();
  return { checkout, payment, chargeStatus: locked.charge_status, hasCallback: locked.has_callback, isLate: locked.is_late };
}
