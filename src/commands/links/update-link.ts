import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import type { LinkChanges } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeCatalog } from "../change-catalog.ts";
import { linkColumns } from "./link-columns.ts";

type Input = { tenantId: string; linkId: string; changes: LinkChanges };

/** Refuses: tenant_unknown, link_unknown, service_unknown, professional_unknown. */
export async function updateLink({ caller, input }: { caller: Caller; input: Input }): Promise<{ id: string }> {
  const { tenantId, linkId, changes } = input;
  await changeCatalog({ caller, tenantId, kind: "link.updated", ids: { linkId } }, async (tx) => {
    const columns = await linkColumns(tx, tenantId, changes);
    const changed = await tx
      .updateTable("booking_link")
      .set({ ...columns, updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", linkId)
      .where("deleted_at", "is", null)
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n) throw new Refusal("link_unknown");
  });
  return { id: linkId };
}
