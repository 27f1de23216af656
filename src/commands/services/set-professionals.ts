import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";
import { changesBetween } from "../changes.ts";

type Given = { tenantId: string; serviceId: string; professionalIds: readonly string[] };

/** Replaces all. The caller has locked the service. Refuses: professional_unknown. */
export async function setProfessionals(tx: Tx, { tenantId, serviceId, professionalIds }: Given) {
  const wanted = [...new Set(professionalIds)].sort();
  await requireProfessionals(tx, tenantId, wanted);
  const removed = await tx
    .deleteFrom("service_professional")
    .where("tenant_id", "=", tenantId)
    .where("service_id", "=", serviceId)
    .returning("professional_id")
    .execute();
  if (wanted.length > 0)
    await tx
      .insertInto("service_professional")
      .values(wanted.map((professionalId) => ({ tenant_id: tenantId, service_id: serviceId, professional_id: professionalId })))
      .execute();
  const before = removed.map((row) => row.professional_id).sort();
  return changesBetween({ professional_ids: before }, { professional_ids: wanted });
}

/** Locks them against archiving until the transaction ends. */
async function requireProfessionals(tx: Tx, tenantId: string, wanted: readonly string[]): Promise<void> {
  if (wanted.length === 0) return;
  const found = await tx
    .selectFrom("professional")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("id", "in", wanted)
    .where("deleted_at", "is", null)
    .orderBy("id")
    .forShare()
    .execute();
  if (found.length < wanted.length) throw new Refusal("professional_unknown");
}
