import { sql } from "kysely";
import { inTenant, type Tx } from "#platform/db.ts";
import type { CallbackReply } from "#providers/callbacks/post-callback.ts";
import type { FollowUp } from "../follow-ups/run-follow-up.ts";
import { logEvent } from "../log-event.ts";

/** An address that failed for so many days and tries in a row is switched off. */
const onlyFailsDays = 5;
const onlyFailsTries = 10;

/** `error` is set if there was no reply. */
type Attempt = { followUp: FollowUp; url: string; durationMs: number } & (CallbackReply | { error: string });

export const isTaken = ({ status }: CallbackReply): boolean => status >= 200 && status < 300;

/** Records the attempt and the address's health. 410 Gone switches the address off at once. */
export async function recordCallbackAttempt(attempt: Attempt): Promise<void> {
  const { tenantId, id } = attempt.followUp;
  await inTenant(tenantId, async (tx) => {
    await tx
      .insertInto("callback_attempt")
      .values({
        tenant_id: tenantId,
        follow_up_id: id,
        url: attempt.url,
        duration_ms: attempt.durationMs,
        ...("error" in attempt ? { error: attempt.error } : { status_code: attempt.status, response_excerpt: attempt.bodyExcerpt }),
      })
      .execute();
    if ("status" in attempt && isTaken(attempt)) {
      await tx.updateTable("callback_endpoint").set({ failing_since: null, failures: 0 }).where("failures", ">", 0).execute();
      return;
    }
    await sql`
      insert into callback_endpoint (tenant_id, failing_since, failures) values (${tenantId}, now(), 1)
      on conflict (tenant_id) do update set failures = callback_endpoint.failures + 1, failing_since = coalesce(callback_endpoint.failing_since, now())`.execute(
      tx,
    );
    await disableIfHopeless(tx, attempt);
  });
}

async function disableIfHopeless(tx: Tx, attempt: Attempt): Promise<void> {
  const isGone = "status" in attempt && attempt.status === 410;
  const disabled = await tx
    .updateTable("callback_endpoint")
    .set({ disabled_at: sql`now()`, disabled_reason: isGone ? "gone" : "only_fails" })
    .where("disabled_at", "is", null)
    .$if(!isGone, (query) =>
      query.where("failures", ">=", onlyFailsTries).where("failing_since", "<", sql<Date>`now() - make_interval(days => ${onlyFailsDays})`),
    )
    .executeTakeFirst();
  if (!disabled.numUpdatedRows) return;
  const { tenantId } = attempt.followUp;
  await logEvent(tx, {
    tenantId,
    subject: { kind: "tenant", id: tenantId },
    kind: "callback.disabled",
    details: { reason: isGone ? "gone" : "only_fails" },
    actor: "system",
  });
}
