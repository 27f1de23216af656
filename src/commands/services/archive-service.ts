import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeCatalog } from "../change-catalog.ts";

type Input = { tenantId: string; serviceId: string };

/**
 * Never offered again; what was booked stays. Refuses: tenant_unknown, service_unknown (also the
 * second time).
 */
export async function archiveService({ caller, input }: { caller: Caller; input: Input }): Promise<{ id: string }> {
  const { tenantId, serviceId } = input;
  await changeCatalog({ caller, tenantId, kind: "service.archived", ids: { serviceId } }, async (tx) => {
    const archived = await tx
      .updateTable("service")
      .set({ deleted_at: sql`now()`, updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", serviceId)
      .where("deleted_at", "is", null)
      .executeTakeFirst();
    if (archived.numUpdatedRows === 0n) throw new Refusal("service_unknown");
  });
  return { id: serviceId };
}
