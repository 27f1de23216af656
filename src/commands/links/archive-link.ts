import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeCatalog } from "../change-catalog.ts";

type Input = { tenantId: string; linkId: string };

/**
 * Closed for ever, and its public id stays taken. Refuses: tenant_unknown, link_unknown (also the
 * second time).
 */
export async function archiveLink({ caller, input }: { caller: Caller; input: Input }): Promise<{ id: string }> {
  const { tenantId, linkId } = input;
  await changeCatalog({ caller, tenantId, kind: "link.archived", ids: { linkId } }, async (tx) => {
    const archived = await tx
      .updateTable("booking_link")
      .set({ deleted_at: sql`now()`, updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", linkId)
      .where("deleted_at", "is", null)
      .executeTakeFirst();
    if (archived.numUpdatedRows === 0n) throw new Refusal("link_unknown");
  });
  return { id: linkId };
}
