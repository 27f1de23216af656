import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";

type Wanted = { tenantId: string; productId: string; skus: readonly (string | null)[]; pathOf(at: number): string };

/**
 * Under the tenant's lock, so that two products never take the same. One in the archive keeps its
 * own, because it may come back. Refuses: sku_taken and sku_archived, naming the fields.
 */
export async function requireFreeSkus(tx: Tx, { tenantId, productId, skus, pathOf }: Wanted): Promise<void> {
  const wanted = skus.filter((sku) => sku !== null);
  if (wanted.length === 0) return;
  await tx.selectFrom("tenant").select("tenant_id").where("tenant_id", "=", tenantId).forNoKeyUpdate().execute();
  const found = await tx
    .selectFrom("variant as v")
    .innerJoin("product as p", (join) => join.onRef("p.tenant_id", "=", "v.tenant_id").onRef("p.id", "=", "v.product_id"))
    .select(["v.sku", "p.title", "p.deleted_at"])
    .where("v.tenant_id", "=", tenantId)
    .where("v.product_id", "!=", productId)
    .where("v.deleted_at", "is", null)
    .where("v.sku", "in", wanted)
    .execute();
  const holders = new Map(found.map((holder) => [holder.sku, holder]));
  const errors = skus.flatMap((sku, at) => {
    const holder = sku === null ? undefined : holders.get(sku);
    if (!holder) return [];
    const who = holder.deleted_at === null ? "another product" : "an archived product";
    return [{ path: pathOf(at), message: `${who} has it: ${holder.title}` }];
  });
  if (errors.length === 0) return;
  throw new Refusal(found.every(({ deleted_at }) => deleted_at !== null) ? "sku_archived" : "sku_taken", undefined, errors);
}
