import { describe, expect, test } from "vitest";
import { newCart, orderBody, put, readCart, sendOrder } from "../../support/shop/shopper.ts";
import { digital, prepareShopStage } from "../../support/shop/stage.ts";
import { facts } from "../stories.ts";

const stage = prepareShopStage({ worker: false, keepsPromises: true });

async function cartOf(settings: { onHand?: number; quantity?: number } = {}) {
  const shop = await stage.openShop();
  const guide = await stage.addProduct(shop, { ...digital, variants: [{ priceMinor: 10_000_000, onHand: settings.onHand ?? 5 }] });
  const [variantId] = guide.variantIds;
  const cartId = await stage.fill(shop, { [variantId]: settings.quantity ?? 2 });
  return { shop, guide, variantId, cartId };
}
const paymentsOf = async (tenantId: string) =>
  (await stage.owner.query("select count(*)::int as n from payment where tenant_id = $1", [tenantId])).rows[0].n;
const setPrice = (variantId: string, priceMinor: number) =>
  stage.owner.query("update variant set price_minor = $2 where id = $1", [variantId, priceMinor]);

describe("between the cart and the checkout", () => {
  test("a changed price is refused with the new cart, and charged only once it was seen", async () => {
    const { shop, variantId, cartId } = await cartOf();
    const body = await orderBody(stage, shop, cartId);
    await setPrice(variantId, 11_000_000);
    const changes = [{ kind: "price", variantId, productTitle: "Guía", variantTitle: "", beforeMinor: 10_000_000, nowMinor: 11_000_000 }];
    expect((await readCart(stage, cartId)).body).toMatchObject({ changes, totals: { totalMinor: 22_000_000 } });
    const { status, body: refused } = await sendOrder(stage, cartId, body);
    expect([status, refused.code]).toEqual([409, "cart_changed"]);
    expect(refused.problem.cart).toMatchObject({ id: cartId, changes, totals: { totalMinor: 22_000_000 } });
    expect(await paymentsOf(shop.tenantId)).toBe(0);
    const accepted = await stage.checkOut(shop, cartId);
    expect(accepted).toMatchObject({ status: 201, body: { totalMinor: 22_000_000 } });
    // What was accepted is no change any more.
    expect((await readCart(stage, cartId)).body.changes).toEqual([]);
  });

  test("a lower price is no other: nobody is charged what they were not shown", async () => {
    const { shop, variantId, cartId } = await cartOf();
    const body = await orderBody(stage, shop, cartId);
    await setPrice(variantId, 9_000_000);
    expect((await sendOrder(stage, cartId, body)).body.code).toBe("cart_changed");
  });

  test("a change in another tab is seen by its pieces, even where the sum is the same", async () => {
    const { shop, variantId, cartId } = await cartOf();
    const twin = await stage.addProduct(shop, digital);
    const body = await orderBody(stage, shop, cartId);
    await put(stage, cartId, variantId, 1);
    await put(stage, cartId, twin.variantIds[0], 1);
    expect((await sendOrder(stage, cartId, body)).body.code).toBe("cart_changed");
  });

  test("stock that is gone is refused with what is left", async () => {
    const { shop, variantId, cartId } = await cartOf({ onHand: 3, quantity: 3 });
    const body = await orderBody(stage, shop, cartId);
    await stage.reachOrder(shop, { product: { id: "", variantIds: [variantId] }, quantity: 1 });
    expect((await readCart(stage, cartId)).body).toMatchObject({
      changes: [{ kind: "stock", variantId, wanted: 3, available: 2 }],
      lines: [{ quantity: 3, quantityMax: 2 }],
    });
    const refused = await sendOrder(stage, cartId, body);
    expect(refused.status).toBe(409);
    expect(refused.body.problem).toMatchObject({ code: "out_of_stock", lines: [{ variantId, available: 2 }] });
    // Fewer are never refused, and fit.
    await put(stage, cartId, variantId, 2);
    expect((await stage.checkOut(shop, cartId)).status).toBe(201);
    expect(await stage.stockOf(variantId)).toEqual({ onHand: 3, claims: "paying 1, paying 2" });
  });

  test("all lines are taken or none", async () => {
    const { shop, variantId, cartId } = await cartOf();
    const rare = await stage.addProduct(shop, { ...digital, variants: [{ priceMinor: 10_000_000, onHand: 1 }] });
    await put(stage, cartId, rare.variantIds[0], 1);
    const body = await orderBody(stage, shop, cartId);
    await stage.reachOrder(shop, { product: rare });
    expect((await sendOrder(stage, cartId, body)).body.code).toBe("out_of_stock");
    expect(await stage.stockOf(variantId)).toEqual({ onHand: 5, claims: null });
  });

  test("what is no longer sold is in no sum, and nothing is bought in its place unseen", async () => {
    const { shop, guide, variantId, cartId } = await cartOf();
    const other = await stage.addProduct(shop, digital);
    await put(stage, cartId, other.variantIds[0], 1);
    const body = await orderBody(stage, shop, cartId);
    await stage.owner.query("update product set deleted_at = now() where id = $1", [guide.id]);
    expect((await sendOrder(stage, cartId, body)).body.problem).toMatchObject({
      code: "cart_changed",
      cart: { changes: [{ kind: "gone", variantId }], lines: [{ variantId: other.variantIds[0] }], totals: { totalMinor: 10_000_000 } },
    });
    expect((await put(stage, cartId, variantId, 1)).body.code).toBe("variant_unknown");
    const { body: begun } = await stage.checkOut(shop, cartId);
    expect(begun.cartItems.map((item) => item.variantId)).toEqual([other.variantIds[0]]);
  });

  test("a closed shop sells nothing, and its carts can be read and emptied", async () => {
    const { shop, variantId, cartId } = await cartOf();
    const body = await orderBody(stage, shop, cartId);
    await stage.owner.query("update shop set is_open = false where tenant_id = $1", [shop.tenantId]);
    expect((await sendOrder(stage, cartId, body)).body.code).toBe("shop_closed");
    expect((await put(stage, cartId, variantId, 3)).body.code).toBe("shop_closed");
    expect((await put(stage, cartId, variantId, 0)).body.lines).toEqual([]);
  });
});

test("whoever wants what an ended page still keeps has its provider asked at once", async () => {
  const { shop, variantId, cartId } = await cartOf({ onHand: 1, quantity: 1 });
  const guide = { id: "", variantIds: [variantId] as [string] };
  const first = await stage.reachOrder(shop, { product: guide });
  const wanted = async () => {
    const { rows } = await stage.owner.query("select wanted_at is not null as wanted from payment where checkout_id = $1", [first.id]);
    await stage.owner.query("update payment set wanted_at = null where checkout_id = $1", [first.id]);
    return rows[0]?.wanted;
  };
  const { body: other } = await newCart(stage, shop);
  expect((await put(stage, other.id, variantId, 1)).body.code).toBe("out_of_stock");
  expect(await wanted()).toBe(false);
  await stage.timePasses(first.id, 12);
  expect((await put(stage, other.id, variantId, 1)).body.code).toBe("out_of_stock");
  expect(await wanted()).toBe(facts.lookup !== "none");
  expect((await stage.checkOut(shop, cartId)).body.code).toBe("out_of_stock");
  expect(await wanted()).toBe(facts.lookup !== "none");
});

describe("limits", () => {
  test("an empty cart is not checked out", async () => {
    const { shop, variantId, cartId } = await cartOf();
    await put(stage, cartId, variantId, 0);
    expect((await stage.checkOut(shop, cartId)).body.code).toBe("cart_empty");
  });

  test("of a product count all its variants together", async () => {
    const shop = await stage.openShop();
    const cup = await stage.addProduct(shop, { ...digital, perOrderMax: 3, variants: [{ title: "A" }, { title: "B" }] });
    const [a, b = ""] = cup.variantIds;
    const cartId = await stage.fill(shop, { [a]: 2, [b]: 1 });
    expect((await put(stage, cartId, b, 2)).body.code).toBe("quantity_limit");
    expect((await readCart(stage, cartId)).body.lines.map(({ quantityMax }) => quantityMax)).toEqual([2, 1]);
    await stage.owner.query("update product set per_order_max = 2 where id = $1", [cup.id]);
    expect((await stage.checkOut(shop, cartId)).body.code).toBe("quantity_limit");
    expect((await put(stage, cartId, a, 1)).status).toBe(200);
  });

  test("of different things in one cart is the merchant's", async () => {
    const shop = await stage.openShop({ linesMax: 1 });
    const [one, two] = [await stage.addProduct(shop, digital), await stage.addProduct(shop, digital)];
    const cartId = await stage.fill(shop, { [one.variantIds[0]]: 1 });
    expect((await put(stage, cartId, two.variantIds[0], 1)).body.code).toBe("quantity_limit");
    expect((await put(stage, cartId, one.variantIds[0], 2)).status).toBe(200);
  });

  test("of money keep every sum an exact number", async () => {
    const shop = await stage.openShop();
    const dear = await stage.addProduct(shop, { ...digital, variants: [{ priceMinor: 1_000_000_000_000, onHand: null }, { title: "B" }] });
    const [variantId, other = ""] = dear.variantIds;
    const cartId = await stage.fill(shop, { [variantId]: 1000 });
    expect((await readCart(stage, cartId)).body.totals.totalMinor).toBe(1_000_000_000_000_000);
    expect((await put(stage, cartId, other, 1)).body.code).toBe("quantity_limit");
    await setPrice(variantId, 1_000_000_000_001);
    expect((await stage.checkOut(shop, cartId)).body.code).toBe("quantity_limit");
    expect((await put(stage, cartId, variantId, 999)).status).toBe(200);
  });

  test("of order sessions within an hour keep one cart from taking stock and pages without end", async () => {
    const { shop, cartId } = await cartOf();
    const { body: begun } = await stage.checkOut(shop, cartId);
    await stage.owner.query(
      `with k as (
         insert into checkout select (c).* from (
           select jsonb_populate_record(k, jsonb_build_object('id', new_id(), 'status', 'cancelled')) as c
           from checkout k, generate_series(1, 19) where k.id = $1) made returning tenant_id, id
       ), s as (
         insert into order_session select (s).* from (
         select jsonb_populate_record(s, jsonb_build_object('id', k.id, 'session_token', 'session_' || k.id || '_1763737200000')) as s
         from order_session s, k where s.id = $1) made returning id)
       insert into order_line select (l).* from (
         select jsonb_populate_record(l, jsonb_build_object('order_id', s.id)) as l from order_line l, s where l.order_id = $1) made`,
      [begun.id],
    );
    const other = await stage.checkOut(shop, cartId, { more: { note: "otra" } });
    expect(other).toMatchObject({ status: 429, body: { code: "too_many_payments" } });
    // The same one may still be continued.
    expect((await stage.checkOut(shop, cartId)).body.id).toBe(begun.id);
  });
});
