import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { shopAnswer, shopSettings } from "#contracts/shop-desk/settings.ts";
import { type ShippingOption, shippingOption, shippingOptions } from "#contracts/shop-desk/shipping.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { expectProblem, expectShape } from "../request.ts";
import { type Program, programOf } from "../services/shop.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
let program: Program;
let locationId: string;
beforeAll(async () => {
  clinic = await stage.openClinic();
  program = await programOf(stage, clinic);
  locationId = ((await program("/api/locations", { json: { name: "Sede Chapinero" } })).body as { id: string }).id;
});

const seller = { sellerName: "Clínica Aurora S.A.S.", sellerAddress: "Calle 63 # 9-42", returnsText: "Cinco días.\nSin usar." };

test("a merchant opens a shop once, closed; it opens to customers when they can know who sells", async () => {
  const own = await programOf(stage, await stage.openClinic());
  expect(expectShape(shopAnswer, (await own("/api/shop")).body)).toEqual({ shop: null });
  expectProblem(await own("/api/shop", { method: "PATCH", json: { version: 1, isOpen: true } }), "shop_missing");
  const made = await own("/api/shop", { method: "POST" });
  expect(made.status).toBe(200);
  const shop = expectShape(shopSettings, made.body);
  expect(shop).toMatchObject({ isOpen: false, holdMinutes: 15, linesMax: 50, version: 1, address: expect.stringMatching(/\/shop\//) });
  const opened = await own("/api/shop", { method: "PATCH", json: { version: 1, isOpen: true } });
  expect(expectProblem(opened, "shop_incomplete").toSorted()).toEqual(["returnsText", "sellerAddress", "sellerName"]);
  const changed = await own("/api/shop", { method: "PATCH", json: { version: 1, isOpen: true, holdMinutes: 20, ...seller } });
  expect(expectShape(shopSettings, changed.body)).toMatchObject({ ...seller, isOpen: true, holdMinutes: 20, version: 2 });
  expect((await own("/api/shop", { method: "POST" })).body).toEqual(changed.body);
  expectProblem(await own("/api/shop", { method: "PATCH", json: { version: 1, isOpen: false } }), "changed_meanwhile");
  expect(expectProblem(await own("/api/shop", { method: "PATCH", json: { version: 2, sellerName: null } }), "shop_incomplete")).toEqual([
    "sellerName",
  ]);
  for (const wrong of [{ holdMinutes: 4 }, { holdMinutes: 61 }, { linesMax: 0 }, { sellerName: "" }, { ordersMade: 9 }])
    expectProblem(await own("/api/shop", { method: "PATCH", json: { version: 2, ...wrong } }), "invalid_request");
});

const kinds = {
  flat: { kind: "flat", name: "Domicilio", priceMinor: 900_000, daysMin: 1, daysMax: 2, taxPercent: 19, taxIncluded: false },
  by_weight: {
    kind: "by_weight",
    name: "Envío nacional",
    weightSteps: [
      { upToGrams: 1000, priceMinor: 1_200_000 },
      { upToGrams: 5000, priceMinor: 2_100_000 },
    ],
    freeFromMinor: 20_000_000,
    translations: { en: { name: "Delivery in Colombia" } },
  },
} as const;
const pickup = () => ({ kind: "pickup", name: "Recoger", locationId });

async function make(given: object = kinds.flat, by = program): Promise<ShippingOption> {
  const answer = await by("/api/shipping-options", { json: given });
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  return expectShape(shippingOption, answer.body);
}
const change = ({ id, version }: ShippingOption, changes: object) =>
  program(`/api/shipping-options/${id}`, { method: "PATCH", json: { version, ...changes } });
const listed = async (by = program) => expectShape(shippingOptions, (await by("/api/shipping-options")).body).options;

test("all three ways of delivery come back whole", async () => {
  expect(await make(kinds.flat)).toMatchObject({ ...kinds.flat, currency: "COP", weightSteps: [], locationName: null, isActive: true });
  expect(await make(kinds.by_weight)).toMatchObject({ ...kinds.by_weight, priceMinor: 0 });
  expect(await make(pickup())).toMatchObject({ ...pickup(), locationName: "Sede Chapinero" });
});

test.each([
  ["weightSteps", { ...kinds.by_weight, weightSteps: [] }],
  ["weightSteps", { ...kinds.flat, weightSteps: kinds.by_weight.weightSteps }],
  ["weightSteps", { ...kinds.by_weight, weightSteps: kinds.by_weight.weightSteps.toReversed() }],
  ["locationId", { kind: "pickup", name: "Recoger" }],
  ["daysMax", { ...kinds.flat, daysMin: 5, daysMax: 2 }],
  ["daysMax", { kind: "flat", name: "Domicilio", daysMin: 5 }],
  ["kind", { ...kinds.flat, kind: "drone" }],
  ["freeFromMinor", { ...kinds.flat, freeFromMinor: 0 }],
  ["priceMinor", { ...kinds.flat, priceMinor: -1 }],
])("%s does not fit: %j", async (field, given) => {
  expect(expectProblem(await program("/api/shipping-options", { json: given }), "invalid_request")).toContain(field);
});

test("a change is looked at together with what stays, and the kind stays", async () => {
  const flat = await make();
  expect(expectProblem(await change(flat, { daysMax: 0 }), "invalid_request")).toEqual(["daysMax"]);
  expect(expectProblem(await change(flat, { locationId }), "invalid_request")).toEqual(["locationId"]);
  expectProblem(await change(flat, { kind: "pickup" }), "invalid_request");
  expect((await change(flat, { priceMinor: 0, daysMin: null, daysMax: null })).body).toMatchObject({ priceMinor: 0, version: 2 });
  expectProblem(await change(flat, { priceMinor: 1 }), "changed_meanwhile");
  const weight = await make(kinds.by_weight);
  expect(expectProblem(await change(weight, { weightSteps: [] }), "invalid_request")).toEqual(["weightSteps"]);
  const place = await make(pickup());
  expect(expectProblem(await change(place, { locationId: null }), "invalid_request")).toEqual(["locationId"]);
});

test("it is picked up at the merchant's own living location, and one that is archived is seen to be", async () => {
  expectProblem(await program("/api/shipping-options", { json: { ...pickup(), locationId: randomUUID() } }), "location_unknown");
  const other = (await program("/api/locations", { json: { name: "Sede Norte" } })).body as { id: string };
  const there = await make({ ...pickup(), locationId: other.id });
  await program(`/api/locations/${other.id}`, { method: "DELETE" });
  expect((await listed()).find(({ id }) => id === there.id)).toMatchObject({ locationId: other.id, locationName: null });
  expectProblem(await program("/api/shipping-options", { json: { ...pickup(), locationId: other.id } }), "location_unknown");
});

test("they stand in the merchant's order; an archived one is behind, and comes back", async () => {
  const own = await programOf(stage, await stage.openClinic());
  const [a, b, c] = [
    await make(kinds.flat, own),
    await make({ ...kinds.flat, name: "B" }, own),
    await make({ ...kinds.flat, name: "C" }, own),
  ];
  await own("/api/shipping-options/order", { method: "PUT", json: { ids: [c.id, a.id] } });
  expect((await listed(own)).map(({ id }) => id)).toEqual([c.id, a.id, b.id]);
  expect((await own(`/api/shipping-options/${c.id}`, { method: "DELETE" })).status).toBe(204);
  expect((await listed(own)).map(({ id, archivedAt }) => [id, archivedAt !== null])).toEqual([
    [a.id, false],
    [b.id, false],
    [c.id, true],
  ]);
  expectProblem(await own(`/api/shipping-options/${c.id}`, { method: "DELETE" }), "shipping_unknown");
  expect((await own(`/api/shipping-options/${c.id}/restore`, { method: "POST" })).body).toMatchObject({ archivedAt: null });
  expect((await listed(own)).map(({ id }) => id)).toEqual([c.id, a.id, b.id]);
});
