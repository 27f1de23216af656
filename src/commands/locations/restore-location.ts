import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeCatalog } from "../change-catalog.ts";
import { makeDefault } from "./make-default.ts";

type Restore = { caller: Caller; input: { tenantId: string; locationId: string } };

/** Undoes archiving. To restore what is there changes nothing. Refuses: location_unknown. */
export async function restoreLocation({ caller, input: { tenantId, locationId: id } }: Restore): Promise<{ id: string }> {
  return changeCatalog({ caller, tenantId, kind: "location.restored", ids: { locationId: id } }, async (tx) => {
    await tx.selectFrom("tenant").select("tenant_id").where("tenant_id", "=", tenantId).forNoKeyUpdate().execute();
    const restored = await tx
      .updateTable("location")
      .set({ deleted_at: null, version: sql`version + 1`, updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", id)
      .executeTakeFirst();
    if (!restored.numUpdatedRows) throw new Refusal("location_unknown");
    const other = await tx
      .selectFrom("location")
      .select("id")
      .where("is_default", "=", true)
      .where("deleted_at", "is", null)
      .executeTakeFirst();
    if (!other) await makeDefault(tx, tenantId, id);
    return { id };
  });
}
