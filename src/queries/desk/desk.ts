import { databaseNow } from "#platform/connection-check.ts";
import { inTenant } from "#platform/db.ts";

/** Where and when a merchant's desk stands. `now` is in epoch milliseconds. */
export async function loadDesk(tenantId: string): Promise<{ timezone: string; country: string; now: number }> {
  const tenant = await inTenant(tenantId, (tx) => tx.selectFrom("tenant").select(["timezone", "country"]).executeTakeFirstOrThrow());
  return { ...tenant, now: databaseNow() };
}
