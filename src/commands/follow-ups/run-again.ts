import { actorOf, type Caller } from "#contracts/caller.ts";
import { inTenant } from "#platform/db.ts";
import { logEvent, tryFollowUpAgain } from "../log-event.ts";

type FollowUp = { tenantId: string; followUpId: string };

/** Starts it now and counts its tries anew. Returns false if it is not an attention item. */
export async function runFollowUpAgain({ caller, input }: { caller: Caller; input: FollowUp }): Promise<boolean> {
  const { tenantId, followUpId } = input;
  return inTenant(tenantId, async (tx) => {
    const row = await tx
      .updateTable("follow_up")
      .set({ state: "pending", attempts: 0 })
      .where("id", "=", followUpId)
      .where("state", "in", ["attention", "skipped"])
      .returning("job")
      .executeTakeFirst();
    if (!row) return false;
    await tryFollowUpAgain(tx, { tenantId, id: followUpId }, 0);
    await logEvent(tx, {
      tenantId,
      subject: { kind: "tenant", id: tenantId },
      kind: "follow_up.run_again",
      details: { followUpId, job: row.job },
      actor: actorOf(caller),
    });
    return true;
  });
}
