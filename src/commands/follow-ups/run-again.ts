import { actorOf, type Caller, originOf } from "#contracts/caller.ts";
import { inTenant } from "#platform/db.ts";
import { logEvent, tryFollowUpAgain } from "../log-event.ts";

/** `subjectId`: only if it is about this. */
type FollowUp = { tenantId: string; followUpId: string; subjectId?: string };

/**
 * Starts it now and counts its tries anew. A callback that arrived goes out once more, too: the
 * same bytes under the same id. Returns false if it needs no second run, or runs already.
 */
export async function runFollowUpAgain({ caller, input }: { caller: Caller; input: FollowUp }): Promise<boolean> {
  const { tenantId, followUpId, subjectId } = input;
  return inTenant(tenantId, async (tx) => {
    const row = await tx
      .updateTable("follow_up")
      .set({ state: "pending", attempts: 0, done_at: null, effect: null })
      .where("id", "=", followUpId)
      .$if(subjectId !== undefined, (query) => query.where("subject_id", "=", subjectId ?? ""))
      .where((is) =>
        is.or([is("state", "in", ["attention", "skipped"]), is.and([is("state", "=", "done"), is("job", "=", "deliver-callback")])]),
      )
      .returning(["job", "subject_id", "event_id"])
      .executeTakeFirst();
    if (!row) return false;
    await tryFollowUpAgain(tx, { tenantId, id: followUpId }, 0);
    const { kind } = await tx.selectFrom("event").select("subject_kind as kind").where("id", "=", row.event_id).executeTakeFirstOrThrow();
    await logEvent(tx, {
      tenantId,
      subject: { kind, id: row.subject_id },
      kind: "follow_up.run_again",
      details: { followUpId, job: row.job },
      actor: actorOf(caller),
      origin: originOf(caller),
    });
    return true;
  });
}
