import { sql } from "kysely";
import type { Place } from "#contracts/checkout.ts";
import { type Location, locationsMax } from "#contracts/settings/tenant.ts";
import { inTenant, type Tx } from "#platform/db.ts";

/** The default first. Archived ones are left out. */
export async function loadLocations(tenantId: string): Promise<Location[]> {
  return inTenant(tenantId, (tx) =>
    tx
      .selectFrom("location as l")
      .select(["l.id", "l.version", "l.name", "l.address", "l.directions", "l.map_url as mapUrl", "l.phone", "l.whatsapp", "l.email"])
      .select("l.is_default as isDefault")
      .select(
        sql<string[]>`(select coalesce(json_agg(s.id order by s.position, s.name), '[]') from service s
          where s.tenant_id = l.tenant_id and s.location_id = l.id and s.deleted_at is null)`.as("serviceIds"),
      )
      .where("l.deleted_at", "is", null)
      .orderBy("l.is_default", "desc")
      .orderBy("l.name")
      .limit(locationsMax)
      .execute(),
  );
}

/** As customers see them, the default first. */
export function readLocations(tx: Tx) {
  return tx
    .selectFrom("location")
    .select(["id", "name", "address", "directions", "map_url as mapUrl", "phone", "whatsapp", "email", "is_default as isDefault"])
    .where("deleted_at", "is", null)
    .orderBy("is_default", "desc")
    .orderBy("name")
    .limit(locationsMax)
    .execute();
}

/** Where a service takes place: its own location, else the default. Null if there is none. */
export async function readPlace(tx: Tx, serviceId: string | null): Promise<Place | null> {
  const { rows } = await sql<Place>`
    select l.name, l.address, l.directions, l.map_url as "mapUrl", l.phone, l.whatsapp, l.email
    from location l
    where l.tenant_id = current_tenant() and l.deleted_at is null
      and (l.is_default or l.id = (select s.location_id from service s where s.tenant_id = l.tenant_id and s.id = ${serviceId}::uuid))
    order by l.is_default
    limit 1`.execute(tx);
  return rows[0] ?? null;
}
