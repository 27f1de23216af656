import type { Caller } from "#contracts/caller.ts";
import { putFirst } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";

type Order = { caller: Caller; input: { tenantId: string; ids: readonly string[] } };

/** As customers are offered them. Refuses: tenant_unknown, shipping_unknown. */
export async function orderShippingOptions({ caller, input: { tenantId, ids } }: Order): Promise<void> {
  await changeCatalog({ caller, tenantId, kind: "shipping_options.ordered" }, async (tx, note) =>
    note(await putFirst(tx, { table: "shipping_option", tenantId, ids })),
  );
}
