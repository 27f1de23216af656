import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";

type Archive = { caller: Caller; input: { tenantId: string; serviceId: string } };

/** Past and future bookings stay. Refuses: tenant_unknown, service_unknown (also if archived). */
export async function archiveService({ caller, input: { tenantId, serviceId } }: Archive): Promise<{ id: string }> {
  return changeCatalog({ caller, tenantId, kind: "service.archived", ids: { serviceId } }, async (tx, note) => {
    note(await changeRow(tx, { table: "service", tenantId, id: serviceId, set: { deleted_at: sql`now()` } }));
    return { id: serviceId };
  });
}
