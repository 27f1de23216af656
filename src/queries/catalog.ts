import { sql } from "kysely";
import type { Question } from "#contracts/answers.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Translations } from "#contracts/service-terms.ts";
import type { Cancellation } from "#domain/cancellation.ts";
import { leadMinutesMin } from "#domain/hold-times.ts";
import { type ChargeType, chargeTypes } from "#domain/money.ts";
import type { OpeningException, SlotRules, WorkingHours } from "#domain/slots.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { appDb, inTenant, type Tx } from "#platform/db.ts";
import { readSignedLink, type SignedLink } from "#platform/link-tokens.ts";
import { isServedHere } from "#platform/served-tenant.ts";
import { readLocations } from "./merchant/locations.ts";
import { readOfferedConnections } from "./merchant/offered-connections.ts";
import { createShelf } from "./shelf.ts";

export type CatalogService = Awaited<ReturnType<typeof readServices>>[number];
export type CatalogProfessional = Awaited<ReturnType<typeof readProfessionals>>[number];
/** What a tenant offers, by whichever link the customer came. */
export type TenantCatalog = Awaited<ReturnType<typeof readOffer>>;
export type Catalog = Awaited<ReturnType<typeof readCatalog>> & { signed?: SignedLink };

/** As in the table. Other text may hold a NUL, which PostgreSQL cannot compare. */
export const isPublicId = (text: string): boolean => /^[A-Za-z0-9_-]{3,64}$/.test(text);
const offeredMax = 200;
/** Capacity is never read from these copies. */
const byLink = createShelf<Catalog>(readCatalog);
const byTenant = createShelf<TenantCatalog>((tenantId) => inTenant(tenantId, readOffer));

/** By public id or signed link. Refuses: link_unknown, link_inactive, link_expired. */
export async function loadCatalog(link: string): Promise<Catalog> {
  return isPublicId(link) ? loadByPublicId(link) : loadBySignature(link);
}

/** What was signed goes before what the link says. Its own end and the link's both count. */
async function loadBySignature(token: string): Promise<Catalog> {
  const signed = await readSignedLink(token);
  if (signed === "expired") throw new Refusal("link_expired");
  if (!signed) throw new Refusal("link_unknown");
  const catalog = await loadByPublicId(signed.publicId);
  const { link, tenant } = catalog;
  if (link.id !== signed.linkId || tenant.id !== signed.tenantId) throw new Refusal("link_unknown");
  const serviceId = signed.serviceId ?? link.serviceId;
  const professionalId = signed.professionalId ?? link.professionalId;
  return { ...catalog, link: { ...link, serviceId, professionalId }, signed };
}

async function loadByPublicId(publicId: string): Promise<Catalog> {
  const catalog = await byLink.load(publicId);
  if (!isServedHere(catalog.tenant.id)) throw new Refusal("link_unknown");
  if (!catalog.link.isActive) throw new Refusal("link_inactive");
  if (catalog.link.expiresAt && catalog.link.expiresAt.getTime() <= databaseNow()) throw new Refusal("link_expired");
  return catalog;
}

/**
 * The same without a link, for a caller who knows a professional's id. Refuses: slot_not_offered.
 */
export async function loadTenantCatalog(tenantId: string): Promise<TenantCatalog> {
  if (!isServedHere(tenantId)) throw new Refusal("slot_not_offered");
  return byTenant.load(tenantId);
}

export function forgetCatalogs(): void {
  byLink.forget();
  byTenant.forget();
}

/** Refuses slot_not_offered unless the tenant offers this service with this professional. */
export function findOffer(catalog: TenantCatalog, serviceId: string, professionalId: string) {
  const service = catalog.services.find((candidate) => candidate.id === serviceId);
  const professional = catalog.professionals.find((candidate) => candidate.id === professionalId);
  if (!service || !professional?.serviceIds.includes(serviceId))
    throw new Refusal("slot_not_offered", "This professional does not give this service.");
  return { service, professional };
}

async function readCatalog(publicId: string) {
  const entry = await appDb()
    .selectFrom("directory")
    .select("tenant_id")
    .where("kind", "=", "link")
    .where("key", "=", publicId)
    .executeTakeFirst();
  if (!entry) throw new Refusal("link_unknown");
  return inTenant(entry.tenant_id, async (tx) => {
    const link = await tx
      .selectFrom("booking_link")
      .select(["id", "public_id as publicId", "service_id as serviceId", "professional_id as professionalId", "expires_at as expiresAt"])
      .select(sql<boolean>`is_active and deleted_at is null`.as("isActive"))
      .where("public_id", "=", publicId)
      .executeTakeFirst();
    if (!link) throw new Refusal("link_unknown");
    return { link, ...(await readOffer(tx)), connections: await readOfferedConnections(tx) };
  });
}

async function readOffer(tx: Tx) {
  const tenant = await tx
    .selectFrom("tenant")
    .select(["tenant_id as id", "name", "logo_url as logoUrl", "primary_color as primaryColor", "secondary_color as secondaryColor"])
    .select(["timezone", "locale", "tone", "country", "hold_minutes as holdMinutes"])
    .select(["is_listed as isListed", "share_title as shareTitle", "share_text as shareText", "share_image_url as shareImageUrl"])
    .select(["answer_wait_minutes as answerWaitMinutes", "latest_approval_minutes as latestApprovalMinutes"])
    .executeTakeFirstOrThrow();
  const services = await readServices(tx, leadMinutesMin(tenant.latestApprovalMinutes));
  return { tenant, services, professionals: await readProfessionals(tx, tenant.timezone), locations: await readLocations(tx) };
}

/** Nothing is offered that could not be paid in time. */
async function readServices(tx: Tx, leadMinutes: number) {
  const rows = await tx
    .selectFrom("service")
    .select(["id", "name", "description", "image_url as imageUrl", "price_minor as priceMinor", "currency", "online"])
    .select([
      "charge_type",
      "deposit_percent as depositPercent",
      "deposit_minor as depositMinor",
      "capacity_policy",
      "location_id as locationId",
    ])
    .select("hold_minutes as holdMinutes")
    .select([
      sql<Cancellation | null>`cancellation`.as("cancellation"),
      sql<Question[]>`questions`.as("questions"),
      sql<Translations>`translations`.as("translations"),
    ])
    .select(
      sql<SlotRules>`json_build_object('durationMinutes', duration_minutes, 'bufferBeforeMinutes', buffer_before_minutes,
        'bufferAfterMinutes', buffer_after_minutes, 'stepMinutes', slot_step_minutes, 'leadMinutes', greatest(lead_minutes, ${leadMinutes}::int),
        'horizonDays', horizon_days)`.as("rules"),
    )
    .where("active", "=", true)
    .where("deleted_at", "is", null)
    .orderBy("position")
    .orderBy("name")
    .limit(offeredMax)
    .execute();
  return rows.map(({ charge_type, capacity_policy, ...row }) => ({
    ...row,
    chargeType: chargeTypes.find((type): type is ChargeType => type === charge_type) ?? "total",
    capacityPolicy: capacity_policy === "first_payer_wins" ? ("first_payer_wins" as const) : ("hold" as const),
  }));
}

async function readProfessionals(tx: Tx, tenantTimezone: string) {
  const rows = await tx
    .selectFrom("professional as p")
    .select(["p.id", "p.name", "p.description", "p.photo_url as photoUrl", "p.timezone"])
    .select([
      sql<string[]>`(select coalesce(json_agg(sp.service_id), '[]') from service_professional sp
        where sp.tenant_id = p.tenant_id and sp.professional_id = p.id)`.as("serviceIds"),
      sql<WorkingHours[]>`(select coalesce(json_agg(json_build_object('weekday', w.weekday, 'startsAt', w.starts_at, 'endsAt', w.ends_at)
        order by w.weekday, w.starts_at), '[]') from working_hours w
        where w.tenant_id = p.tenant_id and w.professional_id = p.id)`.as("hours"),
      sql<OpeningException[]>`(select coalesce(json_agg(json_build_object('kind', e.kind, 'from', e.from_date, 'to', e.to_date,
        'startsAt', e.starts_at, 'endsAt', e.ends_at) order by e.from_date, e.id), '[]') from opening_exception e
        where e.tenant_id = p.tenant_id and e.professional_id = p.id and e.to_date >= current_date - 1)`.as("exceptions"),
    ])
    .where("p.active", "=", true)
    .where("p.deleted_at", "is", null)
    .orderBy("p.position")
    .orderBy("p.name")
    .limit(offeredMax)
    .execute();
  return rows.map((row) => ({ ...row, timezone: row.timezone ?? tenantTimezone }));
}
