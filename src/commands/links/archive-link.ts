import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";

type Archive = { caller: Caller; input: { tenantId: string; linkId: string } };

/** Its public id stays taken. Refuses: tenant_unknown, link_unknown (also the second time). */
export async function archiveLink({ caller, input: { tenantId, linkId } }: Archive): Promise<{ id: string }> {
  return changeCatalog({ caller, tenantId, kind: "link.archived", ids: { linkId } }, async (tx, note) => {
    note(await changeRow(tx, { table: "booking_link", tenantId, id: linkId, set: { deleted_at: sql`now()` } }));
    return { id: linkId };
  });
}
