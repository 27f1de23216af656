import { randomUUID } from "node:crypto";
import type pg from "pg";
import { encryptSecret } from "#platform/secrets.ts";
import type { Stage } from "./stage.ts";

export type BenchTenant = {
  tenantId: string;
  link: string;
  serviceId: string;
  professionals: string[];
  connectionId: string;
  eventsSecret: string;
};

const professionalsEach = 100;

/** Tenants whose professionals work around the clock: as many distinct slots as a bench can ask for. */
export async function makeTenants(stage: Stage, count: number): Promise<BenchTenant[]> {
  const tenants: BenchTenant[] = [];
  for (let index = 0; index < count; index += 1) tenants.push(await makeTenant(stage, index));
  return tenants;
}

async function makeTenant({ owner, env }: Stage, index: number): Promise<BenchTenant> {
  const tenant: BenchTenant = {
    tenantId: randomUUID(),
    link: `bench-${index}`,
    serviceId: randomUUID(),
    professionals: Array.from({ length: professionalsEach }, () => randomUUID()),
    connectionId: randomUUID(),
    eventsSecret: `test_events_b${index}`,
  };
  const { tenantId, serviceId } = tenant;
  await owner.query("insert into tenant (tenant_id, slug, name, timezone) values ($1, $2, 'Bench', 'America/Bogota')", [
    tenantId,
    tenant.link,
  ]);
  await owner.query(
    "insert into service (tenant_id, id, name, duration_minutes, slot_step_minutes, lead_minutes, horizon_days, price_minor) values ($1, $2, 'Bench', 30, 30, 0, 365, 10000000)",
    [tenantId, serviceId],
  );
  await owner.query("insert into professional (tenant_id, id, name) select $1, id, 'P' from unnest($2::uuid[]) id", [
    tenantId,
    tenant.professionals,
  ]);
  await owner.query(
    `insert into working_hours (tenant_id, professional_id, weekday, starts_at, ends_at)
     select $1, id, day, '00:00', '23:59:59' from unnest($2::uuid[]) id, generate_series(1, 7) day`,
    [tenantId, tenant.professionals],
  );
  await owner.query(
    "insert into service_professional (tenant_id, service_id, professional_id) select $1, $2, id from unnest($3::uuid[]) id",
    [tenantId, serviceId, tenant.professionals],
  );
  await owner.query("insert into booking_link (tenant_id, public_id, name) values ($1, $2, 'Bench')", [tenantId, tenant.link]);
  const credentials = {
    publicKey: `pub_test_b${index}`,
    privateKey: `prv_test_b${index}`,
    eventsSecret: tenant.eventsSecret,
    integritySecret: `test_integrity_b${index}`,
  };
  const sealed = encryptSecret(JSON.stringify(credentials), `connection:${tenantId}:${tenant.connectionId}`, env["ENCRYPTION_KEYS"]);
  await owner.query("insert into connection (tenant_id, id, kind, provider, credentials) values ($1, $2, 'payment', 'wompi', $3)", [
    tenantId,
    tenant.connectionId,
    sealed,
  ]);
  return tenant;
}

/**
 * Past bookings with their claims, payments, charges and events: half of them of the first tenant (ten years of a large one), the rest
 * spread over the others and over thousands of small tenants that exist only for this.
 */
export async function fillBookings(owner: pg.Pool, tenants: BenchTenant[], rows: { from: number; to: number }): Promise<void> {
  const [large] = tenants;
  if (!large) throw new Error("no tenant to fill");
  await owner.query("alter table booking disable trigger all");
  await owner.query("alter table slot_claim disable trigger all");
  await owner.query("alter table payment disable trigger all");
  await owner.query("alter table charge disable trigger all");
  const batch = 250_000;
  for (let from = rows.from; from < rows.to; from += batch)
    await fillBatch(owner, large, { from, to: Math.min(rows.to, from + batch) - 1 });
  for (const table of ["booking", "slot_claim", "payment", "charge"]) await owner.query(`alter table ${table} enable trigger all`);
  await owner.query("vacuum analyze");
}

async function fillBatch(owner: pg.Pool, large: BenchTenant, range: { from: number; to: number }): Promise<void> {
  await owner.query(
    `with made as (
       select n, new_id() as booking, new_id() as payment, new_id() as charge,
         case when n % 2 = 0 then $3::uuid else md5('tenant' || (n % 4001))::uuid end as tenant,
         case when n % 2 = 0 then ($4::uuid[])[1 + (n / 2) % array_length($4::uuid[], 1)] else md5('p' || (n % 4001))::uuid end as professional,
         now() - make_interval(mins => 30 * (10 + n / 100)) as starts
       from generate_series($1::int, $2::int) n
     ), bookings as (
       insert into booking (tenant_id, id, link_id, service_id, professional_id, starts_at, ends_at, status, payment_status, hold_expires_at, customer_name,
         customer_email, customer_phone, accepted_terms_at, locale, price_minor, amount_minor, currency, charge_type, capacity_policy, online, token, session,
         paid_charge_id, created_at)
       select tenant, booking, $5, $5, professional, starts, starts + interval '30 min', 'confirmed', 'paid', starts, 'Ana', 'ana@example.com', '+573001234567',
         starts, 'es', 10000000, 10000000, 'COP', 'total', 'hold', false, 'token', 'session', charge, starts from made
     ), claims as (
       insert into slot_claim (tenant_id, professional_id, service_id, starts_at, ends_at, during, state, booking_id, created_at)
       select tenant, professional, $5, starts, starts + interval '30 min', tstzrange(starts, starts + interval '30 min'), 'booked', booking, starts from made
       on conflict do nothing
     ), payments as (
       insert into payment (tenant_id, id, booking_id, connection_id, provider, reference, amount_minor, currency, status, expires_at)
       select tenant, payment, booking, $5, 'wompi', 'KF-' || booking, 10000000, 'COP', 'approved', starts from made
     )
     insert into charge (tenant_id, id, connection_id, payment_id, provider_charge_id, reference, status, provider_status, amount_minor, currency, outcome)
     select tenant, charge, $5, payment, 'tx-' || n, 'KF-' || booking, 'approved', 'APPROVED', 10000000, 'COP', 'booked' from made`,
    [range.from, range.to, large.tenantId, large.professionals, large.serviceId],
  );
}
