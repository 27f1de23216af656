import type { Caller } from "#contracts/caller.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";

type Restore = { caller: Caller; input: { tenantId: string; optionId: string } };

/** Refuses: tenant_unknown, shipping_unknown (also if it is not archived). */
export async function restoreShippingOption({ caller, input: { tenantId, optionId: id } }: Restore): Promise<{ id: string }> {
  const ids = { shippingOptionId: id };
  return changeCatalog({ caller, tenantId, kind: "shipping_option.restored", ids }, async (tx, note) => {
    note(await changeRow(tx, { table: "shipping_option", tenantId, id, set: { deleted_at: null }, isArchived: true }));
    return { id };
  });
}
