import type { Caller } from "#contracts/caller.ts";
import type { LinkChanges } from "#contracts/catalog.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";
import { linkColumns } from "./link-columns.ts";

type Update = { caller: Caller; input: { tenantId: string; linkId: string; changes: LinkChanges; seenVersion?: number } };

/** Refuses: tenant_, link_, service_ or professional_unknown, changed_meanwhile. */
export async function updateLink({ caller, input }: Update): Promise<{ id: string }> {
  const { tenantId, linkId, changes, seenVersion } = input;
  return changeCatalog({ caller, tenantId, kind: "link.updated", ids: { linkId } }, async (tx, note) => {
    const set = await linkColumns(tx, tenantId, changes);
    note(await changeRow(tx, { table: "booking_link", tenantId, id: linkId, set, seenVersion }));
    return { id: linkId };
  });
}
