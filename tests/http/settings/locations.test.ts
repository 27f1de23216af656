import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { type Location, location } from "#contracts/settings/tenant.ts";
import type { Clinic } from "../../support/clinic.ts";
import { prepareStage } from "../../support/stage.ts";
import { expectProblem, expectShape } from "../request.ts";
import { type Merchant, merchantOf } from "./as-merchant.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
let merchant: Merchant;
beforeAll(async () => {
  clinic = await stage.openClinic();
  merchant = await merchantOf(stage, clinic.tenantId);
});

const list = async (of = merchant): Promise<Location[]> => ((await of("/api/locations")).body as { locations: Location[] }).locations;
const add = async (json: object, of = merchant): Promise<Location> => expectShape(location, (await of("/api/locations", { json })).body);
const change = (id: string, json: object) => merchant(`/api/locations/${id}`, { method: "PATCH", json });

test("the first location is the default; another may become it, and there is never a moment without one", async () => {
  const own = await merchantOf(stage, (await stage.openClinic()).tenantId);
  const change = (id: string, json: object) => own(`/api/locations/${id}`, { method: "PATCH", json });
  const first = await add({ name: "Centro", address: "Calle 1 # 2-3", phone: "601 234 5678", whatsapp: "300 123 4567" }, own);
  expect(first).toMatchObject({ isDefault: true, phone: "+576012345678", whatsapp: "+573001234567", version: expect.any(Number) });
  const second = await add({ name: "Norte" }, own);
  expect(second.isDefault).toBe(false);
  expect((await change(second.id, { isDefault: true })).body).toMatchObject({ isDefault: true });
  expect((await list(own)).map(({ name, isDefault }) => [name, isDefault])).toEqual([
    ["Norte", true],
    ["Centro", false],
  ]);
  const both = await Promise.all([change(first.id, { isDefault: true }), change(second.id, { isDefault: true })]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  expect((await list(own)).filter(({ isDefault }) => isDefault)).toHaveLength(1);
});

test("the default cannot be archived while there are others; what is archived comes back with its services", async () => {
  await add({ name: "Principal" });
  const own = await add({ name: "Sur", serviceIds: [clinic.serviceId] });
  expect(own.serviceIds).toEqual([clinic.serviceId]);
  const standard = (await list()).find(({ isDefault }) => isDefault);
  expectProblem(await merchant(`/api/locations/${standard?.id}`, { method: "DELETE" }), "location_is_default");
  expect((await merchant(`/api/locations/${own.id}`, { method: "DELETE" })).status).toBe(204);
  expect((await list()).some(({ id }) => id === own.id)).toBe(false);
  expectProblem(await merchant(`/api/locations/${own.id}`, { method: "DELETE" }), "location_unknown");
  expectProblem(await change(own.id, { name: "Sur 2" }), "location_unknown");
  const restored = await merchant(`/api/locations/${own.id}/restore`, { method: "POST" });
  expect(restored.body).toMatchObject({ id: own.id, serviceIds: [clinic.serviceId] });
});

test("a service that moves leaves its former location, and one that is left out goes to the default", async () => {
  const [one, two] = [await add({ name: "Uno", serviceIds: [clinic.serviceId, clinic.onlineServiceId] }), await add({ name: "Dos" })];
  await change(two.id, { serviceIds: [clinic.serviceId] });
  const idsOf = async (id: string) => (await list()).find((each) => each.id === id)?.serviceIds;
  expect(await idsOf(one.id)).toEqual([clinic.onlineServiceId]);
  expect(await idsOf(two.id)).toEqual([clinic.serviceId]);
  await change(two.id, { serviceIds: [] });
  expect(await idsOf(two.id)).toEqual([]);
  expectProblem(await change(two.id, { serviceIds: [randomUUID()] }), "service_unknown");
});

test("two people change one location: the second is told, and the first one's words stay", async () => {
  const { id, version } = await add({ name: "Doble" });
  expect((await change(id, { directions: "Piso 2", version })).status).toBe(200);
  expectProblem(await change(id, { directions: "Piso 3", version }), "changed_meanwhile");
  expect((await list()).find((each) => each.id === id)?.directions).toBe("Piso 2");
});

test.each([
  [{ name: "" }, "name"],
  [{ name: "x".repeat(101) }, "name"],
  [{ name: "A\nB" }, "name"],
  [{ address: "x".repeat(301) }, "address"],
  [{ directions: "x".repeat(1001) }, "directions"],
  [{ mapUrl: "javascript:alert(1)" }, "mapUrl"],
  [{ mapUrl: "http://maps.example" }, "mapUrl"],
  [{ email: "no address" }, "email"],
  [{ isDefault: false }, "isDefault"],
])("%j is refused by the name of the field", async (json, field) => {
  expect(expectProblem(await merchant("/api/locations", { json: { name: "Sede", ...json } }), "invalid_request")).toEqual([field]);
});

test("a number that nobody can call is refused by the name of its field", async () => {
  expect(expectProblem(await merchant("/api/locations", { json: { name: "Sede", whatsapp: "12345" } }), "phone_invalid")).toEqual([
    "whatsapp",
  ]);
});

test("another merchant sees and changes none of them", async () => {
  const mine = await add({ name: "Nuestra" });
  const other = await merchantOf(stage, (await stage.openClinic()).tenantId);
  expect(await list(other)).toEqual([]);
  for (const [path, method] of [
    ["", "DELETE"],
    ["/restore", "POST"],
  ] as const)
    expectProblem(await other(`/api/locations/${mine.id}${path}`, { method }), "location_unknown");
  expectProblem(await other(`/api/locations/${mine.id}`, { method: "PATCH", json: { name: "Mía" } }), "location_unknown");
});

test("a request that is repeated with its key makes one location", async () => {
  const own = await merchantOf(stage, (await stage.openClinic()).tenantId);
  const asked = { json: { name: "Una" }, headers: { "idempotency-key": randomUUID() } };
  const [first, second] = [await own("/api/locations", asked), await own("/api/locations", asked)];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body).toEqual(first.body);
  expect(await list(own)).toHaveLength(1);
});
