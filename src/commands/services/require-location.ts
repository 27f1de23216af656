import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";

/** Locks it against archiving until the transaction ends. Refuses: location_unknown. */
export async function requireLocation(tx: Tx, tenantId: string, locationId: string | null | undefined): Promise<void> {
  if (!locationId) return;
  const found = await tx
    .selectFrom("location")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", locationId)
    .where("deleted_at", "is", null)
    .forShare()
    .executeTakeFirst();
  if (!found) throw new Refusal("location_unknown");
}
