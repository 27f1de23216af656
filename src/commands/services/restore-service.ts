import type { Caller } from "#contracts/caller.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";

type Restore = { caller: Caller; input: { tenantId: string; serviceId: string } };

/** Undoes archiving. Refuses: tenant_unknown, service_unknown (also if it is not archived). */
export async function restoreService({ caller, input: { tenantId, serviceId } }: Restore): Promise<{ id: string }> {
  return changeCatalog({ caller, tenantId, kind: "service.restored", ids: { serviceId } }, async (tx, note) => {
    note(await changeRow(tx, { table: "service", tenantId, id: serviceId, set: { deleted_at: null }, isArchived: true }));
    return { id: serviceId };
  });
}
