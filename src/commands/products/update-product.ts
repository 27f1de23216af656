import type { Caller } from "#contracts/caller.ts";
import type { ProductChanges } from "#contracts/shop-desk/products.ts";
import type { Tx } from "#platform/db.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";
import { makeEndless } from "./make-endless.ts";
import { productColumns } from "./product-columns.ts";
import { writeVariants } from "./write-variants.ts";

type Update = {
  caller: Caller;
  input: { tenantId: string; productId: string; changes: ProductChanges; seenVersion?: number | undefined };
};

/**
 * What customers are paying for keeps its price. With `variants`, all are named: one that is not is
 * archived. Refuses: tenant_unknown, product_unknown, sku_taken, sku_archived, id_taken,
 * changed_meanwhile, invalid_request.
 */
export async function updateProduct({ caller, input }: Update): Promise<{ id: string }> {
  const { tenantId, productId: id, changes, seenVersion } = input;
  return changeCatalog({ caller, tenantId, kind: "product.updated", ids: { productId: id } }, async (tx, note) => {
    note(await changeRow(tx, { table: "product", tenantId, id, set: productColumns(changes), seenVersion }));
    const { is_digital: isDigital } = await tx
      .selectFrom("product")
      .select("is_digital")
      .where("tenant_id", "=", tenantId)
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    if (changes.variants) note(await writeVariants(tx, { caller, tenantId, productId: id, isDigital, given: changes.variants }));
    if (isDigital) await makeEndless(tx, { caller, tenantId, ids: await variantIds(tx, tenantId, id) });
    return { id };
  });
}

/** Locked in the order of their ids, as a payment locks them. */
async function variantIds(tx: Tx, tenantId: string, productId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom("variant")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("product_id", "=", productId)
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
  return rows.map(({ id }) => id);
}
