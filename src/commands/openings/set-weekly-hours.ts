import type { Caller } from "#contracts/caller.ts";
import type { WeeklyHours } from "#contracts/catalog.ts";
import { changeCatalog } from "../change-catalog.ts";
import { requireProfessional } from "../professionals/require-professional.ts";

type SetHours = { caller: Caller; input: { tenantId: string; professionalId: string; hours: WeeklyHours } };

/** Replaces the professional's whole week. Refuses: tenant_unknown, professional_unknown. */
export async function setWeeklyHours({ caller, input }: SetHours): Promise<{ id: string }> {
  const { tenantId, professionalId, hours } = input;
  return changeCatalog({ caller, tenantId, kind: "openings.set", ids: { professionalId } }, async (tx) => {
    await requireProfessional(tx, tenantId, professionalId);
    await tx.deleteFrom("working_hours").where("tenant_id", "=", tenantId).where("professional_id", "=", professionalId).execute();
    const own = { tenant_id: tenantId, professional_id: professionalId };
    const rows = hours.map(({ weekday, startsAt, endsAt }) => ({ ...own, weekday, starts_at: startsAt, ends_at: endsAt }));
    if (rows.length > 0) await tx.insertInto("working_hours").values(rows).execute();
    return { id: professionalId };
  });
}
