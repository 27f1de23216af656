import type { Caller } from "#contracts/caller.ts";
import type { LocationChanges } from "#contracts/settings/tenant.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";
import { locationColumns } from "./location-columns.ts";
import { makeDefault } from "./make-default.ts";
import { setLocationServices } from "./set-location-services.ts";

type Update = {
  caller: Caller;
  input: { tenantId: string; locationId: string; changes: LocationChanges; seenVersion?: number | undefined };
};

/** Refuses: location_unknown, changed_meanwhile, phone_invalid, service_unknown. */
export async function updateLocation({ caller, input }: Update): Promise<{ id: string }> {
  const { tenantId, locationId: id, changes, seenVersion } = input;
  return changeCatalog({ caller, tenantId, kind: "location.updated", ids: { locationId: id } }, async (tx, note) => {
    // The one lock of all changes of a tenant's places, so that two never wait for each other.
    await tx.selectFrom("tenant").select("tenant_id").where("tenant_id", "=", tenantId).forNoKeyUpdate().execute();
    note(await changeRow(tx, { table: "location", tenantId, id, set: await locationColumns(tx, changes), seenVersion }));
    if (changes.isDefault) {
      await makeDefault(tx, tenantId, id);
      note({ is_default: [null, true] });
    }
    if (changes.serviceIds) note(await setLocationServices(tx, { tenantId, locationId: id, serviceIds: changes.serviceIds }));
    return { id };
  });
}
