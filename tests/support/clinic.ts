import { randomBytes, randomUUID } from "node:crypto";
import { encryptSecret } from "#platform/secrets.ts";
import type { Place } from "./world.ts";

export type Clinic = {
  tenantId: string;
  link: string;
  serviceId: string;
  depositServiceId: string;
  onlineServiceId: string;
  professionalId: string;
  otherProfessionalId: string;
  connectionId: string;
  merchant: { publicKey: string; privateKey: string; eventsSecret: string; integritySecret: string; eventsUrl: string };
  callback: { id: string; hmacSecret: string; webhookSecret: string };
};

/** A tenant of its own for each test: professionals who work around the clock, with accounts at the simulated services. */
export async function openClinic(
  world: Place,
  settings: { onDecline?: "retry" | "release"; callback?: boolean; policy?: "hold" | "first_payer_wins" } = {},
): Promise<Clinic> {
  const short = randomBytes(5).toString("hex");
  const connectionId = randomUUID();
  const clinic: Clinic = {
    tenantId: randomUUID(),
    link: `link-${short}`,
    serviceId: randomUUID(),
    depositServiceId: randomUUID(),
    onlineServiceId: randomUUID(),
    professionalId: randomUUID(),
    otherProfessionalId: randomUUID(),
    connectionId,
    merchant: {
      publicKey: `pub_test_${short}`,
      privateKey: `prv_test_${short}`,
      eventsSecret: `test_events_${short}`,
      integritySecret: `test_integrity_${short}`,
      eventsUrl: `${world.appUrl}/api/webhooks/wompi/${connectionId}`,
    },
    callback: { id: `m${short}`, hmacSecret: `hmac-secret-${short}`, webhookSecret: `whsec_${randomBytes(32).toString("base64")}` },
  };
  await insertTenant(world, clinic, settings);
  await insertCatalog(world, clinic, settings.policy ?? "hold");
  await insertConnections(world, clinic);
  await post(`${world.simulatorsUrl}/wompi/panel/merchants`, { name: "Clínica", ...clinic.merchant });
  await post(`${world.simulatorsUrl}/merchant/panel/servers`, clinic.callback);
  return clinic;
}

async function insertTenant(world: Place, clinic: Clinic, settings: { onDecline?: string; callback?: boolean }): Promise<void> {
  const callbackUrl = settings.callback === false ? null : `${world.simulatorsUrl}/merchant/${clinic.callback.id}/callback`;
  await world.owner.query(
    `insert into tenant (tenant_id, slug, name, notify_email, callback_url, return_url, on_decline) values ($1, $2, 'Clínica de prueba', $3, $4, $5, $6)`,
    [
      clinic.tenantId,
      clinic.link,
      `merchant@${clinic.link}.example`,
      callbackUrl,
      `${world.simulatorsUrl}/merchant/${clinic.callback.id}/return?x=1`,
      settings.onDecline ?? "retry",
    ],
  );
}

async function insertCatalog(world: Place, clinic: Clinic, policy: string): Promise<void> {
  const { tenantId } = clinic;
  const services = [
    [clinic.serviceId, "Consulta", "total", false],
    [clinic.depositServiceId, "Tratamiento", "partial", false],
    [clinic.onlineServiceId, "Teleconsulta", "total", true],
  ];
  for (const [id, name, chargeType, online] of services) {
    await world.owner.query(
      `insert into service (tenant_id, id, name, duration_minutes, slot_step_minutes, lead_minutes, price_minor, charge_type, online, capacity_policy)
       values ($1, $2, $3, 30, 30, 0, 10000000, $4, $5, $6)`,
      [tenantId, id, name, chargeType, online, policy],
    );
  }
  for (const id of [clinic.professionalId, clinic.otherProfessionalId]) {
    await world.owner.query("insert into professional (tenant_id, id, name, email) values ($1, $2, 'Laura', $3)", [
      tenantId,
      id,
      `professional@${clinic.link}.example`,
    ]);
    await world.owner.query(
      "insert into working_hours (tenant_id, professional_id, weekday, starts_at, ends_at) select $1, $2, day, '00:00', '23:59:59' from generate_series(1, 7) day",
      [tenantId, id],
    );
    for (const [serviceId] of services)
      await world.owner.query("insert into service_professional (tenant_id, service_id, professional_id) values ($1, $2, $3)", [
        tenantId,
        serviceId,
        id,
      ]);
  }
  await world.owner.query("insert into booking_link (tenant_id, public_id, name) values ($1, $2, 'Web')", [tenantId, clinic.link]);
}

async function insertConnections(world: Place, clinic: Clinic): Promise<void> {
  const { tenantId, callback } = clinic;
  const { eventsUrl: _, ...wompi } = clinic.merchant;
  const connections = [
    { id: clinic.connectionId, kind: "payment", provider: "wompi", credentials: wompi },
    { id: randomUUID(), kind: "room", provider: "daily", credentials: { apiKey: "daily_demo_key" } },
    {
      id: randomUUID(),
      kind: "callback",
      provider: "konfirmado",
      credentials: { hmacSecret: callback.hmacSecret, webhookSecrets: [callback.webhookSecret] },
    },
  ];
  for (const { id, kind, provider, credentials } of connections) {
    const sealed = encryptSecret(JSON.stringify(credentials), `connection:${tenantId}:${id}`);
    await world.owner.query("insert into connection (tenant_id, id, kind, provider, credentials) values ($1, $2, $3, $4, $5)", [
      tenantId,
      id,
      kind,
      provider,
      sealed,
    ]);
  }
}

/** Presses a button of the simulated outside world. */
export async function post(url: string, fields: object): Promise<Record<string, unknown>> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(fields),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}
