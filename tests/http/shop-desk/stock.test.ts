import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { Product } from "#contracts/shop-desk/products.ts";
import { stockHistory } from "#contracts/shop-desk/stock.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { openMerchant } from "#tests/support/merchant.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { type Answered, ask, expectProblem, expectShape } from "../request.ts";
import { type Program, programOf } from "../services/shop.ts";
import { changeProduct, given, makeProduct, readProduct, reserve } from "./desk.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
let program: Program;
beforeAll(async () => {
  clinic = await stage.openClinic();
  program = await programOf(stage, clinic);
});

const first = ({ variants }: Product) => variants[0]?.id ?? "";
const change = (id: string, json: object, headers = {}): Promise<Answered> => program(`/api/variants/${id}/stock`, { json, headers });
const history = async (id: string, query = "") => expectShape(stockHistory, (await program(`/api/variants/${id}/stock${query}`)).body);

test("pieces come, go and are counted; the history says why, who and what was left, and adds up", async () => {
  const made = await makeProduct(program);
  const id = first(made);
  expect((await change(id, { change: 5, reason: "received", note: "Pedido 118" })).body).toMatchObject({ onHand: 19, version: 1 });
  await change(id, { change: -2, reason: "damaged" });
  await change(id, { countedTo: 11, seenOnHand: 13, reason: "counted", note: "Inventario" });
  const merchant = await openMerchant(stage, { tenantId: clinic.tenantId });
  await ask(stage, `/api/variants/${id}/stock`, { json: { change: -1, reason: "given" }, headers: { cookie: merchant.cookie } });
  const { changes } = await history(id);
  expect(changes.map(({ quantity, onHand, reason, note }) => ({ quantity, onHand, reason, note }))).toEqual([
    { quantity: -1, onHand: 10, reason: "given", note: null },
    { quantity: -2, onHand: 11, reason: "counted", note: "Inventario" },
    { quantity: -2, onHand: 13, reason: "damaged", note: null },
    { quantity: 5, onHand: 15, reason: "received", note: "Pedido 118" },
    { quantity: 10, onHand: 10, reason: "initial", note: null },
  ]);
  expect(changes[0]?.actor).toEqual({ kind: "member", id: expect.any(String), name: expect.stringMatching(/./) });
  expect(changes[1]?.actor).toEqual({ kind: "api-key", id: expect.any(String), name: "Tests" });
  expect(changes.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(10);
  expect(await readProduct(program, made)).toMatchObject({ onHand: 14, isLow: true });
  const { rows } = await stage.owner.query(
    "select details, changes from event where tenant_id = $1 and kind = 'stock.changed' and details ->> 'variantId' = $2 order by id desc limit 1",
    [clinic.tenantId, id],
  );
  expect(rows).toEqual([
    {
      details: expect.objectContaining({ productId: made.id, variantId: id, reason: "given" }),
      changes: { on_hand: [11, 10] },
    },
  ]);
});

test("the history goes on page by page", async () => {
  const id = first(await makeProduct(program));
  for (const pieces of [1, 2, 3]) await change(id, { change: pieces, reason: "received" });
  const page = await history(id, "?limit=2");
  expect(page.changes.map(({ quantity }) => quantity)).toEqual([3, 2]);
  const rest = await history(id, `?limit=2&cursor=${encodeURIComponent(page.nextCursor ?? "")}`);
  expect(rest).toMatchObject({ changes: [{ quantity: 1 }, { quantity: 10 }], nextCursor: null });
  expectProblem(await program(`/api/variants/${id}/stock?cursor=x`), "invalid_request");
});

test("nothing is taken from customers who are paying; what they held in vain is free again", async () => {
  const made = await makeProduct(program);
  const id = first(made);
  await reserve(stage, clinic, id, { quantity: 4 });
  await reserve(stage, clinic, id, { quantity: 3, seconds: -60 });
  expect((await readProduct(program, made)).variants[0]).toMatchObject({ onHand: 10, reserved: 4 });
  expectProblem(await change(id, { change: -7, reason: "damaged" }), "stock_reserved");
  expectProblem(await change(id, { countedTo: 3, reason: "counted" }), "stock_reserved");
  expect((await history(id)).changes).toHaveLength(1);
  expect((await change(id, { countedTo: 4, reason: "counted" })).body).toMatchObject({ variants: [{ onHand: 4, reserved: 4 }, {}] });
});

test("who counted something else than what was there at that moment is told", async () => {
  const id = first(await makeProduct(program));
  await change(id, { change: -1, reason: "given" });
  expectProblem(await change(id, { countedTo: 8, seenOnHand: 10, reason: "counted" }), "stock_changed");
  expect((await history(id)).changes).toHaveLength(2);
});

test("what cannot run out is counted first, and then it can", async () => {
  const made = await makeProduct(program);
  const id = first(made);
  const [own, other] = given(made);
  await changeProduct(program, made, { variants: [{ ...own, onHand: null }, other] });
  expect(expectProblem(await change(id, { change: 1, reason: "received" }), "invalid_request")).toEqual(["change"]);
  expect((await change(id, { countedTo: 6, seenOnHand: null, reason: "counted" })).body).toMatchObject({ variants: [{ onHand: 6 }, {}] });
  const { changes } = await history(id);
  expect(changes.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(6);
});

test.each([
  ["change", { change: 0, reason: "received" }],
  ["change", { change: 1.5, reason: "received" }],
  ["reason", { change: 1, reason: "sold" }],
  ["reason", { change: 1, reason: "initial" }],
  ["reason", { change: 1 }],
  ["countedTo", { countedTo: -1, reason: "counted" }],
  ["both", { change: 1, countedTo: 1, reason: "counted" }],
  ["note", { change: 1, reason: "received", note: "á".repeat(501) }],
  ["change", { change: -11, reason: "damaged" }],
])("%s: %j changes nothing", async (_field, json) => {
  const made = await makeProduct(program);
  expectProblem(await change(first(made), json), "invalid_request");
  expect(await readProduct(program, made)).toEqual(made);
});

test("a double click takes once, and an archived variant has no stock to change", async () => {
  const made = await makeProduct(program);
  const key = { "idempotency-key": randomUUID() };
  const json = { change: -1, reason: "given" };
  const answers = await Promise.all([change(first(made), json, key), change(first(made), json, key)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(await readProduct(program, made)).toMatchObject({ onHand: 13 });
  await changeProduct(program, made, { variants: given(made).slice(1) });
  expectProblem(await change(first(made), json), "variant_unknown");
  expect((await history(first(made))).changes).toHaveLength(2);
});

test("many who change at once lose nothing of each other", async () => {
  const made = await makeProduct(program);
  const answers = await Promise.all(Array.from({ length: 12 }, () => change(first(made), { change: -1, reason: "given" })));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
  const { changes } = await history(first(made));
  expect(changes.map(({ onHand }) => onHand)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});
