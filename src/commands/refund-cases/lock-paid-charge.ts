import { Refusal } from "#contracts/problem.ts";
import { isMoneyHere } from "#domain/payment-states.ts";
import type { Tx } from "#platform/db.ts";
import type { ChargeRow, CheckoutRow } from "#platform/rows.ts";
import { isBlockedByDispute } from "#queries/desk/dispute-blocks.ts";

/**
 * The charge of which a refund may be asked, locked. Refuses: nothing_to_refund,
 * refund_blocked_by_dispute.
 */
export async function lockPaidCharge(tx: Tx, checkout: Pick<CheckoutRow, "id" | "paid_charge_id">): Promise<ChargeRow> {
  const charge = await tx
    .selectFrom("charge")
    .selectAll()
    .where("id", "=", checkout.paid_charge_id ?? checkout.id)
    .forUpdate()
    .executeTakeFirst();
  if (!charge || !isMoneyHere(charge.status)) throw new Refusal("nothing_to_refund");
  if (await isBlockedByDispute(tx, charge)) throw new Refusal("refund_blocked_by_dispute");
  return charge;
}
