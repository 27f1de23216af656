import type { Caller } from "#contracts/caller.ts";
import type { WeeklyHours } from "#contracts/catalog.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";
import { replaceHours } from "../professionals/replace-hours.ts";

type Place = { tenantId: string; professionalId: string };
type SetHours = { caller: Caller; input: Place & { hours: WeeklyHours; seenVersion?: number | undefined } };

/** Replaces the whole week. Refuses: tenant_unknown, professional_unknown, changed_meanwhile. */
export async function setWeeklyHours({ caller, input }: SetHours): Promise<{ id: string }> {
  const { tenantId, professionalId: id, seenVersion } = input;
  return changeCatalog({ caller, tenantId, kind: "openings.set", ids: { professionalId: id } }, async (tx, note) => {
    await changeRow(tx, { table: "professional", tenantId, id, set: {}, seenVersion });
    note(await replaceHours(tx, input));
    return { id };
  });
}
