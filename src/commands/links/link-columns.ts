import type { LinkChanges } from "#contracts/catalog.ts";
import { daysAsSpan } from "#domain/slots.ts";
import type { Tx } from "#platform/db.ts";
import { requireProfessional } from "../professionals/require-professional.ts";
import { requireServices } from "../services/require-services.ts";

/** Undefined fields stay as they are. Refuses: service_unknown, professional_unknown. */
export async function linkColumns(tx: Tx, tenantId: string, given: LinkChanges) {
  if (given.serviceId) await requireServices(tx, tenantId, [given.serviceId]);
  if (given.professionalId) await requireProfessional(tx, tenantId, given.professionalId);
  return {
    name: given.name,
    service_id: given.serviceId,
    professional_id: given.professionalId,
    expires_at: given.expiresAt && (await endOf(tx, given.expiresAt)),
    is_active: given.isActive,
  };
}

/** A date is the end of that day where the merchant is. */
async function endOf(tx: Tx, given: string): Promise<string | Date> {
  if (given.includes("T")) return given;
  const { timezone } = await tx.selectFrom("tenant").select("timezone").executeTakeFirstOrThrow();
  return new Date(daysAsSpan(given, given, timezone).end);
}
