import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";

type Archive = { caller: Caller; input: { tenantId: string; optionId: string } };

/** Refuses: tenant_unknown, shipping_unknown (also if archived). */
export async function archiveShippingOption({ caller, input: { tenantId, optionId: id } }: Archive): Promise<{ id: string }> {
  const ids = { shippingOptionId: id };
  return changeCatalog({ caller, tenantId, kind: "shipping_option.archived", ids }, async (tx, note) => {
    note(await changeRow(tx, { table: "shipping_option", tenantId, id, set: { deleted_at: sql`now()` } }));
    return { id };
  });
}
