import { sql } from "kysely";
import type { Actor, Origin } from "#contracts/caller.ts";
import {
  conditionsOf,
  type EventKind,
  type EventSubject,
  type FollowUpJob,
  type FollowUpRule,
  followUps,
  followUpsOf,
  isEventKind,
  type StepEvent,
  type SubjectFacts,
} from "#domain/follow-ups.ts";
import type { Tx } from "#platform/db.ts";
import { requestId } from "#platform/request-id.ts";
import { traceparent } from "#platform/tracing/spans.ts";

/** By column, what it was and what it is. */
export type Changes = Readonly<Record<string, readonly [before: unknown, after: unknown]>>;

export type LoggedEvent = {
  tenantId: string;
  subject: { kind: EventSubject; id: string };
  kind: EventKind | StepEvent;
  details?: Record<string, string | number | boolean | null>;
  actor: Actor;
  facts?: Partial<SubjectFacts>;
  /** Of a person's change, for the audit log. */
  changes?: Changes;
  origin?: Origin | undefined;
  /** Only for a kind of checkout with rules of its own. The default is domain/follow-ups.ts. */
  rules?: readonly FollowUpRule[];
};

/**
 * The only place that inserts an event, with its follow-ups and jobs. No personal data in
 * `details`.
 */
export async function logEvent(tx: Tx, event: LoggedEvent): Promise<void> {
  await sql`select log_event(${JSON.stringify(eventAsJson(event))}::jsonb)`.execute(tx);
}

/** Many of one kind in one statement, of which none has a callback. */
export async function logEvents(tx: Tx, events: readonly LoggedEvent[]): Promise<void> {
  await sql`select write_events(${JSON.stringify(events.map(eventAsJson))}::jsonb)`.execute(tx);
}

/** As `log_event` reads it, with what follows from it. */
export function eventAsJson(event: LoggedEvent) {
  const { tenantId, subject, kind, actor, changes = null, origin = null, rules = rulesOf(kind) } = event;
  const facts = { traits: [], wasPaid: false, hasCallback: false, ...event.facts };
  return {
    tenantId,
    subjectKind: subject.kind,
    subjectId: subject.id,
    kind,
    details: withCause(event.details ?? {}),
    actor,
    changes,
    origin,
    conditions: conditionsOf(facts),
    followUps: followUpsOf(rules, facts),
  };
}

function rulesOf(kind: string): readonly FollowUpRule[] {
  if (!isEventKind(kind)) throw new Error(`domain/follow-ups.ts has no row for ${kind}`);
  return followUps[kind];
}

/** Adds the id of the causing request or job, so that one id leads from webhook to mail. */
export function withCause<Details extends object>(details: Details): Details & { requestId?: string; traceparent?: string } {
  const id = requestId();
  const trace = traceparent();
  if (trace) return { ...details, ...(id && { requestId: id }), traceparent: trace };
  return id ? { ...details, requestId: id } : details;
}

/** One more follow-up of an event for each of these members, due now. */
export async function followUpForMembers(
  tx: Tx,
  event: { tenantId: string; eventId: string; subjectId: string },
  { job, memberIds }: { job: FollowUpJob; memberIds: readonly string[] },
): Promise<void> {
  if (memberIds.length === 0) return;
  await sql`
    with made as (
      insert into follow_up (tenant_id, event_id, subject_id, job, member_id)
      select ${event.tenantId}::uuid, ${event.eventId}::uuid, ${event.subjectId}::uuid, ${job}, wanted.id
      from unnest(${memberIds}::uuid[]) wanted (id)
      on conflict on constraint follow_up_once do nothing
      returning tenant_id, id, job
    )
    select enqueue_job(job, json_build_object('tenantId', tenant_id, 'followUpId', id), job_key := id::text) from made`.execute(tx);
}

/** Starts the follow-ups that waited for this one, whether it ended well or badly. */
export async function releaseWaiting(tx: Tx, ended: { tenantId: string; eventId: string; job: FollowUpJob }): Promise<void> {
  await sql`
    with released as (
      update follow_up set state = 'pending', run_at = now(), updated_at = now()
      where tenant_id = ${ended.tenantId} and event_id = ${ended.eventId} and waits_for = ${ended.job} and state = 'waiting'
      returning tenant_id, id, job
    )
    select enqueue_job(job, json_build_object('tenantId', tenant_id, 'followUpId', id), job_key := id::text) from released`.execute(tx);
}

/** Plans the next try of a follow-up that has not succeeded yet. */
export async function tryFollowUpAgain(tx: Tx, next: { tenantId: string; id: string }, inSeconds: number): Promise<void> {
  await sql`
    with due as (
      update follow_up set run_at = now() + make_interval(secs => ${inSeconds}), state = 'pending', updated_at = now()
      where tenant_id = ${next.tenantId} and id = ${next.id} returning tenant_id, id, job, run_at
    )
    select enqueue_job(job, json_build_object('tenantId', tenant_id, 'followUpId', id), run_at := run_at, job_key := id::text) from due`.execute(
    tx,
  );
}
