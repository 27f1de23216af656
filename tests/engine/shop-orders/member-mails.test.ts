import { expect, test } from "vitest";
import type { NoticeMails } from "#contracts/notices/notices.ts";
import { ask } from "#tests/http/request.ts";
import { eventually } from "#tests/support/end-state.ts";
import { type MerchantWish, openMerchant } from "#tests/support/merchant.ts";
import type { Shop } from "#tests/support/shop/shop.ts";
import { prepareShopStage } from "#tests/support/shop/stage.ts";
import { payOrder, reachSale } from "#tests/support/shop-orders/sold.ts";

/** Which members hear of a shop, by the bell and by mail. */
const stage = prepareShopStage({ keepsPromises: true });

async function member(shop: Shop, chosen: string[], wish: MerchantWish = {}) {
  const { cookie, person } = await openMerchant(stage, { tenantId: shop.tenantId, ...wish });
  const as = (path: string, asked: object = {}) => ask(stage, `/api/${path}`, { ...asked, headers: { cookie } });
  const choose = async (kinds: string[]) =>
    (await as("notices/mails", { method: "PUT", json: { chosen: kinds, summaryHour: 18 } })).body as NoticeMails;
  const offered = (await choose(chosen)).offered;
  const subjects = async () => {
    const answer = await fetch(`${stage.simulatorsUrl}/mail/state?to=${encodeURIComponent(person.email)}`);
    return ((await answer.json()) as { mails: { subject: string }[] }).mails.map(({ subject }) => subject).toSorted();
  };
  const bell = async () => ((await as("notices")).body as { notices: { kind: string }[] }).notices.map(({ kind }) => kind).toSorted();
  return { as, offered, choose, subjects, bell };
}

/** All that a sale of the last pieces sets in motion. */
async function sellTheLast(shop: Shop) {
  const goods = [{ title: "Taza", quantity: 3, variants: [{ priceMinor: 2_000_000, onHand: 4 }] }];
  const sale = await reachSale(stage, shop, { goods, shipping: { priceMinor: 0 } });
  await stage.owner.query("update variant set low_stock_at = 2 where id = any ($1)", [sale.variantIds]);
  await payOrder(stage, shop, sale);
  await allDone(shop);
  return sale;
}

async function allDone(shop: Shop) {
  await eventually(async () => {
    const { rows } = await stage.owner.query("select job, state from follow_up where tenant_id = $1 and state in ('pending', 'waiting')", [
      shop.tenantId,
    ]);
    expect(rows).toEqual([]);
  });
}

test("whoever chose them hears of a paid order and of low stock, and whoever switched them off only by the bell", async () => {
  const shop = await stage.openShop();
  const eager = await member(shop, ["new_order", "stock_low"]);
  const quiet = await member(shop, [], { role: "admin" });
  const staff = await member(shop, [], { role: "staff", professionalId: shop.professionalId });
  expect(eager.offered).toEqual(expect.arrayContaining(["new_order", "stock_low"]));
  for (const kind of ["new_order", "stock_low"]) expect(staff.offered).not.toContain(kind);
  await sellTheLast(shop);
  const told = await eager.subjects();
  expect(told).toHaveLength(2);
  expect(told.join()).toMatch(/pedido/i);
  expect(told.join()).toMatch(/Taza/);
  expect(await quiet.subjects()).toEqual([]);
  for (const who of [eager, quiet]) expect(await who.bell()).toEqual(["order.paid", "stock.low"]);
  expect([await staff.subjects(), await staff.bell()]).toEqual([[], []]);
  // Switched off, nothing more comes.
  await eager.choose([]);
  await sellTheLast(shop);
  expect(await eager.subjects()).toEqual(told);
});

test("whoever chose it hears of a cancelled order, but not the one who cancels it", async () => {
  const shop = await stage.openShop();
  const [other, doer, quiet] = [await member(shop, ["cancelled"]), await member(shop, ["cancelled"]), await member(shop, [])];
  const { id } = await sellTheLast(shop);
  expect((await doer.as(`orders/${id}/cancel`, { json: {} })).status).toBe(200);
  await allDone(shop);
  expect(await other.subjects()).toEqual(["Pedido cancelado: 1"]);
  for (const who of [doer, quiet]) expect(await who.subjects()).toEqual([]);
  expect(await quiet.bell()).toContain("order.cancelled");
});
