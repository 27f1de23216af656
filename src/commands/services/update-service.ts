import type { Caller } from "#contracts/caller.ts";
import type { ServiceChanges } from "#contracts/catalog.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";
import { requireLocation } from "./require-location.ts";
import { serviceColumns } from "./service-columns.ts";
import { setProfessionals } from "./set-professionals.ts";

type Update = {
  caller: Caller;
  input: { tenantId: string; serviceId: string; changes: ServiceChanges; seenVersion?: number | undefined };
};

/**
 * Applies to future bookings only. Refuses: tenant_unknown, service_unknown, professional_unknown,
 * location_unknown, changed_meanwhile.
 */
export async function updateService({ caller, input }: Update): Promise<{ id: string }> {
  const { tenantId, serviceId: id, changes, seenVersion } = input;
  const { professionalIds } = changes;
  return changeCatalog({ caller, tenantId, kind: "service.updated", ids: { serviceId: id } }, async (tx, note) => {
    await requireLocation(tx, tenantId, changes.locationId);
    note(await changeRow(tx, { table: "service", tenantId, id, set: serviceColumns(changes), seenVersion }));
    if (professionalIds) note(await setProfessionals(tx, { tenantId, serviceId: id, professionalIds }));
    return { id };
  });
}
