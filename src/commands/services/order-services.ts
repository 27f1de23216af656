import type { Caller } from "#contracts/caller.ts";
import { putFirst } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";

type Order = { caller: Caller; input: { tenantId: string; ids: readonly string[] } };

/** Refuses: tenant_unknown, service_unknown. */
export async function orderServices({ caller, input: { tenantId, ids } }: Order): Promise<void> {
  await changeCatalog({ caller, tenantId, kind: "services.ordered" }, async (tx, note) =>
    note(await putFirst(tx, { table: "service", tenantId, ids })),
  );
}
