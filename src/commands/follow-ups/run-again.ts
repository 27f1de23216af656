import type { FollowUpJob } from "#domain/follow-ups.ts";
import { inTenant } from "#platform/db.ts";
import { tryFollowUpAgain } from "../log-event.ts";

/** "Run again": a person has mended the cause. Starts at once, with its tries counted anew. False if it is not an attention item. */
export async function runFollowUpAgain(input: { tenantId: string; followUpId: string }): Promise<boolean> {
  return inTenant(input.tenantId, async (tx) => {
    const row = await tx
      .updateTable("follow_up")
      .set({ state: "pending", attempts: 0 })
      .where("id", "=", input.followUpId)
      .where("state", "in", ["attention", "skipped"])
      .returning("job")
      .executeTakeFirst();
    if (!row) return false;
    await tryFollowUpAgain(tx, { ...input, job: row.job as FollowUpJob, inSeconds: 0 });
    return true;
  });
}
