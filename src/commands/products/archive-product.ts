import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";

type Archive = { caller: Caller; input: { tenantId: string; productId: string } };

/** Its orders stay. Refuses: tenant_unknown, product_unknown (also if archived). */
export async function archiveProduct({ caller, input: { tenantId, productId } }: Archive): Promise<{ id: string }> {
  return changeCatalog({ caller, tenantId, kind: "product.archived", ids: { productId } }, async (tx, note) => {
    note(await changeRow(tx, { table: "product", tenantId, id: productId, set: { deleted_at: sql`now()` } }));
    return { id: productId };
  });
}
