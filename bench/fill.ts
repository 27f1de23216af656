import { randomUUID } from "node:crypto";
import type pg from "pg";
import { createConnection } from "#commands/connections/create-connection.ts";
import { createLink } from "#commands/links/create-link.ts";
import { setWeeklyHours } from "#commands/openings/set-weekly-hours.ts";
import { createProfessional } from "#commands/professionals/create-professional.ts";
import { createService } from "#commands/services/create-service.ts";
import { createTenant } from "#commands/tenants/create-tenant.ts";
import { system as caller } from "#contracts/caller.ts";
import { closeDb } from "#platform/db.ts";
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

/** Makes tenants whose professionals work around the clock, so that slots never run out. */
export async function makeTenants(stage: Stage, count: number): Promise<BenchTenant[]> {
  // The same as in bench/settle.ts, because this process reads its environment once.
  Object.assign(process.env, stage.env, { DATABASE_POOL_MAX: "32", APP_URL: "http://127.0.0.1" });
  const tenants: BenchTenant[] = [];
  for (let index = 0; index < count; index += 1) tenants.push(await makeTenant(index));
  // No connection of ours may disturb what is measured.
  await closeDb();
  return tenants;
}

async function makeTenant(index: number): Promise<BenchTenant> {
  const tenant: BenchTenant = {
    tenantId: randomUUID(),
    link: `bench-${index}`,
    serviceId: randomUUID(),
    professionals: Array.from({ length: professionalsEach }, () => randomUUID()),
    connectionId: randomUUID(),
    eventsSecret: `test_events_b${index}`,
  };
  const { tenantId, serviceId, link, connectionId, eventsSecret } = tenant;
  const service = { durationMinutes: 30, stepMinutes: 30, leadMinutes: 0, horizonDays: 365, priceMinor: 10_000_000 };
  const credentials = {
    publicKey: `pub_test_b${index}`,
    privateKey: `prv_test_b${index}`,
    eventsSecret,
    integritySecret: `test_integrity_b${index}`,
  };
  await createTenant({ caller, input: { id: tenantId, slug: link, name: "Bench" } });
  await createService({ caller, input: { tenantId, id: serviceId, name: "Bench", ...service } });
  await Promise.all(tenant.professionals.map((id) => makeProfessional(tenant, id)));
  await createLink({ caller, input: { tenantId, publicId: link, name: "Bench" } });
  await createConnection({ caller, input: { tenantId, id: connectionId, kind: "payment", provider: "wompi", credentials } });
  return tenant;
}

async function makeProfessional({ tenantId, serviceId }: BenchTenant, id: string): Promise<void> {
  const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startsAt: "00:00", endsAt: "23:59" }));
  await createProfessional({ caller, input: { tenantId, id, name: "P", serviceIds: [serviceId] } });
  await setWeeklyHours({ caller, input: { tenantId, professionalId: id, hours } });
}

/**
 * Inserts past bookings with retired claims, payments and charges. Half belong to the first tenant
 * (ten years of a large one), half to the others and to thousands of small ones.
 */
export async function fillBookings(owner: pg.Pool, tenants: BenchTenant[], rows: { from: number; to: number }): Promise<void> {
  const [large] = tenants;
  if (!large) throw new Error("no tenant to fill");
  for (const table of filledTables) await owner.query(`alter table ${table} disable trigger all`);
  const buildIndexes = await takeIndexes(owner);
  const batch = 250_000;
  for (let from = rows.from; from < rows.to; from += batch)
    await fillBatch(owner, large, { from, to: Math.min(rows.to, from + batch) - 1 });
  await buildIndexes();
  for (const table of filledTables) await owner.query(`alter table ${table} enable trigger all`);
  await owner.query("vacuum analyze");
}

/** To build an index once costs a fraction of keeping it up to date row by row. Keys stay. */
async function takeIndexes(owner: pg.Pool): Promise<() => Promise<void>> {
  const { rows } = await owner.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i join unnest($1::text[]) filled (name) on i.indrelid = filled.name::regclass
     where not i.indisunique and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
    [filledTables],
  );
  for (const { name } of rows) await owner.query(`drop index ${name}`);
  return async () => {
    const client = await owner.connect();
    await client.query("set maintenance_work_mem = '1GB'");
    for (const { definition } of rows) await client.query(definition);
    await client.query("reset maintenance_work_mem");
    client.release();
  };
}

const filledTables = ["checkout", "booking", "slot_claim", "payment", "charge"];

async function fillBatch(owner: pg.Pool, large: BenchTenant, range: { from: number; to: number }): Promise<void> {
  await owner.query(
    `with made as (
       select n, new_id() as booking, new_id() as payment, new_id() as charge,
         case when n % 2 = 0 then $3::uuid else md5('tenant' || (n % 4001))::uuid end as tenant,
         case when n % 2 = 0 then ($4::uuid[])[1 + (n / 2) % array_length($4::uuid[], 1)]
           else md5('p' || (n % 4001))::uuid end as professional,
         now() - make_interval(mins => 30 * (10 + n / 100)) as starts
       from generate_series($1::int, $2::int) n
     ), bookings as (
       insert into checkout (tenant_id, id, kind, status, payment_status, ends_at, amount_minor, currency,
         customer_name, customer_email, customer_phone,
         accepted_terms_at, locale, token, session, paid_charge_id, created_at)
       select tenant, booking, 'booking', case when n % 1000 = 0 then 'cancelled' else 'confirmed' end, 'paid', starts, 10000000, 'COP',
         ($7::text[])[1 + n / 2 % 20] || ' ' || ($8::text[])[1 + n / 40 % 50] || ' ' || ($8::text[])[1 + n / 14 % 50],
         'persona' || n || '@example.com', '+573' || lpad((n::bigint * 7919 % 1000000000)::text, 9, '0'), starts, 'es', 'token',
         'session', charge, starts from made
     ), appointments as (
       insert into booking (tenant_id, id, link_id, service_id, professional_id, starts_at, ends_at, during,
         price_minor, charge_type, capacity_policy, online)
       select tenant, booking, (select id from booking_link where public_id = $9), $5, professional, starts,
         starts + interval '30 min',
         tstzrange(starts, starts + interval '30 min'), 10000000, 'total',
         'hold', false from made
     ), claims as (
       insert into slot_claim (tenant_id, professional_id, service_id, starts_at, ends_at, during, state,
         checkout_id, created_at)
       select tenant, professional, $5, starts, starts + interval '30 min',
         tstzrange(starts, starts + interval '30 min'), 'past', booking, starts from made
     ), payments as (
       insert into payment (tenant_id, id, checkout_id, connection_id, provider, reference, amount_minor,
         currency, status, expires_at, payable_until)
       select tenant, payment, booking, $6, 'wompi', 'KF-' || booking, 10000000, 'COP', 'approved', starts,
         starts from made
     )
     insert into charge (tenant_id, id, connection_id, payment_id, provider_charge_id, reference, status,
       provider_status, amount_minor, currency, outcome)
     select tenant, charge, $6, payment, 'tx-' || n, 'KF-' || booking, 'approved', 'APPROVED', 10000000,
       'COP', 'booked' from made`,
    [
      ...[range.from, range.to, large.tenantId, large.professionals, large.serviceId],
      ...[large.connectionId, firstNames, surnames, large.link],
    ],
  );
}

const firstNames = [
  ...["Ana", "José", "María", "Luis", "Carmen", "Jorge", "Lucía", "Andrés", "Paula", "Diego"],
  ...["Sofía", "Camilo", "Valentina", "Santiago", "Zoë", "Álvaro", "Inés", "Tomás", "Beatriz", "Hernán"],
];
const surnames = Array.from({ length: 50 }, (_, n) => {
  const beginnings = ["Pér", "Góm", "Rodrígu", "Mart", "Sánch", "Ram", "Cast", "Mor", "Ort", "Nav"];
  return `${beginnings[n % 10]}${["ez", "ina", "illo", "ales", "era"][Math.floor(n / 10)]}`;
});
