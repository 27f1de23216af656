import { randomBytes, randomUUID } from "node:crypto";
import { createConnection } from "#commands/connections/create-connection.ts";
import { createLink } from "#commands/links/create-link.ts";
import { setWeeklyHours } from "#commands/openings/set-weekly-hours.ts";
import { createProfessional } from "#commands/professionals/create-professional.ts";
import { createService } from "#commands/services/create-service.ts";
import { createTenant } from "#commands/tenants/create-tenant.ts";
import { system as caller } from "#contracts/caller.ts";
import { newConnection, newLink, newProfessional, newService, newTenant, type WeeklyHours, weeklyHours } from "#contracts/catalog.ts";
import type { Account, TestedProvider } from "./payers/payer.ts";
import { testedProvider } from "./payers/tested-provider.ts";
import { post } from "./post.ts";
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
  /** With which the engine is tested, unless the test names another. */
  provider: TestedProvider;
  account: Account;
  callback: { id: string; hmacSecret: string; webhookSecret: string };
};

export type ClinicSettings = {
  provider?: TestedProvider;
  onDecline?: "retry" | "release";
  callback?: boolean;
  policy?: "hold" | "first_payer_wins";
  timezone?: string;
  locale?: "es" | "en" | "fr" | "pt";
  holdMinutes?: number;
  answerWaitMinutes?: number;
  durationMinutes?: number;
  bufferBeforeMinutes?: number;
  bufferAfterMinutes?: number;
  leadMinutes?: number;
  stepMinutes?: number;
  priceMinor?: number;
  depositPercent?: number;
};

/**
 * A tenant of its own for each test: professionals who work around the clock, with accounts at the
 * simulated services.
 */
export async function openClinic(world: Place, settings: ClinicSettings = {}): Promise<Clinic> {
  const short = randomBytes(5).toString("hex");
  const connectionId = randomUUID();
  const { provider = testedProvider } = settings;
  const clinic: Clinic = {
    tenantId: randomUUID(),
    link: `link-${short}`,
    serviceId: randomUUID(),
    depositServiceId: randomUUID(),
    onlineServiceId: randomUUID(),
    professionalId: randomUUID(),
    otherProfessionalId: randomUUID(),
    connectionId,
    provider,
    account: await provider.payer(world.simulatorsUrl).openAccount(`${world.appUrl}/api/webhooks/${provider.id}/${connectionId}`),
    callback: { id: `m${short}`, hmacSecret: `hmac-secret-${short}`, webhookSecret: `whsec_${randomBytes(32).toString("base64")}` },
  };
  await makeTenant(world, clinic, settings);
  await makeCatalog(clinic, settings);
  await makeConnections(clinic);
  // Tests count the events of what they do themselves.
  await world.owner.query("delete from event where tenant_id = $1", [clinic.tenantId]);
  await post(`${world.simulatorsUrl}/merchant/panel/servers`, clinic.callback);
  return clinic;
}

async function makeTenant(world: Place, clinic: Clinic, settings: ClinicSettings): Promise<void> {
  const server = `${world.simulatorsUrl}/merchant/${clinic.callback.id}`;
  const input = newTenant.parse({
    id: clinic.tenantId,
    slug: clinic.link,
    name: "Clínica de prueba",
    notifyEmail: `merchant@${clinic.link}.example`,
    callbackUrl: settings.callback === false ? null : `${server}/callback`,
    returnUrl: `${server}/return?x=1`,
    onDecline: settings.onDecline,
    // Whether a test's appointment is a day away depends on the hour.
    firstReminderHours: null,
    timezone: settings.timezone,
    locale: settings.locale,
    holdMinutes: settings.holdMinutes,
    answerWaitMinutes: settings.answerWaitMinutes,
  });
  await createTenant({ caller, input });
}

async function makeCatalog(clinic: Clinic, settings: ClinicSettings): Promise<void> {
  const { tenantId, serviceId, depositServiceId, onlineServiceId } = clinic;
  const { bufferBeforeMinutes, bufferAfterMinutes, depositPercent, policy: capacityPolicy } = settings;
  const { durationMinutes = 30, stepMinutes = 30, leadMinutes = 0, priceMinor = 10_000_000 } = settings;
  const times = { durationMinutes, stepMinutes, leadMinutes, bufferBeforeMinutes, bufferAfterMinutes };
  const own = { ...times, priceMinor, depositPercent, capacityPolicy };
  const services = [
    { id: serviceId, name: "Consulta" },
    { id: depositServiceId, name: "Tratamiento", chargeType: "partial" },
    { id: onlineServiceId, name: "Teleconsulta", online: true },
  ].map((service) => newService.parse({ ...own, ...service }));
  await Promise.all(services.map((service) => createService({ caller, input: { ...service, tenantId } })));
  const professionals = [clinic.professionalId, clinic.otherProfessionalId].map(async (id) => {
    const email = `professional@${clinic.link}.example`;
    const serviceIds = [serviceId, depositServiceId, onlineServiceId];
    await createProfessional({ caller, input: { ...newProfessional.parse({ id, name: "Laura", email, serviceIds }), tenantId } });
    await setWeeklyHours({ caller, input: { tenantId, professionalId: id, hours: aroundTheClock } });
  });
  await Promise.all(professionals);
  await createLink({ caller, input: { ...newLink.parse({ publicId: clinic.link, name: "Web" }), tenantId } });
}

export const aroundTheClock: WeeklyHours = weeklyHours.parse(
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startsAt: "00:00", endsAt: "23:59" })),
);

async function makeConnections(clinic: Clinic): Promise<void> {
  const { tenantId, callback } = clinic;
  const connections = [
    { id: clinic.connectionId, kind: "payment", provider: clinic.provider.id, credentials: clinic.account.credentials },
    { kind: "room", provider: "daily", credentials: { apiKey: "daily_demo_key" } },
    {
      kind: "callback",
      provider: "konfirmado",
      credentials: { hmacSecret: callback.hmacSecret, webhookSecrets: [callback.webhookSecret] },
    },
  ].map((connection) => newConnection.parse(connection));
  await Promise.all(connections.map((connection) => createConnection({ caller, input: { ...connection, tenantId } })));
}
