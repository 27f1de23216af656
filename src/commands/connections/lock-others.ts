import type { Tx } from "#platform/db.ts";

type Own = { tenantId: string; id: string; kind: string; provider: string };

/**
 * The other active connections to the same provider. The tenant's lock makes two activations wait
 * for each other, so that one of them stays active.
 */
export async function lockOthers(tx: Tx, { tenantId, id, kind, provider }: Own): Promise<string[]> {
  await tx.selectFrom("tenant").select("tenant_id").where("tenant_id", "=", tenantId).forNoKeyUpdate().execute();
  const others = await tx
    .selectFrom("connection")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("kind", "=", kind)
    .where("provider", "=", provider)
    .where("is_active", "=", true)
    .where("id", "<>", id)
    .execute();
  return others.map((other) => other.id);
}
