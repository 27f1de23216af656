import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";

type Archive = { caller: Caller; input: { tenantId: string; professionalId: string } };

/**
 * Past and future bookings stay. Refuses: tenant_unknown, professional_unknown (also if archived).
 */
export async function archiveProfessional({ caller, input: { tenantId, professionalId } }: Archive): Promise<{ id: string }> {
  return changeCatalog({ caller, tenantId, kind: "professional.archived", ids: { professionalId } }, async (tx, note) => {
    note(await changeRow(tx, { table: "professional", tenantId, id: professionalId, set: { deleted_at: sql`now()` } }));
    return { id: professionalId };
  });
}
