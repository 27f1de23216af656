import { countryOf } from "#domain/countries.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant } from "#platform/db.ts";

type Desk = { timezone: string; country: string; weekStart: 1 | 7; now: number };

/** Where and when a merchant's desk stands. `now` is in epoch milliseconds. */
export async function loadDesk(tenantId: string): Promise<Desk> {
  const tenant = await inTenant(tenantId, (tx) => tx.selectFrom("tenant").select(["timezone", "country"]).executeTakeFirstOrThrow());
  return { ...tenant, weekStart: countryOf(tenant.country).weekStart, now: databaseNow() };
}
