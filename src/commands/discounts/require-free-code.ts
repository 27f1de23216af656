import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";

/** Under the tenant's lock, so that two never make the same. Refuses: discount_taken. */
export async function requireFreeCode(tx: Tx, { tenantId, id, code }: { tenantId: string; id: string; code: string }): Promise<void> {
  await tx.selectFrom("tenant").select("tenant_id").where("tenant_id", "=", tenantId).forNoKeyUpdate().execute();
  const other = await tx
    .selectFrom("discount")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("code", "=", code)
    .where("id", "!=", id)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  if (other) throw new Refusal("discount_taken", undefined, [{ path: "code", message: "another one is called so" }]);
}
