import type { Tx } from "#platform/db.ts";

type Own = { tenantId: string; id: string; kind: string };
export type OtherConnection = { id: string; provider: string; mode: string };

/**
 * The other active connections of this kind. The tenant's lock makes two activations wait for each
 * other, so that accounts of one mode alone stay active.
 */
export async function lockOthers(tx: Tx, { tenantId, id, kind }: Own): Promise<OtherConnection[]> {
  await tx.selectFrom("tenant").select("tenant_id").where("tenant_id", "=", tenantId).forNoKeyUpdate().execute();
  return tx
    .selectFrom("connection")
    .select(["id", "provider", "mode"])
    .where("tenant_id", "=", tenantId)
    .where("kind", "=", kind)
    .where("is_active", "=", true)
    .where("id", "<>", id)
    .execute();
}
