import { inTenant } from "#platform/db.ts";

/** How a merchant's times and prices are written. */
export function merchantFormats(tenantId: string): Promise<{ timezone: string; country: string; currency: string }> {
  return inTenant(tenantId, (tx) => tx.selectFrom("tenant").select(["timezone", "country", "currency"]).executeTakeFirstOrThrow());
}
