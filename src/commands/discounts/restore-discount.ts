import type { Caller } from "#contracts/caller.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";
import { requireFreeCode } from "./require-free-code.ts";

type Restore = { caller: Caller; input: { tenantId: string; discountId: string } };

/** Refuses: tenant_unknown, discount_unknown (also if it is not archived), discount_taken. */
export async function restoreDiscount({ caller, input: { tenantId, discountId: id } }: Restore): Promise<{ id: string }> {
  return changeCatalog({ caller, tenantId, kind: "discount.restored", ids: { discountId: id } }, async (tx, note) => {
    const own = await tx.selectFrom("discount").select("code").where("tenant_id", "=", tenantId).where("id", "=", id).executeTakeFirst();
    if (own) await requireFreeCode(tx, { tenantId, id, code: own.code });
    note(await changeRow(tx, { table: "discount", tenantId, id, set: { deleted_at: null }, isArchived: true }));
    return { id };
  });
}
