import { sql } from "kysely";
import type { Tx } from "#platform/db.ts";

type Reference = { tenantId: string; reference: string };

/**
 * Serializes events and payments of one reference. Without this lock, an event looking for its
 * payment and a payment looking for its events could miss each other.
 */
export async function lockReference(tx: Tx, { tenantId, reference }: Reference): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${tenantId}:${reference}`}, 2))`.execute(tx);
}

/** Settles the events that waited for this payment. */
export async function settleWaiting(tx: Tx, { tenantId, reference }: Reference): Promise<void> {
  await lockReference(tx, { tenantId, reference });
  await sql`
    with waiting as (
      update inbox_event set state = 'received'
      where tenant_id = ${tenantId} and reference = ${reference} and state in ('received', 'unmatched')
      returning tenant_id, id
    )
    select enqueue_job('settle-inbox-event', json_build_object('tenantId', tenant_id, 'inboxEventId', id),
      job_key := 'inbox-' || id) from waiting`.execute(tx);
}
