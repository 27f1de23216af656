import { makePerson } from "#commands/accounts/make-person.ts";
import { createConnection } from "#commands/connections/create-connection.ts";
import { updateConnection } from "#commands/connections/update-connection.ts";
import { createLink } from "#commands/links/create-link.ts";
import { createLocation } from "#commands/locations/create-location.ts";
import { addMember } from "#commands/members/add-member.ts";
import { addException } from "#commands/openings/add-exception.ts";
import { setWeeklyHours } from "#commands/openings/set-weekly-hours.ts";
import { createProfessional } from "#commands/professionals/create-professional.ts";
import { createService } from "#commands/services/create-service.ts";
import { createTenant } from "#commands/tenants/create-tenant.ts";
import { updateTenant } from "#commands/tenants/update-tenant.ts";
import { system as caller } from "#contracts/caller.ts";
import { newConnection, newLink, newProfessional, newService, newTenant, tenantChanges, weeklyHours } from "#contracts/catalog.ts";
import { newOpeningException } from "#contracts/openings.ts";
import { Refusal, type RefusalCode } from "#contracts/problem.ts";
import { newLocation } from "#contracts/settings/tenant.ts";
import { hashPassword } from "#platform/accounts/passwords.ts";
import { closeDb, inSystem } from "#platform/db.ts";
import { env } from "#platform/env.ts";
import { demo, demoAbsence, demoId } from "./demo.ts";
import { seedShop } from "./seed-shop.ts";

const { tenantId } = demo;

/**
 * Makes the demo tenant once. Later starts only update its outside addresses and seal its
 * credentials anew. What a person changed stays. Closes the connections that it used.
 */
export async function seedDemo({ simulatorsUrl, ownerPassword }: { simulatorsUrl: string; ownerPassword?: string }): Promise<void> {
  try {
    await seedTenant(simulatorsUrl);
    for (const [position, service] of demo.services.entries()) await seedService(service, position);
    for (const [position, professional] of demo.professionals.entries()) await seedProfessional(professional, position);
    await seedAbsence();
    for (const link of [demo.link, ...demo.moreLinks])
      await done(createLink({ caller, input: { ...newLink.parse(link), tenantId } }), "link_taken");
    await seedShop(tenantId);
    if (ownerPassword) await seedOwner(ownerPassword);
    await seedConnections();
  } finally {
    await closeDb();
  }
}

/** Returns false if the command was refused with this code, because its result exists already. */
async function done(command: Promise<unknown>, unless: RefusalCode): Promise<boolean> {
  try {
    await command;
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === unless) return false;
    throw error;
  }
}

async function seedTenant(simulatorsUrl: string): Promise<void> {
  const changes = tenantChanges.parse({
    callbackUrl: `${simulatorsUrl}/merchant/demo/callback`,
    returnUrl: `${simulatorsUrl}/merchant/demo/return`,
  });
  const input = newTenant.parse({ ...demo.tenant, ...changes, id: tenantId });
  if (await done(createTenant({ caller, input }), "id_taken")) await seedSettings();
  else await updateTenant({ caller, input: { tenantId, changes } });
}

async function seedSettings(): Promise<void> {
  await updateTenant({ caller, input: { tenantId, changes: tenantChanges.parse(demo.settings) } });
  await createLocation({ caller, input: { ...newLocation.parse(demo.location), tenantId } });
}

async function seedService({ professionals: _, ...service }: (typeof demo.services)[number], position: number): Promise<void> {
  await done(createService({ caller, input: { ...newService.parse({ ...service, position }), tenantId } }), "id_taken");
}

async function seedProfessional({ week, ...professional }: (typeof demo.professionals)[number], position: number): Promise<void> {
  const serviceIds = demo.services
    .filter(({ professionals }) => professionals.some((n) => demoId(n) === professional.id))
    .map(({ id }) => id);
  const input = { ...newProfessional.parse({ ...professional, serviceIds, position }), tenantId };
  if (!(await done(createProfessional({ caller, input }), "id_taken"))) return;
  const hours = week.days.flatMap((weekday) => week.hours.map(([startsAt, endsAt]) => ({ weekday, startsAt, endsAt })));
  await setWeeklyHours({ caller, input: { tenantId, professionalId: professional.id, hours: weeklyHours.parse(hours) } });
}

async function seedAbsence(): Promise<void> {
  const { id, professionalId, startsInDays, days, note } = demoAbsence;
  const date = (inDays: number) => new Date(Date.now() + inDays * 86_400_000).toISOString().slice(0, 10);
  const given = { id, kind: "closed", from: date(startsInDays), to: date(startsInDays + days - 1), note };
  await done(addException({ caller, input: { tenantId, professionalId, exception: newOpeningException.parse(given) } }), "id_taken");
}

/** Who may sign in to the demo's dashboard. A person who is there already keeps their password. */
async function seedOwner(password: string): Promise<void> {
  const { name, email } = demo.owner;
  const passwordHash = await hashPassword(password);
  await inSystem(async (tx) => {
    const personId = await makePerson(tx, { name, email, locale: demo.tenant.locale, passwordHash });
    if (personId) await addMember(tx, { caller, input: { tenantId, personId, role: "owner", name, email } });
  });
}

/**
 * Seals the credentials at every start: the demo's encryption key may have been deleted with its
 * folder, while the database stayed.
 */
async function seedConnections(): Promise<void> {
  const connections = [
    // Customers are offered them in this order.
    { ...demo.wompi, kind: "payment", provider: "wompi" },
    { ...demo.mercadopago, kind: "payment", provider: "mercadopago" },
    { ...demo.bold, kind: "payment", provider: "bold" },
    { ...demo.stripe, kind: "payment", provider: "stripe" },
    { ...demo.addi, kind: "payment", provider: "addi" },
    { ...demo.daily, kind: "room", provider: "daily" },
    { ...demo.callback, kind: "callback", provider: "konfirmado" },
  ];
  for (const connection of connections) {
    const input = newConnection.parse(connection);
    if (await done(createConnection({ caller, input: { ...input, tenantId } }), "id_taken")) continue;
    const changes = { credentials: input.credentials };
    await done(updateConnection({ caller, input: { tenantId, connectionId: connection.id, changes } }), "connection_unknown");
  }
}

if (import.meta.main) {
  const { SIMULATORS_URL } = process.env;
  if (!SIMULATORS_URL) {
    console.error("SIMULATORS_URL is needed to seed the demo.");
    process.exit(1);
  }
  env();
  await seedDemo({ simulatorsUrl: SIMULATORS_URL });
  console.log("the demo tenant is ready");
}
