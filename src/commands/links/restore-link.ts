import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeCatalog } from "../change-catalog.ts";

type Restore = { caller: Caller; input: { tenantId: string; linkId: string } };

/** Undoes archiving; everything else stays. Refuses: tenant_unknown, link_unknown. */
export async function restoreLink({ caller, input: { tenantId, linkId } }: Restore): Promise<{ id: string }> {
  return changeCatalog({ caller, tenantId, kind: "link.restored", ids: { linkId } }, async (tx) => {
    const restored = await tx
      .updateTable("booking_link")
      .set({ deleted_at: null, version: sql<number>`version + 1`, updated_at: sql<Date>`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", linkId)
      .executeTakeFirst();
    if (!restored.numUpdatedRows) throw new Refusal("link_unknown");
    return { id: linkId };
  });
}
