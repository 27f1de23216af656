import type { Tx } from "#platform/db.ts";

/** In two steps, because the index allows one default at any moment. */
export async function makeDefault(tx: Tx, tenantId: string, id: string): Promise<void> {
  const own = tx.updateTable("location").where("tenant_id", "=", tenantId);
  await own.set({ is_default: false }).where("is_default", "=", true).where("id", "!=", id).execute();
  await own.set({ is_default: true }).where("id", "=", id).execute();
}
