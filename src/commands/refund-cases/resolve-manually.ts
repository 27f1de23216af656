import { actorOf, type Caller } from "#contracts/caller.ts";
import { inTenant } from "#platform/db.ts";
import { finishRefundCases, lockCheckoutOf } from "./finish.ts";

type Resolve = { caller: Caller; input: { tenantId: string; refundCaseId: string; proof: string } };

/**
 * A person has sent the money back and names the proof (a receipt, a bank reference). Also works
 * while an unknown charge is still being looked up. Returns false if no such case waits for one.
 */
export async function resolveRefundManually({ caller, input }: Resolve): Promise<boolean> {
  return inTenant(input.tenantId, async (tx) => {
    const found = await tx
      .selectFrom("refund_case")
      .select(["charge_id", "checkout_id"])
      .where("id", "=", input.refundCaseId)
      .where("method", "=", "manual")
      .where("state", "in", ["open", "manual"])
      .executeTakeFirst();
    if (!found) return false;
    await lockCheckoutOf(tx, found);
    const charge = await tx.selectFrom("charge").selectAll().where("id", "=", found.charge_id).executeTakeFirstOrThrow();
    return finishRefundCases(tx, { charge, only: input.refundCaseId, proof: input.proof, actor: actorOf(caller) });
  });
}
