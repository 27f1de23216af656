import type { Caller } from "#contracts/caller.ts";
import type { WeeklyHours } from "#contracts/catalog.ts";
import { changeCatalog } from "../change-catalog.ts";
import { requireProfessional } from "../professionals/require-professional.ts";

type Input = { tenantId: string; professionalId: string; hours: WeeklyHours };

/**
 * The professional's whole week: what is not in it is closed. Refuses: tenant_unknown,
 * professional_unknown.
 */
export async function setWeeklyHours({ caller, input }: { caller: Caller; input: Input }): Promise<{ id: string }> {
  const { tenantId, professionalId, hours } = input;
  await changeCatalog({ caller, tenantId, kind: "openings.set", ids: { professionalId } }, async (tx) => {
    await requireProfessional(tx, tenantId, professionalId);
    await tx.deleteFrom("working_hours").where("tenant_id", "=", tenantId).where("professional_id", "=", professionalId).execute();
    const rows = hours.map(({ weekday, startsAt, endsAt }) => ({
      tenant_id: tenantId,
      professional_id: professionalId,
      weekday,
      starts_at: startsAt,
      ends_at: endsAt,
    }));
    if (rows.length > 0) await tx.insertInto("working_hours").values(rows).execute();
  });
  return { id: professionalId };
}
