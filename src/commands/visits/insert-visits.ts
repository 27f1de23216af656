import { sql } from "kysely";
import type { Device } from "#domain/metrics/devices.ts";
import { inTenant } from "#platform/db.ts";

export type VisitRow = {
  tenantId: string;
  id: string;
  linkId: string;
  device: Device;
  source: string;
  campaign: string;
  serviceId: string | null;
  professionalId: string | null;
  provider: string | null;
  checkoutId: string | null;
  openedAt: string;
  serviceAt: string | null;
  slotAt: string | null;
  detailsAt: string | null;
  paymentAt: string | null;
};

/** One statement for many visits of a tenant. Processes that saw parts of one visit add up. */
export async function insertVisits(tenantId: string, rows: readonly VisitRow[]): Promise<void> {
  await inTenant(tenantId, (tx) =>
    sql`
      insert into visit as v (
        tenant_id, id, link_id, device, source, campaign, service_id, professional_id, provider, checkout_id,
        opened_at, service_at, slot_at, details_at, payment_at
      )
      select
        ${tenantId}, id, "linkId", device, source, campaign, "serviceId", "professionalId", provider, "checkoutId",
        "openedAt", "serviceAt", "slotAt", "detailsAt", "paymentAt"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
        id uuid,
        "linkId" uuid,
        device text,
        source text,
        campaign text,
        "serviceId" uuid,
        "professionalId" uuid,
        provider text,
        "checkoutId" uuid,
        "openedAt" timestamptz,
        "serviceAt" timestamptz,
        "slotAt" timestamptz,
        "detailsAt" timestamptz,
        "paymentAt" timestamptz
      )
      order by id
      on conflict (tenant_id, id) do update set
        source = coalesce(nullif(v.source, ''), excluded.source),
        campaign = coalesce(nullif(v.campaign, ''), excluded.campaign),
        service_id = coalesce(excluded.service_id, v.service_id),
        professional_id = coalesce(excluded.professional_id, v.professional_id),
        provider = coalesce(excluded.provider, v.provider),
        checkout_id = coalesce(excluded.checkout_id, v.checkout_id),
        opened_at = least(v.opened_at, excluded.opened_at),
        service_at = least(v.service_at, excluded.service_at),
        slot_at = least(v.slot_at, excluded.slot_at),
        details_at = least(v.details_at, excluded.details_at),
        payment_at = least(v.payment_at, excluded.payment_at)`.execute(tx),
  );
}
