import { afterAll, beforeAll, expect, test } from "vitest";
import { type Engine, startEngine } from "../../support/engine-process.ts";
import { shelfOf } from "../../support/shop/shelf.ts";
import { checkOut, fill } from "../../support/shop/shopper.ts";
import { digital, prepareShopStage } from "../../support/shop/stage.ts";
import { inCrowds, isLongForm } from "../contest.ts";
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

const [buyers, pieces] = isLongForm ? [1000, 50] : [48, 12];
/** As many as a browser's rush has under way; all carts were filled before. */
const atOnce = 64;

test(`of ${pieces} pieces ${buyers} customers at two processes buy ${pieces}; the others are told`, async () => {
  const shop = await stage.openShop();
  const product = await stage.addProduct(shop, { ...digital, variants: [{ priceMinor: 10_000_000, onHand: pieces }] });
  const [variantId] = product.variantIds;
  const carts: string[] = [];
  await inCrowds(
    Array.from({ length: buyers }, () => async () => void carts.push(await fill(stage, shop, { [variantId]: 1 }))),
    atOnce,
  );
  const answers: Awaited<ReturnType<typeof checkOut>>[] = [];
  const buy = (cartId: string, n: number) => async () => {
    const at = { appUrl: engines[n % 2]?.url ?? "" };
    answers.push(await checkOut(at, shop, cartId, { email: `buyer${n}@example.com` }));
  };
  await inCrowds(carts.map(buy), atOnce);
  expect(tally(answers.map(({ status, body }) => (status === 201 ? "done" : String(body.code))))).toEqual({
    done: pieces,
    out_of_stock: buyers - pieces,
  });
  // An honest no: what is left, and nothing of what was wanted.
  const refused = answers.filter(({ status }) => status !== 201);
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([409]));
  for (const { body } of refused) expect(body.problem.lines).toEqual([{ variantId, available: 0 }]);
  const { rows } = await stage.owner.query("select count(*)::int as sessions from order_session where tenant_id = $1", [shop.tenantId]);
  expect(rows).toEqual([{ sessions: pieces }]);
  expect((await shelfOf(stage, variantId)).claims).toEqual({ paying: pieces });
});
