import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { type Discount, discount, discounts } from "#contracts/shop-desk/discounts.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { expectProblem, expectShape } from "../request.ts";
import { type Program, programOf } from "../services/shop.ts";
import { makeProduct } from "./desk.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
let program: Program;
beforeAll(async () => {
  clinic = await stage.openClinic();
  program = await programOf(stage, clinic);
});

let made = 0;
function newCode(): string {
  made += 1;
  return `CODE${made}`;
}
async function make(changes: object = {}): Promise<Discount> {
  const answer = await program("/api/discounts", { json: { code: newCode(), percent: 10, ...changes } });
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  return expectShape(discount, answer.body);
}
const change = ({ id, version }: Discount, changes: object) =>
  program(`/api/discounts/${id}`, { method: "PATCH", json: { version, ...changes } });
const read = async ({ id }: Discount) => expectShape(discount, (await program(`/api/discounts/${id}`)).body);

test("a code is kept in capitals and comes back whole; days are the merchant's", async () => {
  const { id: productId } = await makeProduct(program);
  const terms = { usesMax: 10, usesPerCustomerMax: 1, minimumMinor: 5_000_000, productIds: [productId], isActive: true };
  const mine = await make({ code: " bienvenida-10 ", percent: 12.5, startsAt: "2026-01-01", endsAt: "2099-12-31", ...terms });
  expect(mine).toMatchObject({
    ...{ code: "BIENVENIDA-10", percent: 12.5, amountMinor: null, currency: "COP", ...terms },
    // Bogotá is five hours behind.
    ...{ startsAt: "2026-01-01T05:00:00.000Z", endsAt: "2100-01-01T05:00:00.000Z" },
    ...{ used: 0, reserved: 0, state: "open", archivedAt: null, version: 1 },
  });
  expect(await read(mine)).toEqual(mine);
  const list = expectShape(discounts, (await program("/api/discounts")).body);
  expect(list.discounts[0]).toEqual(mine);
});

test("it is a percentage or a sum, and the one ends the other", async () => {
  const mine = await make();
  expect((await change(mine, { amountMinor: 500_000 })).body).toMatchObject({ percent: null, amountMinor: 500_000 });
  expect((await change(await read(mine), { percent: 5 })).body).toMatchObject({ percent: 5, amountMinor: null });
  expect(expectProblem(await change(await read(mine), { percent: null }), "invalid_request")).toEqual(["percent"]);
  expectProblem(await program("/api/discounts", { json: { code: newCode() } }), "invalid_request");
  expectProblem(await program("/api/discounts", { json: { code: newCode(), percent: 5, amountMinor: 5 } }), "invalid_request");
});

test.each([
  ["code", "A"],
  ["code", "CON ESPACIO"],
  ["code", "AÑO"],
  ["code", "-X1"],
  ["code", "X".repeat(33)],
  ["percent", 0],
  ["percent", 100.5],
  ["percent", 5.555],
  ["amountMinor", 0],
  ["usesMax", 0],
  ["usesPerCustomerMax", 0],
  ["minimumMinor", 0],
  ["productIds", []],
  ["startsAt", "mañana"],
  ["endsAt", "2026-02-30"],
])("%s does not take %j", async (field, value) => {
  const terms = field === "amountMinor" ? {} : { percent: 10 };
  const answer = await program("/api/discounts", { json: { code: newCode(), ...terms, [field]: value } });
  expect(expectProblem(answer, "invalid_request").some((path) => path.startsWith(field) || path === "percent")).toBe(true);
});

test("it ends after it begins, whichever of the two is changed, and is not limited under what was used", async () => {
  const mine = await make({ startsAt: "2026-06-01", endsAt: "2026-06-30" });
  expect(expectProblem(await change(mine, { endsAt: "2026-05-01" }), "invalid_request")).toEqual(["endsAt"]);
  expect(expectProblem(await change(mine, { startsAt: "2026-08-01" }), "invalid_request")).toEqual(["endsAt"]);
  await stage.owner.query("update discount set used = 3 where tenant_id = $1 and id = $2", [clinic.tenantId, mine.id]);
  expect(expectProblem(await change(mine, { usesMax: 2 }), "invalid_request")).toEqual(["usesMax"]);
  expect((await change(mine, { usesMax: 3, startsAt: null, endsAt: null })).body).toMatchObject({ used: 3, state: "used_up" });
});

test("its state says why it does not count", async () => {
  const states = await Promise.all([
    make(),
    make({ isActive: false }),
    make({ startsAt: "2090-01-01" }),
    make({ startsAt: "2020-01-01", endsAt: "2020-01-02" }),
  ]);
  expect(states.map(({ state }) => state)).toEqual(["open", "off", "not_yet", "over"]);
});

test("two living codes are never called the same, and an archived one comes back only if its name is free", async () => {
  const mine = await make();
  expect(expectProblem(await program("/api/discounts", { json: { code: mine.code.toLowerCase(), percent: 5 } }), "discount_taken")).toEqual(
    ["code"],
  );
  expectProblem(await change(await make(), { code: mine.code }), "discount_taken");
  expect((await program(`/api/discounts/${mine.id}`, { method: "DELETE" })).status).toBe(204);
  expect(await read(mine)).toMatchObject({ state: "archived" });
  const second = await make({ code: mine.code });
  expectProblem(await program(`/api/discounts/${mine.id}/restore`, { method: "POST" }), "discount_taken");
  await program(`/api/discounts/${second.id}`, { method: "DELETE" });
  expect((await program(`/api/discounts/${mine.id}/restore`, { method: "POST" })).body).toMatchObject({ state: "open" });
  const code = newCode();
  const answers = await Promise.all([1, 2, 3].map(() => program("/api/discounts", { json: { code, percent: 5 } })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
});

test("it counts for the merchant's own products, and the second of two editors is told", async () => {
  expectProblem(await program("/api/discounts", { json: { code: newCode(), percent: 5, productIds: [randomUUID()] } }), "product_unknown");
  const foreign = await makeProduct(await programOf(stage, await stage.openClinic()));
  expectProblem(await program("/api/discounts", { json: { code: newCode(), percent: 5, productIds: [foreign.id] } }), "product_unknown");
  const mine = await make();
  expect((await change(mine, { isActive: false })).status).toBe(200);
  expectProblem(await change(mine, { isActive: true }), "changed_meanwhile");
});
