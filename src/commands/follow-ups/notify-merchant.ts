import { inTenant } from "#platform/db.ts";
import type { FollowUp } from "./run-follow-up.ts";

/** Writes the dashboard's notice, once per follow-up. */
export async function notifyMerchant(followUp: FollowUp): Promise<void> {
  await inTenant(followUp.tenantId, (tx) =>
    tx
      .insertInto("notification")
      .values({
        tenant_id: followUp.tenantId,
        follow_up_id: followUp.id,
        kind: followUp.eventKind,
        checkout_id: followUp.subjectKind === "checkout" ? followUp.subjectId : null,
        details: JSON.stringify(followUp.details),
      })
      .onConflict((conflict) => conflict.columns(["tenant_id", "follow_up_id"]).doNothing())
      .execute(),
  );
}
