import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";

type Archive = { caller: Caller; input: { tenantId: string; discountId: string } };

/** Refuses: tenant_unknown, discount_unknown (also if archived). */
export async function archiveDiscount({ caller, input: { tenantId, discountId: id } }: Archive): Promise<{ id: string }> {
  return changeCatalog({ caller, tenantId, kind: "discount.archived", ids: { discountId: id } }, async (tx, note) => {
    note(await changeRow(tx, { table: "discount", tenantId, id, set: { deleted_at: sql`now()` } }));
    return { id };
  });
}
