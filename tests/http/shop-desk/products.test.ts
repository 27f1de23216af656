import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { productsPage } from "#contracts/shop-desk/products.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { expectProblem, expectShape } from "../request.ts";
import { type Program, programOf } from "../services/shop.ts";
import { band, changeProduct, given, makeProduct, readProduct } from "./desk.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
let program: Program;
beforeAll(async () => {
  clinic = await stage.openClinic();
  program = await programOf(stage, clinic);
});

const listed = async (query = "", by = program) => expectShape(productsPage, (await by(`/api/products${query}`)).body);
const titles = async (query = "", by = program) => (await listed(query, by)).products.map(({ title }) => title);
const ownProgram = async () => programOf(stage, await stage.openClinic());
const eventsOf = async (kind: string) =>
  (
    await stage.owner.query("select actor, details, changes from event where tenant_id = $1 and kind = $2 order by id desc", [
      clinic.tenantId,
      kind,
    ])
  ).rows;

test("what a merchant writes comes back whole, and is in the log with who", async () => {
  const wish = {
    id: randomUUID(),
    title: "Rodillera",
    description: "Con varillas.\nSe lava a mano.",
    category: "Ortopedia",
    imageUrls: ["https://cdn.example.com/a.webp", "/demo/logo.svg"],
    taxPercent: 19,
    taxIncluded: false,
    isDigital: false,
    perOrderMax: 3,
    translations: { en: { title: "Knee brace", description: "With stays." } },
    isActive: false,
  };
  const variants = [{ title: "Talla M", sku: "ROD-M", priceMinor: 9_000_050, weightGrams: 300, onHand: 7, lowStockAt: 2 }];
  const made = await makeProduct(program, { ...wish, variants });
  expect(made).toMatchObject({ ...wish, onHand: 7, isLow: false, archivedAt: null, version: 1 });
  expect(made.variants).toEqual([{ ...variants[0], id: expect.any(String), currency: "COP", reserved: 0, isLow: false }]);
  expect(await readProduct(program, made)).toEqual(made);
  const [event] = await eventsOf("product.created");
  expect(event).toMatchObject({
    actor: expect.stringMatching(/^api-key:/),
    details: { productId: made.id },
    changes: { title: [null, "Rodillera"], variants: [[], [{ title: "Talla M", on_hand: 7, price_minor: 9_000_050 }]] },
  });
});

test("variants are added, changed and archived with their product, keep their ids, and change places and SKUs", async () => {
  const made = await makeProduct(program, {
    variants: [
      { title: "S", sku: "V-S", priceMinor: 100_000, onHand: 1 },
      { title: "M", sku: "V-M", priceMinor: 100_000, onHand: 2 },
      { title: "L", priceMinor: 100_000, onHand: 3 },
    ],
  });
  const [small, medium, large] = given(made);
  const answer = await changeProduct(program, made, {
    variants: [
      { ...medium, sku: "V-S", priceMinor: 120_000 },
      { ...small, sku: "V-M" },
      { title: "XL", priceMinor: 130_000 },
    ],
  });
  expect(answer.status, answer.text).toBe(200);
  const now = await readProduct(program, made);
  expect(now.variants.map(({ id, title, sku, priceMinor, onHand }) => ({ id, title, sku, priceMinor, onHand }))).toEqual([
    { id: medium?.id, title: "M", sku: "V-S", priceMinor: 120_000, onHand: 2 },
    { id: small?.id, title: "S", sku: "V-M", priceMinor: 100_000, onHand: 1 },
    { id: expect.any(String), title: "XL", sku: null, priceMinor: 130_000, onHand: 0 },
  ]);
  expect(now).toMatchObject({ version: 2, onHand: 3 });
  const back = await changeProduct(program, now, { variants: [{ id: large?.id, title: "L", priceMinor: 100_000 }] });
  expect(back.body).toMatchObject({ variants: [{ id: large?.id, title: "L", onHand: 3 }] });
});

test("pieces of a variant that is there are not written with the product, but it may be made endless", async () => {
  const made = await makeProduct(program);
  const [first, second] = given(made);
  const refused = await changeProduct(program, made, { variants: [{ ...first, onHand: 99 }, second] });
  expect(expectProblem(refused, "invalid_request")).toEqual(["variants.0.onHand"]);
  expect(await readProduct(program, made)).toEqual(made);
  const endless = await changeProduct(program, made, { variants: [{ ...first, onHand: null }, second] });
  expect(endless.body).toMatchObject({ onHand: null, variants: [{ onHand: null }, { onHand: 4 }] });
  const { rows } = await stage.owner.query(
    "select quantity, on_hand, reason from stock_change where tenant_id = $1 and variant_id = $2 order by created_at, id",
    [clinic.tenantId, first?.id],
  );
  expect(rows).toEqual([{ quantity: 10, on_hand: 10, reason: "initial" }]);
  const [event] = await eventsOf("stock.changed");
  expect(event).toMatchObject({
    details: { productId: made.id, variantId: first?.id, reason: "corrected" },
    changes: { on_hand: [10, null] },
  });
});

test("of what is digital nothing runs out, also once it becomes so", async () => {
  const digital = await makeProduct(program, { isDigital: true, variants: [{ priceMinor: 100_000, onHand: 5 }] });
  expect(digital).toMatchObject({ onHand: null, variants: [{ onHand: null }] });
  const made = await makeProduct(program);
  expect((await changeProduct(program, made, { isDigital: true })).body).toMatchObject({
    onHand: null,
    variants: [{ onHand: null }, { onHand: null, lowStockAt: null }],
  });
});

const variant = { title: "Suave", priceMinor: 1_000 };
const words = (length: number) => "á".repeat(length);

describe("limits", () => {
  test.each([
    ["title", words(120)],
    ["title", "<script>alert(1)</script>"],
    ["description", words(5000)],
    ["category", null],
    ["imageUrls", Array.from({ length: 10 }, (_, index) => `/demo/${index}.svg`)],
    ["taxPercent", 5.5],
    ["taxPercent", 0],
    ["perOrderMax", 1000],
    ["perOrderMax", null],
    ["translations", { fr: { title: "Bande élastique", description: "" } }],
  ])("%s takes %j, and gives it back as it is", async (field, value) => {
    const made = await makeProduct(program);
    const answer = await changeProduct(program, made, { [field]: value });
    expect(answer.status, answer.text).toBe(200);
    expect((answer.body as Record<string, unknown>)[field]).toEqual(value);
  });

  test.each([
    ["title", " "],
    ["title", words(121)],
    ["title", "Banda\nroja"],
    ["description", words(5001)],
    ["category", ""],
    ["category", words(61)],
    ["imageUrls", ["javascript:alert(1)"]],
    ["imageUrls", ["/a.svg", "/a.svg"]],
    ["imageUrls", Array.from({ length: 11 }, (_, index) => `/demo/${index}.svg`)],
    ["taxPercent", -1],
    ["taxPercent", 99.5],
    ["taxPercent", 5.555],
    ["perOrderMax", 0],
    ["translations", { de: { title: "Band", description: "" } }],
    ["variants", []],
    ["variants", [variant, variant]],
    ["variants", [variant, { ...variant, title: "SUAVE" }]],
    ["variants", [variant, { ...variant, title: "" }]],
    ["variants", [{ ...variant, priceMinor: -1 }]],
    ["variants", [{ ...variant, priceMinor: 1.5 }]],
    ["variants", [{ ...variant, priceMinor: 1_000_000_000_000_000 }]],
    ["variants", [{ ...variant, onHand: -1 }]],
    ["variants", [{ ...variant, lowStockAt: -1 }]],
    ["variants", [{ ...variant, sku: words(65) }]],
    ["variants", [{ ...variant, weightGrams: 1_000_001 }]],
    ["variants", [{ ...variant, currency: "USD" }]],
    ["variants", Array.from({ length: 101 }, (_, index) => ({ ...variant, title: `${index}` }))],
  ])("%s does not take %j, and says that it is this field", async (field, value) => {
    const answer = await program("/api/products", { json: { ...band, [field]: value } });
    const paths = expectProblem(answer, "invalid_request");
    expect(paths.every((path) => path === field || path.startsWith(`${field}.`))).toBe(true);
    expect(paths.length).toBeGreaterThan(0);
  });
});

test("an SKU belongs to one product, and the refusal says at which variant", async () => {
  const sku = `SKU-${randomUUID().slice(0, 8)}`;
  await makeProduct(program, { variants: [{ ...variant, sku }] });
  const variants = [variant, { ...variant, title: "Fuerte", sku }];
  expect(expectProblem(await program("/api/products", { json: { ...band, variants } }), "sku_taken")).toEqual(["variants.1.sku"]);
  const made = await makeProduct(program);
  expectProblem(await changeProduct(program, made, { variants }), "sku_taken");
  expect(await readProduct(program, made)).toEqual(made);
  const bodies = await Promise.all(
    [1, 2, 3].map(() => program("/api/products", { json: { ...band, variants: [{ ...variant, sku: `${sku}-2` }] } })),
  );
  expect(bodies.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
});

test("an SKU in the archive stays its product's, and the refusal says which one has it", async () => {
  const sku = `OLD-${randomUUID().slice(0, 8)}`;
  const old = await makeProduct(program, { title: "Banda vieja", variants: [{ ...variant, sku }] });
  expect((await program(`/api/products/${old.id}`, { method: "DELETE" })).status).toBe(204);
  const answer = await program("/api/products", { json: { ...band, variants: [{ ...variant, sku }] } });
  expect(expectProblem(answer, "sku_archived")).toEqual(["variants.0.sku"]);
  expect(answer.text).toContain("an archived product has it: Banda vieja");
});

test("an id is one product's, and a repeat with the same key makes one", async () => {
  const made = await makeProduct(program);
  expectProblem(await program("/api/products", { json: { ...band, id: made.id } }), "id_taken");
  const stolen = { ...variant, id: made.variants[0]?.id };
  expectProblem(await program("/api/products", { json: { ...band, variants: [stolen] } }), "id_taken");
  const headers = { "idempotency-key": randomUUID() };
  const [first, second] = [
    await program("/api/products", { json: band, headers }),
    await program("/api/products", { json: band, headers }),
  ];
  expect(second.body).toEqual(first.body);
});

test("of two people who edit the same, the second is told and nothing of the first is lost", async () => {
  const made = await makeProduct(program);
  expect((await changeProduct(program, made, { category: "Uno" })).status).toBe(200);
  expectProblem(await changeProduct(program, made, { category: "Dos", variants: [variant] }), "changed_meanwhile");
  expect(await readProduct(program, made)).toMatchObject({ category: "Uno", version: 2, variants: made.variants });
});

test("the list is found by words, category, stock and archive, in the merchant's order, page by page", async () => {
  const own = await ownProgram();
  const rows = [
    { title: "Crema de árnica", category: "Cuidado", variants: [{ title: "50 g", sku: "ARN-50", priceMinor: 1, onHand: 9 }] },
    { title: "Banda elástica", category: "Rehabilitación", variants: [{ priceMinor: 1, onHand: 3, lowStockAt: 3 }] },
    { title: "Pelota", category: "Rehabilitación", variants: [{ priceMinor: 1, onHand: 0 }] },
    { title: "Guía", variants: [{ priceMinor: 1, onHand: null }] },
  ];
  const made = [];
  for (const row of rows) made.push(await makeProduct(own, row));
  expect(await listed("", own)).toMatchObject({ categories: ["Cuidado", "Rehabilitación"], next: null });
  expect(await titles("", own)).toEqual(["Crema de árnica", "Banda elástica", "Pelota", "Guía"]);
  expect(await titles("?search=ARNICA%20crema", own)).toEqual(["Crema de árnica"]);
  expect(await titles("?search=arn-50", own)).toEqual(["Crema de árnica"]);
  expect(await titles("?search=%25", own)).toEqual([]);
  expect(await titles("?category=Rehabilitaci%C3%B3n", own)).toEqual(["Banda elástica", "Pelota"]);
  expect(await titles("?stock=low", own)).toEqual(["Banda elástica", "Pelota"]);
  expect(await titles("?stock=out", own)).toEqual(["Pelota"]);
  const [cream, , ball, guide] = made;
  expect((await own("/api/products/order", { method: "PUT", json: { ids: [guide?.id, ball?.id] } })).status).toBe(204);
  expect(await titles("", own)).toEqual(["Guía", "Pelota", "Crema de árnica", "Banda elástica"]);
  const first = await listed("?limit=3", own);
  expect(first.products.map(({ title }) => title)).toEqual(["Guía", "Pelota", "Crema de árnica"]);
  expect(await titles(`?limit=3&cursor=${first.next}`, own)).toEqual(["Banda elástica"]);
  expect((await own(`/api/products/${cream?.id}`, { method: "DELETE" })).status).toBe(204);
  expect(await titles("", own)).not.toContain("Crema de árnica");
  expect(await titles("?state=archived", own)).toEqual(["Crema de árnica"]);
  expectProblem(await own(`/api/products/${cream?.id}`, { method: "DELETE" }), "product_unknown");
  expect((await own(`/api/products/${cream?.id}/restore`, { method: "POST" })).body).toMatchObject({ archivedAt: null });
  expect(await titles("", own)).toEqual(["Guía", "Pelota", "Crema de árnica", "Banda elástica"]);
  expectProblem(await own(`/api/products?cursor=${randomUUID()}`), "product_unknown");
  expectProblem(await own("/api/products/order", { method: "PUT", json: { ids: [randomUUID()] } }), "product_unknown");
});

test("a price is in the merchant's currency of the moment in which it is written", async () => {
  const other = await stage.openClinic();
  const own = await programOf(stage, other);
  const made = await makeProduct(own);
  await stage.owner.query("update tenant set currency = 'USD' where tenant_id = $1", [other.tenantId]);
  expect((await readProduct(own, made)).variants.map(({ currency }) => currency)).toEqual(["COP", "COP"]);
  const answer = await changeProduct(own, made, { variants: given(made) });
  expect(answer.body).toMatchObject({ variants: [{ currency: "USD" }, { currency: "USD" }] });
});
