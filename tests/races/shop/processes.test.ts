import { afterAll, beforeAll, expect, test } from "vitest";
import { type Engine, startEngine } from "../../support/engine-process.ts";
import { shelfOf } from "../../support/shop/shelf.ts";
import { checkOut, fill } from "../../support/shop/shopper.ts";
import { digital, prepareShopStage } from "../../support/shop/stage.ts";
import { isLongForm } from "../contest.ts";
import { tally } from "./orders.ts";

/** Two web processes on one database, and nothing between them but its locks. */
const stage = prepareShopStage({ worker: false, keepsPromises: true });
let engines: Engine[] = [];
beforeAll(async () => {
  engines = await Promise.all([startEngine({ WORKER: "off" }), startEngine({ WORKER: "off" })]);
  await Promise.all(engines.map((engine) => engine.ready()));
}, 120_000);
afterAll(async () => {
  await Promise.all(engines.map((engine) => engine.stop()));
});

const buyers = isLongForm ? 400 : 48;
const pieces = 12;

test(`of ${pieces} pieces ${buyers} customers at two processes buy ${pieces}; the others are told`, async () => {
  const shop = await stage.openShop();
  const product = await stage.addProduct(shop, { ...digital, variants: [{ priceMinor: 10_000_000, onHand: pieces }] });
  const [variantId] = product.variantIds;
  const carts = await Promise.all(Array.from({ length: buyers }, () => fill(stage, shop, { [variantId]: 1 })));
  const answers = await Promise.all(
    carts.map((cartId, n) => checkOut({ appUrl: engines[n % 2]?.url ?? "" }, shop, cartId, { email: `buyer${n}@example.com` })),
  );
  expect(tally(answers.map(({ status, body }) => (status === 201 ? "done" : String(body.code))))).toEqual({
    done: pieces,
    out_of_stock: buyers - pieces,
  });
  expect((await shelfOf(stage, variantId)).claims).toEqual({ paying: pieces });
});
