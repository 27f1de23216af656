import { callbackBody } from "#commands/callbacks/callback-bytes.ts";
import { eventAsJson, type LoggedEvent } from "#commands/log-event.ts";
import type { Actor } from "#contracts/caller.ts";
import { demo } from "#db/demo.ts";
import type { FollowUpJob } from "#domain/follow-ups.ts";
import { roomNameOf } from "#domain/room-name.ts";
import { newId } from "#platform/ids.ts";
import { unsignedBody } from "#providers/callbacks/sign.ts";
import { messageIdOf } from "#providers/mail/smtp.ts";
import type { Clinic } from "./clinic.ts";
import type { Row, Rows } from "./rows.ts";

const { tenantId } = demo;
type About = Parameters<typeof callbackBody>[1];

/** The rows of one booking, as they grow. */
export type Story = {
  clinic: Clinic;
  rows: Rows;
  checkout: About["checkout"] & { id: string; traits: string[]; callback_sequence: number };
  payment: About["payment"];
  charge: About["charge"];
  booking: { professional_id: string };
  /** What a callback says of the appointment. */
  part: () => Record<string, unknown>;
  /** Of the mails after a move. */
  moves: number;
};

type Event = Omit<LoggedEvent, "tenantId" | "subject" | "details"> & {
  at: number;
  details?: Record<string, string | number | boolean | null>;
  refundCase?: About["refundCase"];
};

/** Writes an event of this checkout and what followed from it, as done. Nothing goes out. */
export function tell(story: Story, { at, refundCase = null, facts, ...event }: Event): void {
  const { rows, checkout, clinic } = story;
  const subject = { kind: "checkout", id: checkout.id } as const;
  const known = { traits: checkout.traits, hasCallback: clinic.callbackUrl !== null, ...facts };
  const { followUps, conditions, ...told } = eventAsJson({ ...event, tenantId, subject, facts: known });
  const eventId = newId(at);
  rows.event.push({
    tenant_id: tenantId,
    id: eventId,
    subject_kind: subject.kind,
    subject_id: subject.id,
    kind: told.kind,
    details: told.details,
    actor: told.actor,
    conditions,
    changes: event.changes
      ? Object.fromEntries(Object.entries(event.changes).map(([column, [...both]]) => [column, both.map(String)]))
      : null,
    created_at: new Date(at),
  });
  for (const { job, waitsFor, counted } of followUps) {
    const id = newId(at);
    if (counted) checkout.callback_sequence += 1;
    const done = { id, job, at, doneAt: at + (waitsFor ? 3200 : 1800), kind: told.kind, details: told.details, actor: told.actor };
    const sequence = counted ? checkout.callback_sequence : null;
    rows.follow_up.push({ ...followUpRow(story, done), event_id: eventId, waits_for: waitsFor, sequence });
    if (job === "notify-merchant") rows.notification.push(noticeRow(story, done));
    if (job === "deliver-callback") deliver(story, { ...done, sequence, refundCase });
  }
}

type Done = {
  id: string;
  job: FollowUpJob;
  at: number;
  doneAt: number;
  kind: string;
  actor: Actor;
  details: Row<"event">["details"] & object;
};

function followUpRow(story: Story, { id, job, at, doneAt, details }: Done): Row<"follow_up"> {
  return {
    tenant_id: tenantId,
    id,
    subject_id: story.checkout.id,
    job,
    state: "done",
    attempts: 1,
    run_at: new Date(at),
    done_at: new Date(doneAt),
    effect: effectOf(story, { id, job, details }),
    created_at: new Date(at),
    updated_at: new Date(doneAt),
  };
}

function effectOf({ checkout, moves }: Story, { id, job, details }: Pick<Done, "id" | "job" | "details">): string {
  switch (job) {
    case "create-room":
    case "close-room":
      return roomNameOf(checkout.id);
    case "notify-merchant":
      return "notification";
    case "deliver-callback":
      return "answered 200";
    case "advance-refund":
      return "refundCaseId" in details ? String(details["refundCaseId"]) : "";
    default:
      return messageIdOf(moves > 0 ? `${id}.move-${moves}` : id);
  }
}

function noticeRow({ checkout, booking }: Story, { id, doneAt, kind, details, actor }: Done): Row<"notification"> {
  return {
    tenant_id: tenantId,
    id: newId(doneAt),
    follow_up_id: id,
    kind,
    checkout_id: checkout.id,
    professional_id: booking.professional_id,
    actor,
    details,
    created_at: new Date(doneAt),
  };
}

type Delivered = Done & { sequence: number | null; refundCase: About["refundCase"] };

function deliver(story: Story, { id, at, doneAt, kind, details, sequence, refundCase }: Delivered): void {
  const { rows, clinic } = story;
  const fact = { eventKind: kind, sequence, occurredAt: new Date(at), details: { ...details } };
  const body = unsignedBody(callbackBody(fact, { ...story, refundCase }, story.part()));
  const created_at = new Date(doneAt);
  rows.callback_message.push({ tenant_id: tenantId, id, body, created_at });
  rows.callback_attempt.push({
    tenant_id: tenantId,
    id: newId(doneAt),
    follow_up_id: id,
    url: clinic.callbackUrl ?? "",
    status_code: 200,
    duration_ms: 24 + (at % 160),
    response_excerpt: '{"ok":true}',
    created_at,
  });
}
