import { describe, expect, test } from "vitest";
import { enterCode, orderBody, put, quote, readCart, sendOrder } from "../../support/shop/shopper.ts";
import { digital, prepareShopStage } from "../../support/shop/stage.ts";
import { settledAtOnce } from "../stories.ts";

const stage = prepareShopStage({ keepsPromises: true });
type Shop = Awaited<ReturnType<typeof stage.openShop>>;

/** What the provider was asked for, in its own books. */
async function chargedMinor(shop: Shop): Promise<number[]> {
  return (await stage.payer.charges(shop.account)).map(({ amountMinor }) => amountMinor);
}

test("the provider is asked for exactly what was shown: odd prices, a code, taxes in and out, and delivery", async () => {
  const shop = await stage.openShop();
  const books = await stage.addProduct(shop, {
    taxPercent: 5,
    taxIncluded: false,
    variants: [{ priceMinor: 3_333_300, weightGrams: 700 }],
  });
  const cups = await stage.addProduct(shop, { taxPercent: 19, variants: [{ priceMinor: 1_799_900, weightGrams: 400 }] });
  await stage.addDiscount(shop, { code: "QUINCE", percent: 12.5 });
  const delivery = await stage.addShipping(shop, {
    kind: "by_weight",
    weightSteps: [
      { upToGrams: 1000, priceMinor: 500_000 },
      { upToGrams: 5000, priceMinor: 999_900 },
    ],
    taxPercent: 19,
    taxIncluded: false,
  });
  const cartId = await stage.fill(shop, { [books.variantIds[0]]: 3, [cups.variantIds[0]]: 1 });
  await enterCode(stage, cartId, "quince");
  const shown = (await quote(stage, cartId, delivery)).body.totals;
  // 12.5 % of 11,799,800 is 1,474,975: in whole pesos 1,474,900, of which the books carry 1,249,900.
  expect(shown).toEqual({
    currency: "COP",
    subTotalMinor: 11_799_800,
    discountMinor: 1_474_900,
    // 5 % of 8,750,000.
    taxAddedMinor: 437_500,
    // 999,900 and 19 % of it, in whole pesos.
    shippingMinor: 1_189_900,
    // With 19 % within 1,574,900.
    taxMinor: 437_500 + 251_455 + 190_000,
    totalMinor: 11_952_300,
  });
  const begun = (await stage.checkOut(shop, cartId, { shipping: delivery })).body;
  expect(begun).toMatchObject({ totalMinor: shown.totalMinor, taxMinor: shown.taxMinor, shippingMinor: shown.shippingMinor });
  await stage.pay(begun.checkoutUrl, "approve");
  await stage.orderReaches(begun, { status: "processed", totalMinor: shown.totalMinor });
  await settledAtOnce(stage, begun.id);
  expect(await chargedMinor(shop)).toEqual([11_952_300]);
});

describe("a discount code", () => {
  async function withCode(wish: Parameters<typeof stage.addDiscount>[1], settings: { quantity?: number } = {}) {
    const shop = await stage.openShop();
    const guide = await stage.addProduct(shop, digital);
    const id = await stage.addDiscount(shop, wish);
    const cartId = await stage.fill(shop, { [guide.variantIds[0]]: settings.quantity ?? 1 });
    return { shop, guide, id, cartId, answer: await enterCode(stage, cartId, wish.code) };
  }

  test("of a sum takes it off, and never more than the goods", async () => {
    const { answer, cartId, guide } = await withCode({ code: "MENOS", amountMinor: 12_000_000 });
    expect(answer.body.totals).toMatchObject({ discountMinor: 10_000_000, totalMinor: 0 });
    expect((await put(stage, cartId, guide.variantIds[0], 2)).body.totals).toMatchObject({
      discountMinor: 12_000_000,
      totalMinor: 8_000_000,
    });
  });

  test.each([
    ["that is not there", { code: "OTRO", percent: 10 }, "NADA", 404, "discount_unknown"],
    ["before its time", { code: "PRONTO", percent: 10, startsIn: "1 hour" }, "PRONTO", 409, "discount_not_yet"],
    ["after its time", { code: "TARDE", percent: 10, endsIn: "-1 second" }, "TARDE", 410, "discount_over"],
    ["with a higher minimum", { code: "MUCHO", percent: 10, minimumMinor: 10_000_001 }, "MUCHO", 409, "discount_minimum"],
    [
      "for other products",
      { code: "OTROS", percent: 10, productIds: ["01900000-0000-7000-8000-00000000dead"] },
      "OTROS",
      409,
      "discount_not_for_these",
    ],
  ])("%s is refused", async (_, wish, code, status, refusal) => {
    const { cartId } = await withCode(wish);
    expect(await enterCode(stage, cartId, code)).toMatchObject({ status, body: { code: refusal } });
  });

  test("for one product takes nothing off the others", async () => {
    const shop = await stage.openShop();
    const guide = await stage.addProduct(shop, digital);
    const other = await stage.addProduct(shop, digital);
    await stage.addDiscount(shop, { code: "GUIA", percent: 50, productIds: [guide.id] });
    const cartId = await stage.fill(shop, { [guide.variantIds[0]]: 1, [other.variantIds[0]]: 1 });
    const { body } = await enterCode(stage, cartId, "GUIA");
    expect(body.lines.map(({ discountMinor }) => discountMinor)).toEqual([5_000_000, 0]);
  });

  test("that stops counting is shown in the cart, and nothing is charged without it", async () => {
    const { shop, id, cartId } = await withCode({ code: "HOY", percent: 10 });
    const body = await orderBody(stage, shop, cartId);
    await stage.owner.query("update discount set ends_at = now() where id = $1", [id]);
    expect((await readCart(stage, cartId)).body).toMatchObject({
      discount: { code: "HOY", problem: "discount_over" },
      totals: { discountMinor: 0, totalMinor: 10_000_000 },
    });
    expect((await sendOrder(stage, cartId, body)).body.code).toBe("discount_over");
  });

  test("for one use is used once: it is free again when its order session lapses, and gone when it is paid", async () => {
    const { shop, guide, cartId } = await withCode({ code: "UNO", percent: 10, usesMax: 1 });
    const other = await stage.fill(shop, { [guide.variantIds[0]]: 1 });
    await enterCode(stage, other, "UNO");
    const begun = (await stage.checkOut(shop, cartId)).body;
    expect((await readCart(stage, other)).body.discount?.problem).toBe("discount_used_up");
    expect((await stage.checkOut(shop, other)).body.code).toBe("discount_used_up");
    // Whoever has it may check out again.
    expect((await readCart(stage, cartId)).body.discount?.problem).toBeNull();
    await stage.timePasses(begun.id, 24 * 60);
    await stage.orderReaches(begun, { status: "expired" });
    const second = (await stage.checkOut(shop, other)).body;
    expect(second).toMatchObject({ status: "active", discounts: 10_000 });
    await stage.pay(second.checkoutUrl, "approve");
    await stage.orderReaches(second, { status: "processed" });
    await settledAtOnce(stage, second.id);
    const { rows } = await stage.owner.query("select used, uses_max from discount where tenant_id = $1", [shop.tenantId]);
    expect(rows).toEqual([{ used: 1, uses_max: 1 }]);
    expect((await stage.checkOut(shop, cartId)).body.code).toBe("discount_used_up");
  });

  test("for one use of each customer counts them by their address", async () => {
    const { shop, guide, cartId } = await withCode({ code: "CADA", percent: 10, usesPerCustomerMax: 1 });
    const begun = (await stage.checkOut(shop, cartId, { email: `customer@${shop.link}.example` })).body;
    await stage.pay(begun.checkoutUrl, "approve");
    await stage.orderReaches(begun, { status: "processed" });
    await settledAtOnce(stage, begun.id);
    const again = await stage.fill(shop, { [guide.variantIds[0]]: 1 });
    await enterCode(stage, again, "CADA");
    expect((await stage.checkOut(shop, again, { email: `CUSTOMER@${shop.link}.example` })).body.code).toBe("discount_used_up");
    expect((await stage.checkOut(shop, again, { email: `other@${shop.link}.example` })).status).toBe(201);
  });
});

describe("delivery", () => {
  const heavy = { variants: [{ priceMinor: 10_000_000, weightGrams: 600 }] };

  test("must be chosen for what is sent, and wants an address", async () => {
    const shop = await stage.openShop();
    const cup = await stage.addProduct(shop, heavy);
    const delivery = await stage.addShipping(shop, { priceMinor: 500_000 });
    const cartId = await stage.fill(shop, { [cup.variantIds[0]]: 1 });
    expect((await stage.checkOut(shop, cartId)).body.code).toBe("shipping_required");
    expect((await stage.checkOut(shop, cartId, { shipping: delivery, address: null })).body.code).toBe("address_required");
    expect((await stage.checkOut(shop, cartId, { shipping: shop.tenantId, seen: { totalMinor: 0, lines: [] } })).body.code).toBe(
      "shipping_unknown",
    );
  });

  test("by weight has the price of its step, and refuses what is too heavy", async () => {
    const shop = await stage.openShop();
    const cup = await stage.addProduct(shop, heavy);
    const steps = [
      { upToGrams: 600, priceMinor: 300_000 },
      { upToGrams: 1200, priceMinor: 500_000 },
    ];
    const delivery = await stage.addShipping(shop, { kind: "by_weight", weightSteps: steps });
    const cartId = await stage.fill(shop, { [cup.variantIds[0]]: 1 });
    expect((await quote(stage, cartId, delivery)).body.totals).toMatchObject({ shippingMinor: 300_000, totalMinor: 10_300_000 });
    await put(stage, cartId, cup.variantIds[0], 3);
    expect((await quote(stage, cartId)).body.shippingOptions).toMatchObject([{ priceMinor: null, problem: "too_heavy" }]);
    expect((await quote(stage, cartId, delivery)).body.code).toBe("too_heavy");
    const seen = { totalMinor: 30_000_000, lines: [] };
    expect((await stage.checkOut(shop, cartId, { shipping: delivery, seen })).body.code).toBe("too_heavy");
  });

  test("is free from a sum of the goods after their discount", async () => {
    const shop = await stage.openShop();
    const cup = await stage.addProduct(shop, heavy);
    await stage.addDiscount(shop, { code: "UNPESO", amountMinor: 100 });
    const delivery = await stage.addShipping(shop, { priceMinor: 500_000, freeFromMinor: 10_000_000 });
    const cartId = await stage.fill(shop, { [cup.variantIds[0]]: 1 });
    expect((await quote(stage, cartId, delivery)).body).toMatchObject({
      totals: { shippingMinor: 0 },
      shippingOptions: [{ priceMinor: 0 }],
    });
    await enterCode(stage, cartId, "UNPESO");
    expect((await quote(stage, cartId, delivery)).body.totals).toMatchObject({ shippingMinor: 500_000, totalMinor: 10_499_900 });
  });

  test("by pick-up needs no address and keeps none", async () => {
    const shop = await stage.openShop();
    const cup = await stage.addProduct(shop, heavy);
    const pickup = await stage.addShipping(shop, { kind: "pickup", name: "En la tienda" });
    const cartId = await stage.fill(shop, { [cup.variantIds[0]]: 1 });
    const { body } = await stage.checkOut(shop, cartId, { shipping: pickup });
    expect(body).toMatchObject({
      address: null,
      shipping: { kind: "pickup", name: "En la tienda", place: { name: "Tienda del centro", address: "Carrera 7 # 12-34, Bogotá" } },
      totalMinor: 10_000_000,
    });
  });

  test("is not asked of what is digital, which cannot run out", async () => {
    const shop = await stage.openShop();
    const guide = await stage.addProduct(shop, { ...digital, variants: [{ priceMinor: 1_000_000, onHand: null }] });
    const cartId = await stage.fill(shop, { [guide.variantIds[0]]: 900 });
    const { body } = await stage.checkOut(shop, cartId, { address: null });
    expect(body).toMatchObject({ shipping: null, address: null, totalMinor: 900_000_000 });
    await stage.pay(body.checkoutUrl, "approve");
    await stage.orderReaches(body, { status: "processed" });
    await settledAtOnce(stage, body.id);
    expect(await stage.stockOf(guide.variantIds[0])).toEqual({ onHand: null, claims: "booked 900" });
  });
});
