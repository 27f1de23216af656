import { sql } from "kysely";
import { type FollowUpJob, nextTrySeconds } from "#domain/follow-ups.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant } from "#platform/db.ts";
import { logger } from "#platform/logger.ts";
import { metrics } from "#platform/metrics.ts";
import { withRequestId } from "#platform/request-id.ts";
import { inSpan, type RunningSpan } from "#platform/tracing/spans.ts";
import { releaseWaiting, tryFollowUpAgain } from "../log-event.ts";

export type FollowUp = {
  tenantId: string;
  id: string;
  job: FollowUpJob;
  eventId: string;
  eventKind: string;
  subjectKind: string;
  subjectId: string;
  details: Record<string, unknown>;
  /** Who caused the event. */
  actor: string;
  /** Of a mail to one member. */
  memberId: string | null;
  /** Set if the event is about a refund case. */
  refundCaseId?: string | undefined;
  sequence: number | null;
  attempts: number;
  occurredAt: Date;
};

/**
 * `effect` names what was done (a room, a Message-ID). `skipped`: no longer wanted. `again`: look
 * again later, without counting a failure.
 */
export type FollowUpResult =
  | { result: "done"; effect: string }
  | { result: "skipped"; reason: string }
  | { result: "again"; inSeconds: number };
/** `afterwards` runs once the ledger says done. It must be safe to run twice, or never. */
export type FollowUpJobDefinition = {
  work(followUp: FollowUp): Promise<FollowUpResult>;
  afterwards?(followUp: FollowUp): Promise<void>;
};
type Named = { tenantId: string; followUpId: string };

/**
 * Runs one follow-up and keeps its ledger row. A failure is retried as domain/follow-ups.ts says.
 * After the last try, or if a retry cannot help, it becomes an attention item.
 */
export async function runFollowUp(input: Named, job: FollowUpJobDefinition): Promise<void> {
  const followUp = await readFollowUp(input);
  if (!followUp || followUp.isOver) return;
  const parent = followUp.details["traceparent"] ?? null;
  await withRequestId(followUp.details["requestId"], () =>
    inSpan({ name: `follow-up ${followUp.job}`, kind: "consumer", parent }, (span) => runOne(followUp, job, span)),
  );
}

async function runOne(followUp: FollowUp, job: FollowUpJobDefinition, span: RunningSpan): Promise<void> {
  try {
    crashPoint("follow-up taken up, nothing done");
    const outcome = await job.work(followUp);
    crashPoint("follow-up done outside, ledger not written");
    if (outcome.result === "again") return await inTenant(followUp.tenantId, (tx) => tryFollowUpAgain(tx, followUp, outcome.inSeconds));
    await end(
      followUp,
      outcome.result === "done" ? { state: "done", effect: outcome.effect } : { state: "skipped", error: outcome.reason },
    );
  } catch (error) {
    crashPoint("follow-up failed, try not recorded");
    span.fail(error instanceof ProviderFailure ? error.kind : "bug");
    await recordFailedTry(followUp, error);
    return;
  }
  crashPoint("ledger written, checkout not confirmed");
  await job.afterwards?.(followUp);
}

/** Returns null if there is none. */
export async function readFollowUp(input: Named): Promise<(FollowUp & { isOver: boolean }) | null> {
  const row = await inTenant(input.tenantId, (tx) =>
    tx
      .selectFrom("follow_up as f")
      .innerJoin("event as e", (join) => join.onRef("e.tenant_id", "=", "f.tenant_id").onRef("e.id", "=", "f.event_id"))
      .select(["f.id", "f.job", "f.state", "f.event_id", "f.sequence", "f.attempts", "f.member_id"])
      .select(["e.kind", "e.subject_kind", "e.subject_id", "e.details", "e.actor", "e.created_at"])
      .where("f.id", "=", input.followUpId)
      .executeTakeFirst(),
  );
  if (!row) return null;
  const details = (row.details ?? {}) as Record<string, unknown>;
  return {
    tenantId: input.tenantId,
    id: row.id,
    job: row.job,
    eventId: row.event_id,
    eventKind: row.kind,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    details,
    actor: row.actor,
    memberId: row.member_id,
    refundCaseId: typeof details["refundCaseId"] === "string" ? details["refundCaseId"] : undefined,
    sequence: row.sequence,
    attempts: row.attempts,
    occurredAt: row.created_at,
    isOver: row.state === "done" || row.state === "skipped",
  };
}

type Ended = { state: "done"; effect: string } | { state: "skipped" | "attention"; error: string };

async function end(followUp: FollowUp, to: Ended): Promise<void> {
  metrics().followUps.inc({ job: followUp.job, outcome: to.state });
  logger().info({ tenantId: followUp.tenantId, followUpId: followUp.id, job: followUp.job, outcome: to.state }, "follow-up ended");
  metrics().followUpLagSeconds.observe((databaseNow() - followUp.occurredAt.getTime()) / 1000);
  await inTenant(followUp.tenantId, async (tx) => {
    await tx
      .updateTable("follow_up")
      .set({
        state: to.state,
        last_error: to.state === "done" ? null : to.error,
        effect: to.state === "done" ? to.effect : null,
        attempts: sql`attempts + 1`,
        done_at: to.state === "done" ? sql`now()` : null,
        updated_at: sql`now()`,
      })
      .where("id", "=", followUp.id)
      .execute();
    await releaseWaiting(tx, followUp);
  });
}

async function recordFailedTry(followUp: FollowUp, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message.slice(0, 500) : "unknown";
  const retryAfterSeconds = error instanceof ProviderFailure ? error.retryAfterSeconds : null;
  const mayHelp = !(error instanceof ProviderFailure) || error.retriable;
  const attempts = followUp.attempts + 1;
  const inSeconds = mayHelp ? nextTrySeconds({ job: followUp.job, attempts, retryAfterSeconds, spread: Math.random() }) : null;
  const { tenantId, id: followUpId, job } = followUp;
  logger().warn({ tenantId, followUpId, job, attempts, inSeconds, error: message }, "follow-up failed");
  if (inSeconds === null) return end(followUp, { state: "attention", error: message });
  metrics().followUps.inc({ job: followUp.job, outcome: "failed" });
  await inTenant(tenantId, async (tx) => {
    await tx
      .updateTable("follow_up")
      .set({ attempts, last_error: message, updated_at: sql`now()` })
      .where("id", "=", followUp.id)
      .execute();
    await tryFollowUpAgain(tx, followUp, inSeconds);
    // A mail must not wait for a room that fails. After a minute the others go ahead.
    if (attempts >= goAheadAfterTries) await releaseWaiting(tx, followUp);
  });
}

/** The first five tries are 2, 4, 8 and 16 s apart. */
const goAheadAfterTries = 5;
