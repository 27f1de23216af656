import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import type { ServiceChanges } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeCatalog } from "../change-catalog.ts";
import { serviceColumns } from "./service-columns.ts";

type Input = { tenantId: string; serviceId: string; changes: ServiceChanges };

/**
 * Prices and times hold for what is booked from now on. Refuses: tenant_unknown, service_unknown.
 */
export async function updateService({ caller, input }: { caller: Caller; input: Input }): Promise<{ id: string }> {
  const { tenantId, serviceId, changes } = input;
  await changeCatalog({ caller, tenantId, kind: "service.updated", ids: { serviceId } }, async (tx) => {
    const changed = await tx
      .updateTable("service")
      .set({ ...serviceColumns(changes), updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", serviceId)
      .where("deleted_at", "is", null)
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n) throw new Refusal("service_unknown");
  });
  return { id: serviceId };
}
