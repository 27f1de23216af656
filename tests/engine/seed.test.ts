import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { demo } from "#db/demo.ts";
import { seedDemo } from "#db/seed.ts";
import { resetEnv } from "#platform/env.ts";
import { loadCatalog } from "#queries/catalog.ts";
import { findConnection } from "#queries/connections.ts";
import { loadDiscounts } from "#queries/shop-desk/discounts.ts";
import { listProducts } from "#queries/shop-desk/products.ts";
import { loadShippingOptions } from "#queries/shop-desk/shipping-options.ts";
import { findShop } from "#queries/shop-desk/shop.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage({ worker: false });

const { tenantId } = demo;
const tables = ["service", "professional", "service_professional", "working_hours", "booking_link", "connection", "directory"].concat([
  "shop",
  "product",
  "variant",
  "stock_change",
  "discount",
  "shipping_option",
]);
const counts = async () =>
  Promise.all(tables.map(async (table) => (await stage.owner.query(`select count(*)::int as rows from ${table}`)).rows[0].rows));

test("a repeated seed brings addresses and seals up to date and leaves alone what a person changed", async () => {
  await seedDemo({ simulatorsUrl: "http://one.example" });
  const before = await counts();
  const catalog = await loadCatalog(demo.link.publicId);
  expect(catalog.tenant.id).toBe(tenantId);
  expect(catalog.services.map(({ id }) => id)).toEqual(demo.services.map(({ id }) => id));
  expect(catalog.professionals.map(({ hours }) => hours.length)).toEqual([10, 6, 12]);
  expect(catalog.services[0]?.rules.stepMinutes).toBe(15);
  await stage.owner.query("update service set name = 'Renamed' where id = $1", [demo.services[0].id]);
  await stage.owner.query("delete from working_hours where professional_id = $1", [demo.professionals[0].id]);

  process.env["ENCRYPTION_KEYS"] = `another:${randomBytes(32).toString("hex")}`;
  resetEnv();
  await seedDemo({ simulatorsUrl: "http://two.example" });
  const { rows } = await stage.owner.query("select callback_url, return_url from tenant");
  expect(rows).toEqual([
    { callback_url: "http://two.example/merchant/demo/callback", return_url: "http://two.example/merchant/demo/return" },
  ]);
  const connection = await findConnection({ tenantId, kind: "payment" });
  expect(Object.values(demo)).toContainEqual(expect.objectContaining({ credentials: connection?.credentials }));
  const hours = tables.indexOf("working_hours");
  expect(await counts()).toEqual(before.with(hours, (before[hours] ?? 0) - 10));
  expect((await stage.owner.query("select name from service where id = $1", [demo.services[0].id])).rows).toEqual([{ name: "Renamed" }]);
});

test("the demo's shop has something of everything that customers and merchants may meet", async () => {
  await seedDemo({ simulatorsUrl: "http://one.example" });
  const { products, categories } = await listProducts({ tenantId, filters: { state: "current" }, limit: 50 });
  expect(categories).toHaveLength(3);
  expect(products).toHaveLength(10);
  expect(products.filter(({ onHand }) => onHand === 0).map(({ title }) => title)).toEqual(["Almohada cervical"]);
  expect(products.filter(({ isDigital }) => isDigital)).toMatchObject([{ onHand: null }]);
  expect(products.find(({ isLow, onHand }) => isLow && onHand === 2)).toMatchObject({ title: "Tensiómetro de brazo" });
  for (const address of products.flatMap(({ imageUrls }) => imageUrls)) expect(existsSync(`public${address}`), address).toBe(true);
  expect((await loadDiscounts(tenantId)).map(({ code, percent, amountMinor }) => [code, percent, amountMinor]).toSorted()).toEqual([
    ["BIENVENIDA10", 10, null],
    ["REGALO15", null, 1_500_000],
  ]);
  expect((await loadShippingOptions(tenantId)).map(({ kind }) => kind)).toEqual(["flat", "by_weight", "pickup"]);
  expect(await findShop(tenantId)).toMatchObject({ isOpen: true, address: expect.stringMatching(/\/shop\/aurora$/) });
});
