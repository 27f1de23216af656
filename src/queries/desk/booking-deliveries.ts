import { sql } from "kysely";
import type { Deliveries, DeskFollowUp } from "#contracts/desk/booking.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { type BookingViewer, requireVisible } from "./booking-access.ts";

const followUpsMax = 300;

type Attempt = {
  at: string;
  url: string;
  status: number | null;
  error: string | null;
  durationMs: number;
  answer: string | null;
};
type Row = Pick<DeskFollowUp, "id" | "job" | "event" | "state" | "attempts" | "lastError"> & {
  sequence: number | null;
  run_at: Date;
  done_at: Date | null;
  body: string | null;
  tries: Attempt[] | null;
};

/** What a booking set in motion. Refuses: checkout_unknown. */
export function loadDeliveries({ viewer, bookingId }: { viewer: BookingViewer; bookingId: string }): Promise<Deliveries> {
  return inTenant(viewer.tenantId, async (tx) => {
    await requireVisible(tx, viewer, bookingId);
    return readDeliveries(tx, bookingId);
  });
}

/**
 * Of any checkout: rooms, mails, notices and callbacks with every attempt, in the order of their
 * events. Holds personal data.
 */
export async function readDeliveries(tx: Tx, checkoutId: string): Promise<Deliveries> {
  const { rows } = await sql<Row>`
    select f.id, f.job, e.kind as event, f.state, f.attempts, f.last_error as "lastError", f.sequence, f.run_at, f.done_at, m.body,
      (select json_agg(json_build_object('at', a.created_at, 'url', split_part(a.url, '?', 1), 'status', a.status_code,
          'error', a.error, 'durationMs', a.duration_ms, 'answer', a.response_excerpt) order by a.created_at desc)
        from callback_attempt a where a.tenant_id = f.tenant_id and a.follow_up_id = f.id) as tries
    from follow_up f
    join event e on e.tenant_id = f.tenant_id and e.id = f.event_id
    left join callback_message m on m.tenant_id = f.tenant_id and m.id = f.id
    where f.tenant_id = current_tenant() and f.subject_id = ${checkoutId}
    order by e.created_at, f.created_at, f.id limit ${followUpsMax}`.execute(tx);
  return { followUps: rows.map(shown) };
}

function shown({ run_at, done_at, sequence, body, tries, ...row }: Row): DeskFollowUp {
  const isCallback = row.job === "deliver-callback";
  const attempts = (tries ?? []).map((attempt) => ({ ...attempt, at: new Date(attempt.at).toISOString() }));
  return {
    ...row,
    nextAt: row.state === "pending" ? run_at.toISOString() : null,
    doneAt: done_at?.toISOString() ?? null,
    mayRunAgain: row.state === "attention" || row.state === "skipped" || (isCallback && row.state === "done"),
    callback: isCallback ? { sequence, body, attempts } : null,
  };
}
