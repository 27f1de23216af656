import type { Caller } from "#contracts/caller.ts";
import type { NewProfessional } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import { newId } from "#platform/ids.ts";
import { changeCatalog } from "../change-catalog.ts";
import { professionalColumns } from "./professional-columns.ts";
import { setServices } from "./set-services.ts";

type Create = { caller: Caller; input: NewProfessional & { tenantId: string } };

/** Refuses: tenant_unknown, id_taken, service_unknown. */
export async function createProfessional({ caller, input }: Create): Promise<{ id: string }> {
  const { tenantId, id = newId(), name, serviceIds } = input;
  return changeCatalog({ caller, tenantId, kind: "professional.created", ids: { professionalId: id } }, async (tx) => {
    const made = await tx
      .insertInto("professional")
      .values({ ...professionalColumns(input), tenant_id: tenantId, id, name })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (!made.numInsertedOrUpdatedRows) throw new Refusal("id_taken");
    if (serviceIds) await setServices(tx, { tenantId, professionalId: id, serviceIds });
    return { id };
  });
}
