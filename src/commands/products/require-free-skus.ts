import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";

type Wanted = { tenantId: string; productId: string; skus: readonly (string | null)[]; pathOf(at: number): string };

/**
 * Under the tenant's lock, so that two products never take the same. One in the archive keeps its
 * own. Refuses: sku_taken, naming the fields.
 */
export async function requireFreeSkus(tx: Tx, { tenantId, productId, skus, pathOf }: Wanted): Promise<void> {
  const wanted = skus.filter((sku) => sku !== null);
  if (wanted.length === 0) return;
  await tx.selectFrom("tenant").select("tenant_id").where("tenant_id", "=", tenantId).forNoKeyUpdate().execute();
  const found = await tx
    .selectFrom("variant")
    .select("sku")
    .where("tenant_id", "=", tenantId)
    .where("product_id", "!=", productId)
    .where("deleted_at", "is", null)
    .where("sku", "in", wanted)
    .execute();
  const taken = new Set(found.map(({ sku }) => sku));
  const errors = skus.flatMap((sku, at) =>
    sku !== null && taken.has(sku) ? [{ path: pathOf(at), message: "another product has it" }] : [],
  );
  if (errors.length > 0) throw new Refusal("sku_taken", undefined, errors);
}
