import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import type { ProfessionalChanges } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeCatalog } from "../change-catalog.ts";
import { professionalColumns } from "./professional-columns.ts";
import { setServices } from "./set-services.ts";

type Input = { tenantId: string; professionalId: string; changes: ProfessionalChanges };

/** Refuses: tenant_unknown, professional_unknown, service_unknown. */
export async function updateProfessional({ caller, input }: { caller: Caller; input: Input }): Promise<{ id: string }> {
  const { tenantId, professionalId, changes } = input;
  await changeCatalog({ caller, tenantId, kind: "professional.updated", ids: { professionalId } }, async (tx) => {
    const changed = await tx
      .updateTable("professional")
      .set({ ...professionalColumns(changes), updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", professionalId)
      .where("deleted_at", "is", null)
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n) throw new Refusal("professional_unknown");
    if (changes.serviceIds) await setServices(tx, { tenantId, professionalId, serviceIds: changes.serviceIds });
  });
  return { id: professionalId };
}
