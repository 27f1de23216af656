import type { Caller } from "#contracts/caller.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";

type Restore = { caller: Caller; input: { tenantId: string; productId: string } };

/** Undoes archiving. Refuses: tenant_unknown, product_unknown (also if it is not archived). */
export async function restoreProduct({ caller, input: { tenantId, productId } }: Restore): Promise<{ id: string }> {
  return changeCatalog({ caller, tenantId, kind: "product.restored", ids: { productId } }, async (tx, note) => {
    note(await changeRow(tx, { table: "product", tenantId, id: productId, set: { deleted_at: null }, isArchived: true }));
    return { id: productId };
  });
}
