import { sql } from "kysely";
import { mayPaymentMove, type PaymentState } from "#domain/payment-states.ts";
import type { Tx } from "#platform/db.ts";
import type { ChargeRow } from "#platform/rows.ts";
import type { LockedRows } from "./lock-for-settlement.ts";

/** The charge being settled. Its checkout and payment are locked. */
export type Settling = LockedRows & { tx: Tx; charge: ChargeRow };

/** Moves the payment if the table allows it: charges may report in any sequence. */
export async function movePayment({ tx, payment }: Settling, to: PaymentState): Promise<boolean> {
  if (!mayPaymentMove(payment.status, to)) return false;
  await tx.updateTable("payment").set({ status: to, updated_at: sql`now()` }).where("id", "=", payment.id).execute();
  return true;
}
