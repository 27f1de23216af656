import type { Tx } from "#platform/db.ts";
import type { Changes } from "../changes.ts";
import { requireServices } from "../services/require-services.ts";

type Given = { tenantId: string; professionalId: string; serviceIds: readonly string[] };

/**
 * Replaces all, and returns what has changed. The caller has locked the professional. Refuses:
 * service_unknown.
 */
export async function setServices(tx: Tx, { tenantId, professionalId, serviceIds }: Given): Promise<Changes> {
  const wanted = [...new Set(serviceIds)].sort();
  await requireServices(tx, tenantId, wanted);
  const old = await tx
    .deleteFrom("service_professional")
    .where("tenant_id", "=", tenantId)
    .where("professional_id", "=", professionalId)
    .returning("service_id")
    .execute();
  if (wanted.length > 0)
    await tx
      .insertInto("service_professional")
      .values(wanted.map((serviceId) => ({ tenant_id: tenantId, service_id: serviceId, professional_id: professionalId })))
      .execute();
  const before = old.map(({ service_id }) => service_id).sort();
  return before.join() === wanted.join() ? {} : { service_ids: [before, wanted] };
}
