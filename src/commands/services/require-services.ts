import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";

/** Locks the services against archiving until the transaction ends. Refuses: service_unknown. */
export async function requireServices(tx: Tx, tenantId: string, serviceIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(serviceIds)];
  if (wanted.length === 0) return;
  const found = await tx
    .selectFrom("service")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("id", "in", wanted)
    .where("deleted_at", "is", null)
    .forShare()
    .execute();
  if (found.length < wanted.length) throw new Refusal("service_unknown");
}
