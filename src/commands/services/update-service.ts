import type { Caller } from "#contracts/caller.ts";
import type { ServiceChanges } from "#contracts/catalog.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";
import { serviceColumns } from "./service-columns.ts";

type Update = { caller: Caller; input: { tenantId: string; serviceId: string; changes: ServiceChanges } };

/** Applies to future bookings only. Refuses: tenant_unknown, service_unknown. */
export async function updateService({ caller, input: { tenantId, serviceId, changes } }: Update): Promise<{ id: string }> {
  return changeCatalog({ caller, tenantId, kind: "service.updated", ids: { serviceId } }, async (tx, note) => {
    note(await changeRow(tx, { table: "service", tenantId, id: serviceId, set: serviceColumns(changes) }));
    return { id: serviceId };
  });
}
