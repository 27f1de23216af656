import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import type { SlotRules, WorkingHours } from "#domain/slots.ts";
import { appDb, inTenant, type Tx } from "#platform/db.ts";
import { createShelf } from "./shelf.ts";

export type CatalogService = {
  id: string;
  name: string;
  description: string;
  imageUrl: string | null;
  priceMinor: number;
  currency: string;
  chargeType: "total" | "partial";
  depositPercent: number;
  capacityPolicy: "hold" | "first_payer_wins";
  online: boolean;
  rules: SlotRules;
};
export type CatalogProfessional = {
  id: string;
  name: string;
  description: string;
  photoUrl: string | null;
  timezone: string;
  serviceIds: string[];
  hours: WorkingHours[];
};
export type CatalogTenant = {
  id: string;
  name: string;
  logoUrl: string | null;
  primaryColor: string;
  secondaryColor: string;
  timezone: string;
  locale: string;
  country: string;
  holdMinutes: number;
  answerWaitMinutes: number;
  hasCallback: boolean;
};
/** What a tenant offers, whichever link a customer came by. */
export type TenantCatalog = { tenant: CatalogTenant; services: CatalogService[]; professionals: CatalogProfessional[] };
export type Catalog = TenantCatalog & {
  link: {
    id: string;
    publicId: string;
    serviceId: string | null;
    professionalId: string | null;
    isActive: boolean;
    expiresAt: Date | null;
  };
  connections: { id: string; provider: string; mode: "test" | "production" }[];
};

/** As in the table: anything else (a NUL, which PostgreSQL cannot even compare) is nobody's link. */
const publicIdShape = /^[A-Za-z0-9_-]{3,64}$/;
/** Capacity is never read from here. */
const byLink = createShelf<Catalog>(readCatalog);
const byTenant = createShelf<TenantCatalog>((tenantId) => inTenant(tenantId, readOffer));

/** Everything a link offers. Refuses: link_unknown, link_inactive, link_expired. */
export async function loadCatalog(publicId: string): Promise<Catalog> {
  if (!publicIdShape.test(publicId)) throw new Refusal("link_unknown");
  const catalog = await byLink.load(publicId);
  if (!catalog.link.isActive) throw new Refusal("link_inactive");
  if (catalog.link.expiresAt && catalog.link.expiresAt.getTime() <= Date.now()) throw new Refusal("link_expired");
  return catalog;
}

/** The same without a link: for whoever knows a professional's id. */
export function loadTenantCatalog(tenantId: string): Promise<TenantCatalog> {
  return byTenant.load(tenantId);
}

export function forgetCatalogs(): void {
  byLink.forget();
  byTenant.forget();
}

/** The service and professional of a request, if this link's tenant offers them together. */
export function findOffer(catalog: TenantCatalog, serviceId: string, professionalId: string) {
  const service = catalog.services.find((candidate) => candidate.id === serviceId);
  const professional = catalog.professionals.find((candidate) => candidate.id === professionalId);
  if (!service || !professional?.serviceIds.includes(serviceId))
    throw new Refusal("slot_not_offered", "This professional does not give this service.");
  return { service, professional };
}

async function readCatalog(publicId: string): Promise<Catalog> {
  const entry = await appDb()
    .selectFrom("directory")
    .select("tenant_id")
    .where("kind", "=", "link")
    .where("key", "=", publicId)
    .executeTakeFirst();
  if (!entry) throw new Refusal("link_unknown");
  return inTenant(entry.tenant_id, async (tx) => {
    const link = await tx.selectFrom("booking_link").selectAll().where("public_id", "=", publicId).executeTakeFirst();
    if (!link) throw new Refusal("link_unknown");
    return {
      link: {
        id: link.id,
        publicId,
        serviceId: link.service_id,
        professionalId: link.professional_id,
        isActive: link.is_active && link.deleted_at === null,
        expiresAt: link.expires_at,
      },
      ...(await readOffer(tx)),
      connections: await readConnections(tx),
    };
  });
}

async function readOffer(tx: Tx): Promise<TenantCatalog> {
  const tenant = await tx.selectFrom("tenant").selectAll().executeTakeFirstOrThrow();
  return {
    tenant: {
      id: tenant.tenant_id,
      name: tenant.name,
      logoUrl: tenant.logo_url,
      primaryColor: tenant.primary_color,
      secondaryColor: tenant.secondary_color,
      timezone: tenant.timezone,
      locale: tenant.locale,
      country: tenant.country,
      holdMinutes: tenant.hold_minutes,
      answerWaitMinutes: tenant.answer_wait_minutes,
      hasCallback: tenant.callback_url !== null,
    },
    services: await readServices(tx),
    professionals: await readProfessionals(tx, tenant.timezone),
  };
}

async function readServices(tx: Tx): Promise<CatalogService[]> {
  const rows = await tx
    .selectFrom("service")
    .selectAll()
    .where("active", "=", true)
    .where("deleted_at", "is", null)
    .orderBy("position")
    .orderBy("name")
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    description: row.description,
    imageUrl: row.image_url,
    priceMinor: row.price_minor,
    currency: row.currency,
    chargeType: row.charge_type === "partial" ? "partial" : "total",
    depositPercent: row.deposit_percent,
    capacityPolicy: row.capacity_policy === "first_payer_wins" ? "first_payer_wins" : "hold",
    online: row.online,
    rules: {
      durationMinutes: row.duration_minutes,
      bufferBeforeMinutes: row.buffer_before_minutes,
      bufferAfterMinutes: row.buffer_after_minutes,
      stepMinutes: row.slot_step_minutes,
      leadMinutes: row.lead_minutes,
      horizonDays: row.horizon_days,
    },
  }));
}

type Related = { serviceIds: string[] | null; hours: WorkingHours[] | null };

async function readProfessionals(tx: Tx, tenantTimezone: string): Promise<CatalogProfessional[]> {
  const rows = await tx
    .selectFrom("professional as p")
    .select(["p.id", "p.name", "p.description", "p.photo_url", "p.timezone"])
    .select([
      sql<
        Related["serviceIds"]
      >`(select json_agg(sp.service_id) from service_professional sp where sp.tenant_id = p.tenant_id and sp.professional_id = p.id)`.as(
        "serviceIds",
      ),
      sql<Related["hours"]>`(select json_agg(json_build_object('weekday', w.weekday, 'startsAt', w.starts_at, 'endsAt', w.ends_at)
        order by w.weekday, w.starts_at) from working_hours w where w.tenant_id = p.tenant_id and w.professional_id = p.id)`.as("hours"),
    ])
    .where("p.active", "=", true)
    .where("p.deleted_at", "is", null)
    .orderBy("p.position")
    .orderBy("p.name")
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    description: row.description,
    photoUrl: row.photo_url,
    timezone: row.timezone ?? tenantTimezone,
    serviceIds: row.serviceIds ?? [],
    hours: row.hours ?? [],
  }));
}

async function readConnections(tx: Tx): Promise<Catalog["connections"]> {
  const rows = await tx
    .selectFrom("connection")
    .select(["id", "provider", "mode"])
    .where("kind", "=", "payment")
    .where("is_active", "=", true)
    .orderBy("created_at")
    .execute();
  return rows.map((row) => ({ id: row.id, provider: row.provider, mode: row.mode === "production" ? "production" : "test" }));
}
