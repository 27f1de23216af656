import type { Caller } from "#contracts/caller.ts";
import type { ProfessionalChanges } from "#contracts/catalog.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";
import { professionalColumns } from "./professional-columns.ts";
import { setServices } from "./set-services.ts";

type Update = { caller: Caller; input: { tenantId: string; professionalId: string; changes: ProfessionalChanges } };

/** Refuses: tenant_unknown, professional_unknown, service_unknown. */
export async function updateProfessional({ caller, input: { tenantId, professionalId, changes } }: Update): Promise<{ id: string }> {
  return changeCatalog({ caller, tenantId, kind: "professional.updated", ids: { professionalId } }, async (tx, note) => {
    note(await changeRow(tx, { table: "professional", tenantId, id: professionalId, set: professionalColumns(changes) }));
    if (changes.serviceIds) await setServices(tx, { tenantId, professionalId, serviceIds: changes.serviceIds });
    return { id: professionalId };
  });
}
