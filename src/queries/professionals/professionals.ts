import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import type { Professional, Professionals } from "#contracts/professionals.ts";
import { professionalsMax } from "#domain/professionals/limits.ts";
import { inTenant, type Tx } from "#platform/db.ts";

type Wish = { tenantId: string; isArchived?: boolean };

/** In the order in which customers see them; archived ones by when they were archived. */
export function listProfessionals({ tenantId, isArchived = false }: Wish): Promise<Professionals> {
  return inTenant(tenantId, async (tx) => {
    const { timezone } = await tx.selectFrom("tenant").select("timezone").executeTakeFirstOrThrow();
    const all = columnsOf(tx).where("p.deleted_at", isArchived ? "is not" : "is", null);
    const sorted = isArchived ? all.orderBy("p.deleted_at", "desc") : all.orderBy("p.position").orderBy("p.name");
    const rows = await sorted.orderBy("p.id").limit(professionalsMax).execute();
    return { timezone, professionals: rows.map(toProfessional) };
  });
}

/** Also an archived one. Refuses: professional_unknown. */
export function loadProfessional({ tenantId, professionalId }: { tenantId: string; professionalId: string }): Promise<Professional> {
  return inTenant(tenantId, async (tx) => {
    const row = await columnsOf(tx).where("p.id", "=", professionalId).executeTakeFirst();
    if (!row) throw new Refusal("professional_unknown");
    return toProfessional(row);
  });
}

/** As `contracts/catalog.ts` takes it: without seconds. */
export const weeklyHoursOfProfessional = sql<Professional["hours"]>`(
  select coalesce(json_agg(json_build_object('weekday', w.weekday, 'startsAt', left(w.starts_at::text, 5),
    'endsAt', left(w.ends_at::text, 5)) order by w.weekday, w.starts_at), '[]')
  from working_hours w where w.tenant_id = p.tenant_id and w.professional_id = p.id)`;

/** Archived services stay linked, so that restoring one restores who gives it. */
const liveServicesOfProfessional = sql<string[]>`(
  select coalesce(json_agg(sp.service_id order by s.position, s.name), '[]')
  from service_professional sp join service s on s.tenant_id = sp.tenant_id and s.id = sp.service_id and s.deleted_at is null
  where sp.tenant_id = p.tenant_id and sp.professional_id = p.id)`;

function columnsOf(tx: Tx) {
  return tx
    .selectFrom("professional as p")
    .select(["p.id", "p.name", "p.description", "p.photo_url as photoUrl", "p.email", "p.timezone", "p.active", "p.version"])
    .select(["p.calendar_status as calendarStatus", "p.deleted_at", "p.created_at", "p.updated_at"])
    .select([weeklyHoursOfProfessional.as("hours"), liveServicesOfProfessional.as("serviceIds")]);
}

type Row = Awaited<ReturnType<ReturnType<typeof columnsOf>["execute"]>>[number];

function toProfessional({ deleted_at, created_at, updated_at, ...row }: Row): Professional {
  return {
    ...row,
    archivedAt: deleted_at?.toISOString() ?? null,
    createdAt: created_at.toISOString(),
    updatedAt: updated_at.toISOString(),
  };
}
