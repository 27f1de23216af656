import { inTenant } from "#platform/db.ts";
import type { Actor } from "../log-event.ts";
import { finishRefundCase, lockBookingOf } from "./finish.ts";

/** A person has sent the money back and says how it can be proven (the provider's receipt, a bank reference). Also while an unknown charge is still asked for. */
export async function resolveRefundManually(input: { tenantId: string; refundCaseId: string; proof: string; actor: Actor }): Promise<void> {
  await inTenant(input.tenantId, async (tx) => {
    const found = await tx
      .selectFrom("refund_case")
      .select(["charge_id", "booking_id"])
      .where("id", "=", input.refundCaseId)
      .where("method", "=", "manual")
      .where("state", "in", ["open", "manual"])
      .executeTakeFirst();
    if (!found) return;
    await lockBookingOf(tx, found);
    await finishRefundCase(tx, { tenantId: input.tenantId, chargeId: found.charge_id, proof: input.proof, actor: input.actor });
  });
}
