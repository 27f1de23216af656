import pg from "pg";
import { encryptSecret } from "#platform/secrets.ts";
import { demo, demoId } from "./demo.ts";

/** `encryptionKeys`: as the variable ENCRYPTION_KEYS, which is read if they are not given. */
export type SeedInput = { databaseUrl: string; appUrl: string; simulatorsUrl: string; encryptionKeys?: string };

/** The demo tenant: made once; only its outside addresses are brought up to date at every start. What a person changed stays. */
export async function seedDemo(input: SeedInput): Promise<void> {
  const client = new pg.Client({ connectionString: input.databaseUrl, application_name: "konfirmado-seed" });
  await client.connect();
  try {
    await client.query("begin");
    await seedTenant(client, input);
    await seedServices(client);
    await seedProfessionals(client);
    await seedLink(client);
    await seedConnections(client, input);
    await client.query("commit");
  } finally {
    await client.end();
  }
}

async function seedTenant(client: pg.Client, { simulatorsUrl }: SeedInput): Promise<void> {
  const { tenant } = demo;
  await client.query(
    `insert into tenant (tenant_id, slug, name, logo_url, primary_color, secondary_color, timezone, locale, country, notify_email, callback_url, return_url)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (tenant_id) do update set callback_url = excluded.callback_url, return_url = excluded.return_url`,
    [
      demo.tenantId,
      tenant.slug,
      tenant.name,
      tenant.logoUrl,
      tenant.primaryColor,
      tenant.secondaryColor,
      tenant.timezone,
      tenant.locale,
      tenant.country,
      tenant.notifyEmail,
      `${simulatorsUrl}/merchant/demo/callback`,
      `${simulatorsUrl}/merchant/demo/return`,
    ],
  );
}

async function seedServices(client: pg.Client): Promise<void> {
  for (const [position, service] of demo.services.entries()) {
    await client.query(
      `insert into service (tenant_id, id, name, description, image_url, duration_minutes, buffer_after_minutes, price_minor, charge_type, online, position)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
      [
        demo.tenantId,
        service.id,
        service.name,
        service.description,
        service.imageUrl,
        service.durationMinutes,
        service.bufferAfterMinutes,
        service.priceMinor,
        service.chargeType,
        service.online,
        position,
      ],
    );
  }
}

async function seedProfessionals(client: pg.Client): Promise<void> {
  for (const [position, professional] of demo.professionals.entries()) {
    const made = await client.query(
      `insert into professional (tenant_id, id, name, description, photo_url, email, position) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [demo.tenantId, professional.id, professional.name, professional.description, professional.photoUrl, professional.email, position],
    );
    if (made.rowCount === 0) continue;
    for (const weekday of professional.week.days) {
      for (const [startsAt, endsAt] of professional.week.hours) {
        await client.query(
          "insert into working_hours (tenant_id, professional_id, weekday, starts_at, ends_at) values ($1, $2, $3, $4, $5)",
          [demo.tenantId, professional.id, weekday, startsAt, endsAt],
        );
      }
    }
  }
  for (const service of demo.services) {
    for (const professional of service.professionals) {
      await client.query(
        "insert into service_professional (tenant_id, service_id, professional_id) values ($1, $2, $3) on conflict do nothing",
        [demo.tenantId, service.id, demoId(professional)],
      );
    }
  }
}

async function seedLink(client: pg.Client): Promise<void> {
  const { link } = demo;
  await client.query("insert into booking_link (tenant_id, id, public_id, name) values ($1, $2, $3, $4) on conflict do nothing", [
    demo.tenantId,
    link.id,
    link.publicId,
    link.name,
  ]);
}

/** Sealed anew at every start: the demo's encryption key may have been thrown away with its folder, while the database stayed. */
async function seedConnections(client: pg.Client, { encryptionKeys }: SeedInput): Promise<void> {
  const connections = [
    { id: demo.wompi.id, kind: "payment", provider: "wompi", credentials: demo.wompi.credentials },
    { id: demo.daily.id, kind: "room", provider: "daily", credentials: demo.daily.credentials },
    { id: demo.callback.id, kind: "callback", provider: "konfirmado", credentials: demo.callback.credentials },
  ];
  for (const { id, kind, provider, credentials } of connections) {
    const sealed = encryptSecret(JSON.stringify(credentials), `connection:${demo.tenantId}:${id}`, encryptionKeys);
    await client.query(
      `insert into connection (tenant_id, id, kind, provider, credentials) values ($1, $2, $3, $4, $5)
       on conflict (tenant_id, id) do update set credentials = excluded.credentials`,
      [demo.tenantId, id, kind, provider, sealed],
    );
  }
}

if (import.meta.main) {
  const { DATABASE_URL, APP_URL, SIMULATORS_URL, ENCRYPTION_KEYS } = process.env;
  if (!DATABASE_URL || !APP_URL || !SIMULATORS_URL || !ENCRYPTION_KEYS) {
    console.error("DATABASE_URL, APP_URL, SIMULATORS_URL and ENCRYPTION_KEYS are needed to seed the demo.");
    process.exit(1);
  }
  await seedDemo({ databaseUrl: DATABASE_URL, appUrl: APP_URL, simulatorsUrl: SIMULATORS_URL, encryptionKeys: ENCRYPTION_KEYS });
  console.log("the demo tenant is there");
}
