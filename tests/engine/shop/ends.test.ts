import { expect, test } from "vitest";
import { eventually } from "../../support/end-state.ts";
import { readEffects } from "../../support/outside-effects.ts";
import { enterCode, giveUp, orderBody, payAgain, readCart, sendOrder } from "../../support/shop/shopper.ts";
import { digital, prepareShopStage } from "../../support/shop/stage.ts";
import { withLateBanks, withOpenPages } from "../capabilities/playable.ts";
import { hurryPolls, minutesOfHold, minutesUntilGone, refundOfCard, settledAtOnce } from "../stories.ts";

const stage = prepareShopStage({ keepsPromises: true });
type Shop = Awaited<ReturnType<typeof stage.openShop>>;

const lastOne = { ...digital, variants: [{ priceMinor: 10_000_000, onHand: 1 }] };

/** Rows that tell of what customers did, besides their carts. */
async function traces(shop: Shop): Promise<Record<string, number>> {
  const tables = ["checkout", "order_session", "order_line", "stock_claim", "discount_claim", "payment", "charge", "shop_order"];
  const counts = [...tables, "event", "follow_up", "refund_case"].map(
    (table) => `(select count(*)::int from ${table} where tenant_id = $1) as ${table}`,
  );
  const { rows } = await stage.owner.query<Record<string, number>>(`select ${counts.join(", ")}`, [shop.tenantId]);
  return Object.fromEntries(Object.entries(rows[0] ?? {}).filter(([, count]) => count > 0));
}

test("unpaid, it expires in silence: stock and code are free again, and the clean-up leaves only the cart", async () => {
  const shop = await stage.openShop();
  const last = await stage.addProduct(shop, lastOne);
  await stage.addDiscount(shop, { code: "UNO", percent: 10, usesMax: 1 });
  const cartId = await stage.fill(shop, { [last.variantIds[0]]: 1 });
  await enterCode(stage, cartId, "UNO");
  const begun = (await stage.checkOut(shop, cartId)).body;
  await stage.pay(begun.checkoutUrl, "leave_unpaid");
  await stage.timePasses(begun.id, minutesOfHold);
  await stage.orderReaches(begun, { status: "expired", isProcessed: false, order: null, refund: null });
  expect(await stage.stockOf(last.variantIds[0])).toEqual({ onHand: 1, claims: "expired 1" });
  expect((await payAgain(stage, begun)).body.code).toBe("checkout_closed");
  expect(await readEffects(stage, shop)).toMatchObject({ mails: [], callbacks: [] });
  const other = await stage.fill(shop, { [last.variantIds[0]]: 1 });
  expect((await enterCode(stage, other, "UNO")).body.discount?.problem).toBeNull();

  await stage.timePasses(begun.id, minutesUntilGone);
  await eventually(async () => {
    await fetch(`${stage.appUrl}/api/cron/cleanup-unpaid`, {
      method: "POST",
      headers: { authorization: "Bearer cron-secret-of-the-tests" },
    });
    expect(await traces(shop)).toEqual({});
  });
  expect((await readCart(stage, cartId)).body).toMatchObject({ lines: [{ quantity: 1 }], paying: null, order: null });
});

test("given up by its customer, its stock is free at once; a repeat changes nothing", async () => {
  const shop = await stage.openShop();
  const last = await stage.addProduct(shop, lastOne);
  const begun = await stage.reachOrder(shop, { product: last });
  for (const _ of [1, 2]) expect(await giveUp(stage, begun)).toMatchObject({ status: 200, body: { status: "cancelled", order: null } });
  expect(await stage.stockOf(last.variantIds[0])).toEqual({ onHand: 1, claims: "released 1" });
  expect((await readCart(stage, begun.cartId)).body).toMatchObject({ lines: [{ quantity: 1 }], paying: null });
  const { rows } = await stage.owner.query(
    "select kind, details->>'reason' as reason from event where subject_id = $1 and kind = 'order.cancelled'",
    [begun.id],
  );
  expect(rows).toEqual([{ kind: "order.cancelled", reason: "cancelled" }]);
});

test("what is paid cannot be given up", async () => {
  const shop = await stage.openShop();
  const begun = await stage.reachOrder(shop);
  await stage.pay(begun.checkoutUrl, "approve");
  await stage.orderReaches(begun, { status: "processed" });
  expect((await giveUp(stage, begun)).body.code).toBe("already_paid");
  await settledAtOnce(stage, begun.id);
});

/** A bank that answers only after the end. */
async function pendingPast(shop: Shop, given: Parameters<typeof stage.reachOrder>[1]) {
  const begun = await stage.reachOrder(shop, given);
  const { chargeIds } = await stage.pay(begun.checkoutUrl, "pending");
  const states = async () => (await stage.owner.query("select status from payment where checkout_id = $1", [begun.id])).rows;
  await eventually(async () => {
    await hurryPolls(stage, begun.id);
    expect(await states()).toEqual([{ status: "pending" }]);
  });
  await stage.timePasses(begun.id, Math.max(41, minutesOfHold));
  await stage.orderReaches(begun, { status: "expired" });
  return { ...begun, chargeId: chargeIds[0] };
}

withLateBanks.story("money that comes after the end still buys what is there", async () => {
  const shop = await stage.openShop();
  const begun = await pendingPast(shop, { product: await stage.addProduct(shop, lastOne) });
  await stage.payer.decide(begun.chargeId, "approved");
  await stage.orderReaches(begun, { status: "processed", order: expect.objectContaining({ number: 1, orderStatus: "paid" }) });
  await settledAtOnce(stage, begun.id);
  expect(await stage.stockOf(begun.product.variantIds[0])).toEqual({ onHand: 0, claims: "booked 1" });
});

withLateBanks.story("money that comes after the last one was sold goes back, and the page says what is left", async () => {
  const shop = await stage.openShop();
  const last = await stage.addProduct(shop, lastOne);
  const late = await pendingPast(shop, { product: last });
  const winner = await stage.reachOrder(shop, { product: last });
  await stage.pay(winner.checkoutUrl, "approve");
  await stage.orderReaches(winner, { status: "processed" });
  await stage.payer.decide(late.chargeId, "approved");
  await stage.orderReaches(late, { status: "cancelled" });
  await settledAtOnce(stage, late.id);
  expect(await stage.orderState(late)).toMatchObject({
    order: null,
    refund: expect.objectContaining({ reason: "capacity_gone", state: refundOfCard.state, amountMinor: 10_000_000 }),
    left: [{ variantId: last.variantIds[0], available: 0 }],
  });
  await settledAtOnce(stage, winner.id);
  // Their cart is theirs again: nothing was bought with it.
  expect((await readCart(stage, late.cartId)).body).toMatchObject({ order: null, changes: [{ kind: "stock", available: 0 }] });
  expect(await stage.stockOf(last.variantIds[0])).toMatchObject({ onHand: 0 });
});

withOpenPages.story("whoever pays the page of an order session that they replaced gets that money back, and one order", async () => {
  const shop = await stage.openShop();
  const first = await stage.reachOrder(shop);
  const second = (await sendOrder(stage, first.cartId, await orderBody(stage, shop, first.cartId, { more: { note: "regalo" } }))).body;
  await stage.pay(second.checkoutUrl, "approve");
  await stage.orderReaches(second, { status: "processed" });
  await stage.pay(first.checkoutUrl, "approve");
  await stage.orderReaches(first, { status: "cancelled", order: null, refund: expect.objectContaining({ reason: "cancelled" }) });
  await settledAtOnce(stage, first.id);
  await settledAtOnce(stage, second.id);
  const { rows } = await stage.owner.query("select id from shop_order where tenant_id = $1", [shop.tenantId]);
  expect(rows).toEqual([{ id: second.id }]);
});
