import { sql } from "kysely";
import type { Timeline } from "#contracts/desk/booking.ts";
import { actionOf } from "#domain/audit.ts";
import type { Tx } from "#platform/db.ts";
import { actorOf } from "../desk/booking-money.ts";

const eventsMax = 500;
/** Of the machine, not for people. */
const unshown = new Set(["requestId", "traceparent"]);

type Row = { id: string; created_at: Date; kind: string; actor: string; name: string | null; details: Record<string, unknown> };

/**
 * What happened to these purchases, their payments and refund cases, and every callback that was
 * sent: newest first.
 */
export async function readTimeline(tx: Tx, checkoutIds: readonly string[]): Promise<Timeline["events"]> {
  const subjects = sql`${[...checkoutIds]}::uuid[]`;
  const { rows } = await sql<Row>`
    with entry as (
      select id, tenant_id, created_at, kind, actor, details from event
      where tenant_id = current_tenant() and subject_id = any (${subjects})
      union all
      select a.id, a.tenant_id, a.created_at,
        case when a.status_code between 200 and 299 then 'callback.sent' else 'callback.failed' end, 'system',
        jsonb_build_object('status', a.status_code, 'about', e.kind)
      from follow_up f
      join event e on e.tenant_id = f.tenant_id and e.id = f.event_id
      join callback_attempt a on a.tenant_id = f.tenant_id and a.follow_up_id = f.id
      where f.tenant_id = current_tenant() and f.subject_id = any (${subjects}) and f.job = 'deliver-callback'
    )
    select entry.id, entry.created_at, kind, actor, details, coalesce(m.name, k.name) as name
    from entry
    left join member m on m.tenant_id = entry.tenant_id and actor = 'member:' || m.id
    left join api_key k on k.tenant_id = entry.tenant_id and actor = 'api-key:' || k.id
    order by entry.created_at desc, entry.id desc limit ${eventsMax}`.execute(tx);
  return rows.map(({ id, created_at, kind, actor, name, details }) => ({
    id,
    at: created_at.toISOString(),
    action: actionOf(kind),
    kind,
    actor: actorOf(actor, name),
    details: Object.fromEntries(Object.entries(details).filter(([key]) => !unshown.has(key))),
  }));
}
