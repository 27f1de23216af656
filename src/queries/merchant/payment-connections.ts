import { sql } from "kysely";
import type { OwnLimits } from "#domain/choice/payment-offers.ts";
import { inTenant } from "#platform/db.ts";

const connectionsMax = 100;

export type ConnectionRow = {
  id: string;
  version: number;
  provider: string;
  mode: "test" | "production";
  account: string | null;
  label: string | null;
  limits: OwnLimits;
  credentials: string;
  isActive: boolean;
  createdAt: Date;
  hasPayments: boolean;
  lastEventAt: Date | null;
  /** Since the secrets were last replaced. */
  hasEventSince: boolean;
  hasChargeSince: boolean;
};

/** With their sealed secrets: active ones first, in the customers' order. */
export function paymentConnections(tenantId: string, id: string | null = null): Promise<ConnectionRow[]> {
  return inTenant(tenantId, async (tx) => {
    const { rows } = await sql<ConnectionRow>`
      select c.id, c.version, c.provider, c.mode, c.account, c.label, c.limits, c.credentials, c.is_active as "isActive",
        c.created_at as "createdAt",
        exists (select from payment where connection_id = c.id)
          or exists (select from charge where connection_id = c.id) as "hasPayments",
        last_event.received_at as "lastEventAt",
        coalesce(last_event.received_at >= c.credentials_changed_at, false) as "hasEventSince",
        exists (select from charge where connection_id = c.id and created_at >= c.credentials_changed_at) as "hasChargeSince"
      from connection c
      left join lateral (
        select received_at from inbox_event where connection_id = c.id order by id desc limit 1
      ) last_event on true
      -- The one with the tenant's own id is for free checkouts, and nobody's account.
      where c.kind = 'payment' and c.id <> c.tenant_id and (${id}::uuid is null or c.id = ${id}::uuid)
      order by c.is_active desc, c.position, c.created_at, c.id
      limit ${connectionsMax}`.execute(tx);
    return rows;
  });
}
