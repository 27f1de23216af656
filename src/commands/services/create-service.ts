import type { Caller } from "#contracts/caller.ts";
import type { NewService } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import { newId } from "#platform/ids.ts";
import { changeCatalog } from "../change-catalog.ts";
import { serviceColumns } from "./service-columns.ts";

type Create = { caller: Caller; input: NewService & { tenantId: string } };

/** Refuses: tenant_unknown, id_taken. */
export async function createService({ caller, input }: Create): Promise<{ id: string }> {
  const { tenantId, id = newId(), name, durationMinutes, priceMinor } = input;
  return changeCatalog({ caller, tenantId, kind: "service.created", ids: { serviceId: id } }, async (tx) => {
    const made = await tx
      .insertInto("service")
      .values({ ...serviceColumns(input), tenant_id: tenantId, id, name, duration_minutes: durationMinutes, price_minor: priceMinor })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (!made.numInsertedOrUpdatedRows) throw new Refusal("id_taken");
    return { id };
  });
}
