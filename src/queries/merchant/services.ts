import { sql } from "kysely";
import type { Question } from "#contracts/answers.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Translations } from "#contracts/service-terms.ts";
import type { Service, ServicePage } from "#contracts/services.ts";
import type { Cancellation } from "#domain/cancellation.ts";
import { amountDue, type ChargeType } from "#domain/money.ts";
import { inTenant, type Tx } from "#platform/db.ts";

type Asked = { tenantId: string; cursor?: string | undefined; limit?: number | undefined };
const pageMax = 200;

/** Living ones in the customers' order, then archived ones. Refuses: service_unknown. */
export async function loadServices({ tenantId, cursor, limit = pageMax }: Asked): Promise<ServicePage> {
  const rows = await inTenant(tenantId, async (tx) => {
    const query = servicesIn(tx)
      .orderBy(order)
      .limit(limit + 1);
    if (cursor === undefined) return query.execute();
    const after = await tx.selectFrom("service as s").select(order.as("place")).where("s.id", "=", cursor).executeTakeFirst();
    if (!after) throw new Refusal("service_unknown");
    return query.where(order, ">", after.place).execute();
  });
  const services = rows.slice(0, limit).map(serviceOf);
  return { services, next: rows.length > limit ? (services.at(-1)?.id ?? null) : null };
}

/** An archived one too. Refuses: service_unknown. */
export async function loadService({ tenantId, serviceId }: { tenantId: string; serviceId: string }): Promise<Service> {
  const row = await inTenant(tenantId, (tx) => servicesIn(tx).where("s.id", "=", serviceId).executeTakeFirst());
  if (!row) throw new Refusal("service_unknown");
  return serviceOf(row);
}

/** One text that sorts as the list does: names may be equal, ids are not. */
const order = sql<string>`(case when s.deleted_at is null then '0' else '1' end) || lpad(s.position::text, 6, '0') || ' ' || s.name || ' ' || s.id`;

function servicesIn(tx: Tx) {
  return tx
    .selectFrom("service as s")
    .select(["s.id", "s.name", "s.description", "s.image_url as imageUrl", "s.duration_minutes as durationMinutes"])
    .select(["s.buffer_before_minutes as bufferBeforeMinutes", "s.buffer_after_minutes as bufferAfterMinutes"])
    .select(["s.slot_step_minutes as stepMinutes", "s.lead_minutes as leadMinutes", "s.horizon_days as horizonDays"])
    .select(["s.price_minor as priceMinor", "s.currency", "s.deposit_percent as depositPercent", "s.deposit_minor as depositMinor"])
    .select(["s.hold_minutes as holdMinutes", "s.location_id as locationId", "s.online", "s.active", "s.position", "s.version"])
    .select(["s.deleted_at", "s.created_at", "s.updated_at"])
    .select([
      sql<ChargeType>`s.charge_type`.as("chargeType"),
      sql<Service["capacityPolicy"]>`s.capacity_policy`.as("capacityPolicy"),
      sql<Cancellation | null>`s.cancellation`.as("cancellation"),
      sql<Question[]>`s.questions`.as("questions"),
      sql<Translations>`s.translations`.as("translations"),
      sql<string[]>`(select coalesce(json_agg(sp.professional_id order by p.position, p.name), '[]')
        from service_professional sp
          join professional p on p.tenant_id = sp.tenant_id and p.id = sp.professional_id and p.deleted_at is null
        where sp.tenant_id = s.tenant_id and sp.service_id = s.id)`.as("professionalIds"),
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof servicesIn>["executeTakeFirstOrThrow"]>>;

function serviceOf({ deleted_at, created_at, updated_at, ...row }: Row): Service {
  return {
    ...row,
    amountDueMinor: amountDue(row),
    archivedAt: deleted_at?.toISOString() ?? null,
    createdAt: created_at.toISOString(),
    updatedAt: updated_at.toISOString(),
  };
}
