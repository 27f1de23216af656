import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";

type Archive = { caller: Caller; input: { tenantId: string; locationId: string } };

/**
 * Its services take place at the default then; they keep its id, so that to restore it is enough.
 * Refuses: location_unknown (also if archived), location_is_default.
 */
export async function archiveLocation({ caller, input: { tenantId, locationId: id } }: Archive): Promise<{ id: string }> {
  return changeCatalog({ caller, tenantId, kind: "location.archived", ids: { locationId: id } }, async (tx, note) => {
    await tx.selectFrom("tenant").select("tenant_id").where("tenant_id", "=", tenantId).forNoKeyUpdate().execute();
    const found = await tx
      .selectFrom("location")
      .select("is_default")
      .where("id", "=", id)
      .where("deleted_at", "is", null)
      .executeTakeFirst();
    if (found?.is_default && (await hasAnother())) throw new Refusal("location_is_default");
    note(await changeRow(tx, { table: "location", tenantId, id, set: { deleted_at: sql`now()`, is_default: false } }));
    return { id };

    /** The last one may go: then customers are shown no place. */
    async function hasAnother(): Promise<boolean> {
      const other = await tx.selectFrom("location").select("id").where("id", "!=", id).where("deleted_at", "is", null).executeTakeFirst();
      return other !== undefined;
    }
  });
}
