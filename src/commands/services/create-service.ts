import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import type { NewService } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import { newId } from "#platform/ids.ts";
import { changeCatalog } from "../change-catalog.ts";
import { changesBetween } from "../changes.ts";
import { requireLocation } from "./require-location.ts";
import { serviceColumns } from "./service-columns.ts";
import { setProfessionals } from "./set-professionals.ts";

/** `isLast`: it stands behind all others. */
type Create = { caller: Caller; input: NewService & { tenantId: string; isLast?: boolean } };

/** Refuses: tenant_unknown, id_taken, professional_unknown, location_unknown. */
export async function createService({ caller, input }: Create): Promise<{ id: string }> {
  const { tenantId, id = newId(), name, durationMinutes, priceMinor, professionalIds, isLast = false, currency } = input;
  const own = { tenant_id: tenantId, id, name, duration_minutes: durationMinutes, price_minor: priceMinor };
  return changeCatalog({ caller, tenantId, kind: "service.created", ids: { serviceId: id } }, async (tx, note) => {
    await requireLocation(tx, tenantId, input.locationId);
    const made = await tx
      .insertInto("service")
      .values({
        ...serviceColumns(input),
        ...own,
        currency: currency ?? tenants(tenantId),
        ...(isLast && { position: behindAll(tenantId) }),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!made) throw new Refusal("id_taken");
    note(changesBetween(null, made));
    if (professionalIds) note(await setProfessionals(tx, { tenantId, serviceId: id, professionalIds }));
    return { id };
  });
}

const tenants = (tenantId: string) => sql<string>`(select currency from tenant where tenant_id = ${tenantId})`;
const behindAll = (tenantId: string) =>
  sql<number>`(select coalesce(max(position) + 1, 0) from service where tenant_id = ${tenantId} and deleted_at is null)`;
