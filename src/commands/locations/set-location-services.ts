import { sql } from "kysely";
import type { Tx } from "#platform/db.ts";
import type { Changes } from "../log-event.ts";
import { requireServices } from "../services/require-services.ts";

type Wish = { tenantId: string; locationId: string; serviceIds: readonly string[] };

/** Moves services here, and those that are left out to the default. Refuses: service_unknown. */
export async function setLocationServices(tx: Tx, { tenantId, locationId, serviceIds }: Wish): Promise<Changes> {
  await requireServices(tx, tenantId, serviceIds);
  const { rows } = await sql<{ id: string; from: string | null }>`
    with before as (
      select id, location_id from service where tenant_id = ${tenantId} and deleted_at is null for no key update
    )
    update service s
    set location_id = case when s.id = any (${[...serviceIds]}::uuid[]) then ${locationId}::uuid end,
      version = s.version + 1,
      updated_at = now()
    from before b
    where s.tenant_id = ${tenantId} and s.id = b.id
      and (s.id = any (${[...serviceIds]}::uuid[])) is distinct from coalesce(b.location_id = ${locationId}, false)
    returning s.id, b.location_id as "from"`.execute(tx);
  if (rows.length === 0) return {};
  const before = rows.filter(({ from }) => from === locationId).map(({ id }) => id);
  return { service_ids: [before, rows.map(({ id }) => id).filter((id) => !before.includes(id))] };
}
