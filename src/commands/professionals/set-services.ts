import type { Tx } from "#platform/db.ts";
import { requireServices } from "../services/require-services.ts";

type Given = { tenantId: string; professionalId: string; serviceIds: readonly string[] };

/** Replaces all. The caller has locked the professional. Refuses: service_unknown. */
export async function setServices(tx: Tx, { tenantId, professionalId, serviceIds }: Given): Promise<void> {
  const wanted = [...new Set(serviceIds)];
  await requireServices(tx, tenantId, wanted);
  await tx.deleteFrom("service_professional").where("tenant_id", "=", tenantId).where("professional_id", "=", professionalId).execute();
  if (wanted.length === 0) return;
  await tx
    .insertInto("service_professional")
    .values(wanted.map((serviceId) => ({ tenant_id: tenantId, service_id: serviceId, professional_id: professionalId })))
    .execute();
}
