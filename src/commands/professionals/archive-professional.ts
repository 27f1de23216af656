import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeCatalog } from "../change-catalog.ts";

type Input = { tenantId: string; professionalId: string };

/**
 * Never offered again; what was booked stays. Refuses: tenant_unknown, professional_unknown (also
 * the second time).
 */
export async function archiveProfessional({ caller, input }: { caller: Caller; input: Input }): Promise<{ id: string }> {
  const { tenantId, professionalId } = input;
  await changeCatalog({ caller, tenantId, kind: "professional.archived", ids: { professionalId } }, async (tx) => {
    const archived = await tx
      .updateTable("professional")
      .set({ deleted_at: sql`now()`, updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", professionalId)
      .where("deleted_at", "is", null)
      .executeTakeFirst();
    if (archived.numUpdatedRows === 0n) throw new Refusal("professional_unknown");
  });
  return { id: professionalId };
}
