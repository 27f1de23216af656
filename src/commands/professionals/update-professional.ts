import type { Caller } from "#contracts/caller.ts";
import type { ProfessionalChanges } from "#contracts/catalog.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";
import { professionalColumns } from "./professional-columns.ts";
import { setServices } from "./set-services.ts";

type Place = { tenantId: string; professionalId: string };
type Update = { caller: Caller; input: Place & { changes: ProfessionalChanges; seenVersion?: number | undefined } };

/** Refuses: tenant_unknown, professional_unknown, service_unknown, changed_meanwhile. */
export async function updateProfessional({ caller, input }: Update): Promise<{ id: string }> {
  const { tenantId, professionalId, changes, seenVersion } = input;
  return changeCatalog({ caller, tenantId, kind: "professional.updated", ids: { professionalId } }, async (tx, note) => {
    note(await changeRow(tx, { table: "professional", tenantId, id: professionalId, set: professionalColumns(changes), seenVersion }));
    if (changes.serviceIds) note(await setServices(tx, { tenantId, professionalId, serviceIds: changes.serviceIds }));
    return { id: professionalId };
  });
}
