import { inTenant } from "#platform/db.ts";

export type MetricsChoices = { links: { id: string; name: string }[]; providers: string[] };

const linksMax = 400;

/** What the figures can be filtered by, besides services and professionals. Archived links too. */
export function metricsChoices(tenantId: string): Promise<MetricsChoices> {
  return inTenant(tenantId, async (tx) => {
    const links = await tx.selectFrom("booking_link").select(["id", "name"]).orderBy("name").limit(linksMax).execute();
    const connections = await tx
      .selectFrom("connection")
      .select("provider")
      .distinct()
      .where("kind", "in", ["payment", "desk"])
      // A free booking's connection has the tenant's own id and asks nobody.
      .where("id", "<>", tenantId)
      .execute();
    return { links, providers: connections.map(({ provider }) => provider).sort() };
  });
}
