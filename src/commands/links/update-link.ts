import type { Caller } from "#contracts/caller.ts";
import type { LinkChanges } from "#contracts/catalog.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";
import { linkColumns } from "./link-columns.ts";

type Update = { caller: Caller; input: { tenantId: string; linkId: string; changes: LinkChanges } };

/** Refuses: tenant_unknown, link_unknown, service_unknown, professional_unknown. */
export async function updateLink({ caller, input: { tenantId, linkId, changes } }: Update): Promise<{ id: string }> {
  return changeCatalog({ caller, tenantId, kind: "link.updated", ids: { linkId } }, async (tx, note) => {
    note(await changeRow(tx, { table: "booking_link", tenantId, id: linkId, set: await linkColumns(tx, tenantId, changes) }));
    return { id: linkId };
  });
}
