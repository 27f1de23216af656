import type { Caller } from "#contracts/caller.ts";
import { putFirst } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";

type Order = { caller: Caller; input: { tenantId: string; ids: readonly string[] } };

/** Refuses: tenant_unknown, product_unknown. */
export async function orderProducts({ caller, input: { tenantId, ids } }: Order): Promise<void> {
  await changeCatalog({ caller, tenantId, kind: "products.ordered" }, async (tx, note) =>
    note(await putFirst(tx, { table: "product", tenantId, ids })),
  );
}
