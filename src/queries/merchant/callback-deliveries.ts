import { sql } from "kysely";
import { type CallbackDelivery, callbackDeliveriesMax, callbackTestEvent } from "#contracts/callback-test.ts";
import { inTenant } from "#platform/db.ts";

type Row = Omit<CallbackDelivery, "at"> & { at: Date };

/** The last attempts to tell the merchant's server something, tests too, the newest first. */
export function listCallbackDeliveries(tenantId: string): Promise<CallbackDelivery[]> {
  return inTenant(tenantId, async (tx) => {
    const { rows } = await sql<Row>`
      select * from (
        (
          select a.id, a.created_at as at, e.kind as event, split_part(a.url, '?', 1) as url, a.status_code as status, a.error,
            a.duration_ms as "durationMs", a.response_excerpt as answer, k.id as "checkoutId", k.kind as "checkoutKind"
          from callback_attempt a
          join follow_up f on f.tenant_id = a.tenant_id and f.id = a.follow_up_id
          join event e on e.tenant_id = f.tenant_id and e.id = f.event_id
          left join checkout k on k.tenant_id = f.tenant_id and k.id = f.subject_id
          where a.tenant_id = ${tenantId}
          order by a.created_at desc limit ${callbackDeliveriesMax}
        )
        union all
        (
          select id, created_at, ${callbackTestEvent}, split_part(url, '?', 1), status_code, detail, duration_ms, response_excerpt, null, null
          from callback_test where tenant_id = ${tenantId}
          order by created_at desc limit ${callbackDeliveriesMax}
        )
      ) d
      order by at desc limit ${callbackDeliveriesMax}`.execute(tx);
    return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
  });
}
