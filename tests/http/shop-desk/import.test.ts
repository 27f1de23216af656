import { beforeAll, expect, test } from "vitest";
import { productsPage } from "#contracts/shop-desk/products.ts";
import { type ProductsImportAnswer, productsImportAnswer } from "#contracts/shop-desk/products-import.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { expectShape } from "../request.ts";
import { type Program, programOf } from "../services/shop.ts";
import { makeProduct } from "./desk.ts";

const stage = prepareStage({ worker: false });
let program: Program;
beforeAll(async () => {
  program = await programOf(stage, await stage.openClinic());
});

const read = async (csv: string, { isTrial = false, by = program } = {}): Promise<ProductsImportAnswer> =>
  expectShape(productsImportAnswer, (await by("/api/products/import", { json: { csv, isTrial } })).body);
const listed = async (by = program) => expectShape(productsPage, (await by("/api/products?limit=200")).body).products;
const wrong = ({ problems }: ProductsImportAnswer) => problems.map(({ line, column, problem }) => `${line} ${column} ${problem}`);

const good = [
  "Producto;Variante;Referencia;Precio;Existencias;Aviso en;Categoría;IVA;Digital;Imágenes",
  "Banda elástica;Suave;BAN-S;32.000;24;5;Rehabilitación;19%;no;/demo/logo.svg",
  "Guía de ejercicios;;;45000;ilimitado;;;;sí;",
  "Banda elástica;Fuerte;BAN-F;36.000,00;;;;;;",
].join("\n");

test("a file of a spreadsheet becomes products: lines of one title are its variants", async () => {
  const trial = await read(good, { isTrial: true });
  expect(trial).toMatchObject({ counts: { new: 3, known: 0 }, products: 2, problemsCount: 0, created: 0 });
  expect(trial.rows[0]).toEqual({
    ...{ line: 2, product: "Banda elástica", variant: "Suave", priceMinor: 3_200_000, currency: "COP", onHand: 24, fate: "new" },
  });
  expect(await listed()).toEqual([]);
  expect(await read(good)).toMatchObject({ created: 2 });
  const [band, guide] = await listed();
  expect(band).toMatchObject({ title: "Banda elástica", category: "Rehabilitación", taxPercent: 19, imageUrls: ["/demo/logo.svg"] });
  expect(band?.variants).toMatchObject([
    { title: "Suave", sku: "BAN-S", priceMinor: 3_200_000, onHand: 24, lowStockAt: 5 },
    { title: "Fuerte", sku: "BAN-F", priceMinor: 3_600_000, onHand: 0, lowStockAt: null },
  ]);
  expect(guide).toMatchObject({ isDigital: true, onHand: null });
  const history = (await program(`/api/variants/${band?.variants[0]?.id}/stock`)).body;
  expect(history).toMatchObject({ changes: [{ quantity: 24, reason: "initial" }] });
  expect(await read(good)).toMatchObject({ counts: { new: 0, known: 3 }, created: 0 });
  expect(await listed()).toHaveLength(2);
});

test("each line says what is wrong with it, and with one of them nothing is written", async () => {
  const own = await programOf(stage, await stage.openClinic());
  await makeProduct(own, { variants: [{ priceMinor: 1, sku: "TAKEN" }] });
  const csv = [
    "product,variant,sku,price,stock,low_at,tax_percent,digital,images,weight_grams,per_order_max,category",
    "Buena,,OK-1,1000,1,,,,,,,",
    ",,,1000,,,,,,,,",
    "Pelota,,TAKEN,diez,-1,x,abc,tal vez,javascript:alert(1),pesado,0,",
    "Rollo,A,DUP,1000,,,,,,,,Uno",
    "Rollo,a,DUP,1000,,,,,,,,Dos",
    "Rollo,,,1000,,,,,,,,",
  ].join("\n");
  const answer = await read(csv, { by: own });
  expect(answer).toMatchObject({ created: 0, problemsCount: answer.problems.length });
  expect(wrong(answer).toSorted()).toEqual(
    [
      "3 product title_invalid",
      "4 price price_invalid",
      "4 stock pieces_invalid",
      "4 low_at pieces_invalid",
      "4 tax_percent tax_invalid",
      "4 digital yes_or_no",
      "4 images image_invalid",
      "4 weight_grams weight_invalid",
      "4 per_order_max pieces_invalid",
      "4 sku sku_taken",
      "6 category differs_from_above",
      "6 variant variant_twice",
      "6 sku sku_twice",
      "7 variant variant_title_missing",
    ].toSorted(),
  );
  expect(await listed(own)).toHaveLength(1);
});

test.each([
  ["", "csv"],
  ["nombre\nBanda", "header_missing"],
  ["product,price,colour\nBanda,1,rojo", "column_unknown"],
  ["product,price,precio\nBanda,1,2", "column_twice"],
  ["product,price\n", "no_rows"],
  ['product,price\n"Banda,1', "csv_unreadable"],
  [`product,price\n${"B,1\n".repeat(5001)}`, "too_many_rows"],
])("a file that is none: %s", async (csv, problem) => {
  const answer = await program("/api/products/import", { json: { csv, isTrial: true } });
  if (csv === "") expect(answer.status).toBe(422);
  else expect(expectShape(productsImportAnswer, answer.body).problems.map((each) => each.problem)).toEqual([problem]);
});

test("what is exported is read again by another merchant, and runs no formula", async () => {
  const own = await programOf(stage, await stage.openClinic());
  await makeProduct(own, {
    ...{ title: "=1+1", description: 'Dos líneas\ny "comillas"', category: "Ropa, y más", taxPercent: 5.5, taxIncluded: false },
    ...{ imageUrls: ["/demo/a.svg", "https://cdn.example.com/b.webp"], perOrderMax: 4, isActive: false },
    variants: [
      { title: "S", sku: "-S", priceMinor: 1_234_500, weightGrams: 250, onHand: 3, lowStockAt: 1 },
      { title: "L", priceMinor: 0, onHand: null },
    ],
  });
  const file = await own("/api/products.csv");
  expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(file.text).toContain(`"'=1+1"`);
  const other = await programOf(stage, await stage.openClinic());
  expect(await read(file.text, { by: other })).toMatchObject({ created: 1, problems: [] });
  const plain = (rows: Awaited<ReturnType<typeof listed>>) =>
    rows.map(({ id: _, createdAt: __, updatedAt: ___, variants, ...row }) => ({
      ...row,
      variants: variants.map(({ id: ____, ...rest }) => rest),
    }));
  expect(plain(await listed(other))).toEqual(plain(await listed(own)));
});

test("thousands of lines come in at once", async () => {
  const own = await programOf(stage, await stage.openClinic());
  const lines = Array.from({ length: 2000 }, (_, index) => `Producto ${index % 1000},${index < 1000 ? "A" : "B"},1000,${index}`);
  expect(await read(["product,variant,price,stock", ...lines].join("\n"), { by: own })).toMatchObject({ created: 1000 });
  const { rows } = await stage.owner.query(
    "select count(*)::int as n, sum(quantity)::int as sum from stock_change where tenant_id = (select max(tenant_id::text)::uuid from product where title = 'Producto 999')",
  );
  expect(rows).toEqual([{ n: 1999, sum: (1999 * 2000) / 2 }]);
});
