import { inTenant } from "#platform/db.ts";

/** The providers that a merchant has or had, for a filter. */
export function usedProviders(tenantId: string): Promise<string[]> {
  return inTenant(tenantId, async (tx) => {
    const rows = await tx
      .selectFrom("connection")
      .select("provider")
      .distinct()
      .where("kind", "in", ["payment", "desk"])
      // The one with the tenant's own id is for free checkouts.
      .where("id", "<>", tenantId)
      .orderBy("provider")
      .execute();
    return rows.map(({ provider }) => provider);
  });
}
