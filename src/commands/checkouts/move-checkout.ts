import { sql } from "kysely";
import { type CheckoutStatus, mayCheckoutMove } from "#domain/checkout-states.ts";
import type { Tx } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";

/** Returns the locked row, or null if it is gone. */
export async function lockCheckout(tx: Tx, id: string): Promise<CheckoutRow | null> {
  return (await tx.selectFrom("checkout").selectAll().where("id", "=", id).forUpdate().executeTakeFirst()) ?? null;
}

/** Moves a locked checkout. Returns false if the table of moves does not allow it. */
export async function moveCheckout(tx: Tx, checkout: CheckoutRow, to: CheckoutStatus): Promise<boolean> {
  if (!mayCheckoutMove(checkout.status, to)) return false;
  await tx.updateTable("checkout").set({ status: to, updated_at: sql`now()` }).where("id", "=", checkout.id).execute();
  return true;
}
