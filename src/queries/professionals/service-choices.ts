import { inTenant } from "#platform/db.ts";

export type ServiceChoice = { id: string; name: string };

const listedMax = 500;

/** Every service that somebody may give, in the merchant's order. */
export function listServiceChoices(tenantId: string): Promise<ServiceChoice[]> {
  return inTenant(tenantId, (tx) =>
    tx
      .selectFrom("service")
      .select(["id", "name"])
      .where("deleted_at", "is", null)
      .orderBy("position")
      .orderBy("name")
      .limit(listedMax)
      .execute(),
  );
}
