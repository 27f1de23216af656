import { countryOf } from "#domain/countries.ts";
import { inTenant } from "#platform/db.ts";

type Formats = { timezone: string; country: string; currency: string; weekStart: 1 | 7 };

/** How a merchant's times and prices are written. `weekStart`: 1 is Monday, 7 is Sunday. */
export async function merchantFormats(tenantId: string): Promise<Formats> {
  const tenant = await inTenant(tenantId, (tx) =>
    tx.selectFrom("tenant").select(["timezone", "country", "currency"]).executeTakeFirstOrThrow(),
  );
  return { ...tenant, weekStart: countryOf(tenant.country).weekStart };
}
