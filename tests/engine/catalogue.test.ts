import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { createConnection } from "#commands/connections/create-connection.ts";
import { deactivateConnection } from "#commands/connections/deactivate-connection.ts";
import { updateConnection } from "#commands/connections/update-connection.ts";
import { archiveLink } from "#commands/links/archive-link.ts";
import { createLink } from "#commands/links/create-link.ts";
import { updateLink } from "#commands/links/update-link.ts";
import { setWeeklyHours } from "#commands/openings/set-weekly-hours.ts";
import { archiveProfessional } from "#commands/professionals/archive-professional.ts";
import { createProfessional } from "#commands/professionals/create-professional.ts";
import { updateProfessional } from "#commands/professionals/update-professional.ts";
import { archiveService } from "#commands/services/archive-service.ts";
import { createService } from "#commands/services/create-service.ts";
import { updateService } from "#commands/services/update-service.ts";
import { createTenant } from "#commands/tenants/create-tenant.ts";
import { updateTenant } from "#commands/tenants/update-tenant.ts";
import type { Caller } from "#contracts/caller.ts";
import type { RefusalCode } from "#contracts/problem.ts";
import { connectPayment } from "#providers/payments/registry.ts";
import { loadCatalog } from "#queries/catalog.ts";
import { findConnection } from "#queries/connections.ts";
import { aroundTheClock, type Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { testedProvider } from "../support/payers/tested-provider.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage({ worker: false });
/** Ours, and another merchant's. */
let our: Clinic;
let their: Clinic;
const caller: Caller = { kind: "member", memberId: randomUUID() };
const credentials = testedProvider.newCredentials();
const service = { name: "Consulta", durationMinutes: 30, priceMinor: 10_000_000 };

beforeAll(async () => {
  [our, their] = await Promise.all([stage.openClinic(), stage.openClinic()]);
});

const rowOf = async (table: string, id: string) => (await stage.owner.query(`select * from ${table} where id = $1`, [id])).rows[0];
const ownersOf = async (key: string) => (await stage.owner.query("select kind, tenant_id from directory where key = $1", [key])).rows;
const refused = (code: RefusalCode) => expect.objectContaining({ name: "Refusal", code });

/**
 * The events of the member of these tests, oldest first; forgets them, so that each test sees its
 * own.
 */
async function loggedEvents(tenantId = our.tenantId) {
  const { rows } = await stage.owner.query<{ kind: string; details: object; subject_kind: string; subject_id: string }>(
    "with own as (delete from event where tenant_id = $1 and actor = $2 returning *) select * from own order by created_at",
    [tenantId, `member:${"memberId" in caller ? caller.memberId : ""}`],
  );
  for (const { subject_kind, subject_id } of rows) expect([subject_kind, subject_id]).toEqual(["tenant", tenantId]);
  return rows.map(({ kind, details }) => [kind, details]);
}

describe("tenants", () => {
  test("one is made before any tenant exists, and its public name is its own", async () => {
    const slug = `nueva-${randomUUID().slice(0, 8)}`;
    const { id } = await createTenant({ caller, input: { slug, name: "Nueva", holdMinutes: 15 } });
    expect(await ownersOf(slug)).toEqual([{ kind: "tenant_slug", tenant_id: id }]);
    expect((await stage.owner.query("select hold_minutes from tenant where tenant_id = $1", [id])).rows).toEqual([{ hold_minutes: 15 }]);
    expect(await loggedEvents(id)).toEqual([["tenant.created", {}]]);
  });

  test("a public name or an id that is taken is refused, and nothing is made", async () => {
    const count = async () => (await stage.owner.query("select count(*) from tenant")).rows;
    const before = await count();
    await expect(createTenant({ caller, input: { slug: their.link, name: "x" } })).rejects.toEqual(refused("slug_taken"));
    await expect(createTenant({ caller, input: { id: their.tenantId, slug: "libre", name: "x" } })).rejects.toEqual(refused("id_taken"));
    expect(await count()).toEqual(before);
    expect(await ownersOf("libre")).toEqual([]);
  });

  test("changes what is given and leaves the rest; a new public name frees the old one", async () => {
    const own = await stage.openClinic();
    const slug = `${own.link}-2`;
    await updateTenant({ caller, input: { tenantId: own.tenantId, changes: { slug, timezone: "Europe/Paris" } } });
    const { rows } = await stage.owner.query("select slug, timezone, name from tenant where tenant_id = $1", [own.tenantId]);
    expect(rows).toEqual([{ slug, timezone: "Europe/Paris", name: "Clínica de prueba" }]);
    expect(await ownersOf(slug)).toEqual([{ kind: "tenant_slug", tenant_id: own.tenantId }]);
    expect(await ownersOf(own.link)).toEqual([{ kind: "link", tenant_id: own.tenantId }]);
    expect(await loggedEvents(own.tenantId)).toEqual([["tenant.updated", {}]]);
    const taken = updateTenant({ caller, input: { tenantId: own.tenantId, changes: { slug: their.link } } });
    await expect(taken).rejects.toEqual(refused("slug_taken"));
    const unknown = updateTenant({ caller, input: { tenantId: randomUUID(), changes: { name: "x" } } });
    await expect(unknown).rejects.toEqual(refused("tenant_unknown"));
  });
});

describe("services", () => {
  test("are made with the table's defaults, changed and archived, and each event says who did it", async () => {
    const { id } = await createService({ caller, input: { ...service, tenantId: our.tenantId } });
    expect(await rowOf("service", id)).toMatchObject({ name: "Consulta", slot_step_minutes: 15, currency: "COP", active: true });
    await updateService({ caller, input: { tenantId: our.tenantId, serviceId: id, changes: { priceMinor: 500, imageUrl: null } } });
    expect(await rowOf("service", id)).toMatchObject({ name: "Consulta", price_minor: 500 });
    await archiveService({ caller, input: { tenantId: our.tenantId, serviceId: id } });
    expect((await loadCatalog(our.link)).services.map((offered) => offered.id)).not.toContain(id);
    const details = { serviceId: id };
    expect(await loggedEvents()).toEqual([
      ["service.created", details],
      ["service.updated", details],
      ["service.archived", details],
    ]);
    const again = { caller, input: { tenantId: our.tenantId, serviceId: id } };
    await expect(archiveService(again)).rejects.toEqual(refused("service_unknown"));
    await expect(updateService({ caller, input: { ...again.input, changes: {} } })).rejects.toEqual(refused("service_unknown"));
    expect(await loggedEvents()).toEqual([]);
  });

  test("a new price and a new length hold for what is booked from then on", async () => {
    const own = await stage.openClinic();
    const booked = await stage.reachPaymentPage(own, { start: slotStart(0) });
    const changes = { priceMinor: 20_000_000, durationMinutes: 60 };
    await updateService({ caller, input: { tenantId: own.tenantId, serviceId: own.serviceId, changes } });
    const later = await stage.reachPaymentPage(own, { start: slotStart(2) });
    expect(await stage.state(booked)).toMatchObject({ priceMinor: 10_000_000, start: slotStart(0), end: slotStart(1) });
    expect(await stage.state(later)).toMatchObject({ priceMinor: 20_000_000, start: slotStart(2), end: slotStart(4) });
  });
});

describe("professionals and their openings", () => {
  test("are made with the services that they give, changed and archived", async () => {
    const { tenantId } = our;
    const { id } = await createProfessional({ caller, input: { tenantId, name: "Iris", serviceIds: [our.serviceId, our.serviceId] } });
    const place = { tenantId, professionalId: id };
    const offered = async () => (await loadCatalog(our.link)).professionals.find((professional) => professional.id === id);
    expect(await offered()).toMatchObject({ name: "Iris", serviceIds: [our.serviceId], hours: [] });
    const changes = { name: "Iris B", serviceIds: [our.onlineServiceId] };
    await updateProfessional({ caller, input: { ...place, changes } });
    await setWeeklyHours({ caller, input: { ...place, hours: aroundTheClock } });
    const hours = [{ weekday: 3, startsAt: "09:00", endsAt: "24:00" }];
    await setWeeklyHours({ caller, input: { ...place, hours } });
    expect(await offered()).toMatchObject({
      ...changes,
      hours: [{ weekday: 3, startsAt: "09:00:00", endsAt: "24:00:00" }],
    });
    await archiveProfessional({ caller, input: place });
    expect(await offered()).toBeUndefined();
    const kinds = ["professional.created", "professional.updated", "openings.set", "openings.set", "professional.archived"];
    expect(await loggedEvents()).toEqual(kinds.map((kind) => [kind, { professionalId: id }]));
    await expect(archiveProfessional({ caller, input: place })).rejects.toEqual(refused("professional_unknown"));
    await expect(setWeeklyHours({ caller, input: { ...place, hours } })).rejects.toEqual(refused("professional_unknown"));
  });

  test("two weeks that are set at once do not mix", async () => {
    const place = { tenantId: our.tenantId, professionalId: our.otherProfessionalId };
    const week = (weekday: number) => [
      { weekday, startsAt: "08:00", endsAt: "09:00" },
      { weekday, startsAt: "10:00", endsAt: "11:00" },
    ];
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([1, 2, 3].map((weekday) => setWeeklyHours({ caller, input: { ...place, hours: week(weekday) } })));
      const { rows } = await stage.owner.query(
        "select count(*)::int as rows, count(distinct weekday)::int as days from working_hours where professional_id = $1",
        [place.professionalId],
      );
      expect(rows).toEqual([{ rows: 2, days: 1 }]);
    }
    await loggedEvents();
  });

  test("a service that is archived or another merchant's is not given, and nothing is changed", async () => {
    const { id: serviceId } = await createService({ caller, input: { ...service, tenantId: our.tenantId } });
    await archiveService({ caller, input: { tenantId: our.tenantId, serviceId } });
    await loggedEvents();
    for (const unknown of [serviceId, their.serviceId, randomUUID()]) {
      const input = { tenantId: our.tenantId, serviceIds: [our.serviceId, unknown] };
      await expect(createProfessional({ caller, input: { ...input, name: "x" } })).rejects.toEqual(refused("service_unknown"));
      const changes = { name: "changed", serviceIds: input.serviceIds };
      const update = updateProfessional({ caller, input: { ...input, professionalId: our.professionalId, changes } });
      await expect(update).rejects.toEqual(refused("service_unknown"));
    }
    expect(await rowOf("professional", our.professionalId)).toMatchObject({ name: "Laura" });
    expect(await loggedEvents()).toEqual([]);
  });
});

describe("links", () => {
  test("get a public id of their own if none is wished for, are changed, and an archived one stays taken", async () => {
    const { tenantId } = our;
    const { id, publicId } = await createLink({ caller, input: { tenantId, name: "Web", serviceId: our.serviceId } });
    expect(publicId).toMatch(/^[A-Za-z0-9_-]{12}$/);
    expect((await loadCatalog(publicId)).link).toMatchObject({ id, serviceId: our.serviceId, professionalId: null });
    const changes = { serviceId: null, professionalId: our.professionalId, expiresAt: "2100-01-01T00:00:00Z" };
    await updateLink({ caller, input: { tenantId, linkId: id, changes } });
    expect((await loadCatalog(publicId)).link).toMatchObject({ serviceId: null, professionalId: our.professionalId });
    await updateLink({ caller, input: { tenantId, linkId: id, changes: { isActive: false } } });
    await expect(loadCatalog(publicId)).rejects.toEqual(refused("link_inactive"));
    await updateLink({ caller, input: { tenantId, linkId: id, changes: { isActive: true } } });
    await archiveLink({ caller, input: { tenantId, linkId: id } });
    await expect(loadCatalog(publicId)).rejects.toEqual(refused("link_inactive"));
    const kinds = ["link.created", "link.updated", "link.updated", "link.updated", "link.archived"];
    expect(await loggedEvents()).toEqual(kinds.map((kind) => [kind, { linkId: id }]));
    for (const owner of [our, their]) {
      const again = createLink({ caller, input: { tenantId: owner.tenantId, name: "x", publicId } });
      await expect(again).rejects.toEqual(refused("link_taken"));
    }
    await expect(updateLink({ caller, input: { tenantId, linkId: id, changes } })).rejects.toEqual(refused("link_unknown"));
    await expect(archiveLink({ caller, input: { tenantId, linkId: id } })).rejects.toEqual(refused("link_unknown"));
  });

  test("of many who want one public id at once, one gets it", async () => {
    const publicId = `wanted-${randomUUID().slice(0, 8)}`;
    const wishes = [our, their, our, their].map(({ tenantId }) => createLink({ caller, input: { tenantId, name: "x", publicId } }));
    const ends = await Promise.allSettled(wishes);
    expect(ends.filter((end) => end.status === "fulfilled")).toHaveLength(1);
    for (const end of ends) if (end.status === "rejected") expect(end.reason).toEqual(refused("link_taken"));
    expect(await ownersOf(publicId)).toHaveLength(1);
    await loggedEvents();
  });

  test("lead to services and professionals of the same merchant only", async () => {
    const input = { tenantId: our.tenantId, name: "x" };
    await expect(createLink({ caller, input: { ...input, serviceId: their.serviceId } })).rejects.toEqual(refused("service_unknown"));
    const professional = createLink({ caller, input: { ...input, professionalId: their.professionalId } });
    await expect(professional).rejects.toEqual(refused("professional_unknown"));
  });
});

describe("connections", () => {
  /** The keys of some providers look alike in test and production. */
  function keysShowTheirMode(): boolean {
    try {
      connectPayment({ provider: testedProvider.id, mode: "production", credentials });
      return false;
    } catch {
      return true;
    }
  }
  const wish = { kind: "payment", provider: testedProvider.id, credentials } as const;

  test("keep their secrets sealed, are changed and deactivated, and events name no secret", async () => {
    const own = await stage.openClinic();
    const { tenantId } = own;
    const { id } = await createConnection({ caller, input: { ...wish, tenantId } });
    expect(await ownersOf(id)).toEqual([{ kind: "connection", tenant_id: tenantId }]);
    const sealed = (await rowOf("connection", id)).credentials;
    for (const key of Object.values(credentials)) expect(sealed).not.toContain(key);
    const keys = testedProvider.newCredentials();
    await updateConnection({ caller, input: { tenantId, connectionId: id, changes: { credentials: keys } } });
    expect(await findConnection({ tenantId, kind: "payment" })).toMatchObject({ id, credentials: keys });
    await deactivateConnection({ caller, input: { tenantId, connectionId: id } });
    expect(await findConnection({ tenantId, kind: "payment" })).toMatchObject({ id: own.connectionId });
    const kinds = ["connection.created", "connection.updated", "connection.deactivated"];
    expect(await loggedEvents(tenantId)).toEqual(kinds.map((kind) => [kind, { connectionId: id }]));
    const again = { tenantId, connectionId: id };
    await expect(deactivateConnection({ caller, input: again })).rejects.toEqual(refused("connection_unknown"));
  });

  test("a sealed secret that is copied into another row cannot be read there", async () => {
    const [{ tenantId, connectionId }, other] = [await stage.openClinic(), await stage.openClinic()];
    expect(await findConnection({ tenantId, kind: "payment" })).toMatchObject({ id: connectionId });
    await stage.owner.query("update connection set credentials = (select credentials from connection where id = $2) where id = $1", [
      connectionId,
      other.connectionId,
    ]);
    await expect(findConnection({ tenantId, kind: "payment" })).rejects.toThrow();
  });

  test("with keys that the provider cannot use are refused: incomplete, of another mode, of no provider", async () => {
    const input = { ...wish, tenantId: our.tenantId };
    const incomplete = Object.fromEntries(Object.entries(credentials).slice(1));
    const ofAnotherMode = keysShowTheirMode() ? [{ mode: "production" as const }] : [];
    for (const wrong of [{ credentials: incomplete }, ...ofAnotherMode, { provider: "nobody" }])
      await expect(createConnection({ caller, input: { ...input, ...wrong } })).rejects.toEqual(refused("credentials_invalid"));
    if (!keysShowTheirMode()) return;
    const place = { tenantId: our.tenantId, connectionId: our.connectionId };
    const mode = updateConnection({ caller, input: { ...place, changes: { mode: "production" } } });
    await expect(mode).rejects.toEqual(refused("credentials_invalid"));
    expect(await rowOf("connection", our.connectionId)).toMatchObject({ mode: "test" });
  });

  test("an id that another merchant's connection has is taken", async () => {
    const input = { ...wish, id: their.connectionId, tenantId: our.tenantId };
    await expect(createConnection({ caller, input })).rejects.toEqual(refused("id_taken"));
    expect(await ownersOf(their.connectionId)).toEqual([{ kind: "connection", tenant_id: their.tenantId }]);
  });
});

describe("another merchant's rows", () => {
  const tables = ["tenant", "service", "professional", "working_hours", "booking_link", "connection", "event"];
  const everythingOf = async ({ tenantId }: Clinic) => {
    const rows = tables.map((table) => stage.owner.query(`select * from ${table} where tenant_id = $1 order by 1, 2`, [tenantId]));
    return (await Promise.all(rows)).map((result) => result.rows);
  };

  test("are unknown to every command, and stay as they are", async () => {
    const before = await everythingOf(their);
    const { tenantId } = our;
    const { rows } = await stage.owner.query("select id from booking_link where public_id = $1", [their.link]);
    const linkId: string = rows[0].id;
    const { serviceId, professionalId, connectionId } = their;
    const changes = { name: "ours now" };
    const tries: [RefusalCode, () => Promise<unknown>][] = [
      ["service_unknown", () => updateService({ caller, input: { tenantId, serviceId, changes } })],
      ["service_unknown", () => archiveService({ caller, input: { tenantId, serviceId } })],
      ["professional_unknown", () => updateProfessional({ caller, input: { tenantId, professionalId, changes } })],
      ["professional_unknown", () => archiveProfessional({ caller, input: { tenantId, professionalId } })],
      ["professional_unknown", () => setWeeklyHours({ caller, input: { tenantId, professionalId, hours: [] } })],
      ["link_unknown", () => updateLink({ caller, input: { tenantId, linkId, changes } })],
      ["link_unknown", () => archiveLink({ caller, input: { tenantId, linkId } })],
      ["connection_unknown", () => updateConnection({ caller, input: { tenantId, connectionId, changes: { credentials } } })],
      ["connection_unknown", () => deactivateConnection({ caller, input: { tenantId, connectionId } })],
    ];
    for (const [code, attempt] of tries) await expect(attempt()).rejects.toEqual(refused(code));
    expect(await everythingOf(their)).toEqual(before);
  });

  test.each(["create", "update"])("a tenant that does not exist can %s nothing", async (verb) => {
    const tenantId = randomUUID();
    const attempt =
      verb === "create"
        ? createService({ caller, input: { ...service, tenantId } })
        : updateService({ caller, input: { tenantId, serviceId: our.serviceId, changes: {} } });
    await expect(attempt).rejects.toEqual(refused("tenant_unknown"));
  });
});
