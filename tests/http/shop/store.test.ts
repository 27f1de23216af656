import { expect, test } from "vitest";
import type { StoreProductPage, StoreProducts } from "#contracts/shop/store-product.ts";
import { ask, newCart, put } from "../../support/shop/shopper.ts";
import { digital, prepareShopStage } from "../../support/shop/stage.ts";

const stage = prepareShopStage({ worker: false });
const list = (query: string) => ask<StoreProducts>(stage, `/store/products?${query}`);
const titles = async (query: string) => (await list(query)).body.products.map(({ title }) => title);

test("a shop shows what it sells, with what is left of it", async () => {
  const shop = await stage.openShop();
  const cup = await stage.addProduct(shop, {
    title: "Taza",
    category: "Cocina",
    variants: [
      { title: "Azul", priceMinor: 4_000_000, onHand: 3 },
      { title: "Roja", priceMinor: 5_000_000, onHand: 0 },
      { title: "Verde", onHand: null },
    ],
  });
  await stage.reachOrder(shop, {
    product: await stage.addProduct(shop, { ...digital, variants: [{ priceMinor: 10_000_000, onHand: 4 }] }),
    quantity: 3,
  });
  const { status, body } = await list(`shop=${shop.slug}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    shop: { slug: shop.slug, name: "Clínica de prueba", currency: "COP", isOpen: true, seller: { name: "Tienda S.A.S." }, holdMinutes: 10 },
    categories: ["Cocina"],
    next: null,
    products: [
      {
        id: cup.id,
        title: "Taza",
        stock: { state: "in_stock", left: null },
        variants: [
          { title: "Azul", priceMinor: 4_000_000, stock: { state: "few_left", left: 3 } },
          { title: "Roja", stock: { state: "sold_out", left: 0 } },
          { title: "Verde", stock: { state: "in_stock", left: null } },
        ],
      },
      // Three of four are being paid for.
      { title: "Guía", stock: { state: "few_left", left: 1 } },
    ],
  });
  const { body: page } = await ask<StoreProductPage>(stage, `/store/products/${cup.id}?shop=${shop.slug}`);
  expect(page.product).toEqual(body.products[0]);
  expect(page.deliveryFromMinor).toBeNull();
});

test("a product says what its cheapest flat delivery costs, tax in it, and nothing where nothing is sent", async () => {
  const shop = await stage.openShop();
  const cup = await stage.addProduct(shop, { variants: [{ priceMinor: 4_000_000 }, { priceMinor: 6_000_000 }] });
  const guide = await stage.addProduct(shop, digital);
  const from = async ({ id }: { id: string }) =>
    (await ask<StoreProductPage>(stage, `/store/products/${id}?shop=${shop.slug}`)).body.deliveryFromMinor;
  await stage.addShipping(shop, { kind: "by_weight", weightSteps: [{ upToGrams: 1000, priceMinor: 100_000 }] });
  expect(await from(cup)).toBeNull();
  await stage.addShipping(shop, { priceMinor: 1_200_000 });
  await stage.addShipping(shop, { priceMinor: 800_000, taxPercent: 19, taxIncluded: false });
  expect(await from(cup)).toBe(952_000);
  expect(await from(guide)).toBeNull();
  await stage.addShipping(shop, { priceMinor: 900_000, freeFromMinor: 4_000_000 });
  expect(await from(cup)).toBe(0);
});

test("what is archived, switched off or another merchant's is not shown", async () => {
  const [shop, other] = [await stage.openShop(), await stage.openShop()];
  const [gone, off] = [await stage.addProduct(shop), await stage.addProduct(shop)];
  const theirs = await stage.addProduct(other);
  await stage.owner.query("update product set deleted_at = now() where id = $1", [gone.id]);
  await stage.owner.query("update product set is_active = false where id = $1", [off.id]);
  expect(await titles(`shop=${shop.slug}`)).toEqual([]);
  for (const { id } of [gone, off, theirs])
    expect(await ask(stage, `/store/products/${id}?shop=${shop.slug}`)).toMatchObject({ status: 404, body: { code: "product_unknown" } });
  expect(await list("shop=no-such-shop")).toMatchObject({ status: 404, body: { code: "not_found" } });
  const clinic = await stage.openClinic();
  expect((await list(`shop=${clinic.link}`)).body.code).toBe("not_found");
});

test("pages follow each other without a gap, in the merchant's order", async () => {
  const shop = await stage.openShop();
  for (const n of Array.from({ length: 26 }, (_, index) => index)) await stage.addProduct(shop, { title: `Cosa ${n}` });
  const first = (await list(`shop=${shop.slug}`)).body;
  expect(first.products.map(({ title }) => title)).toEqual(Array.from({ length: 24 }, (_, n) => `Cosa ${n}`));
  const second = (await list(`shop=${shop.slug}&cursor=${first.next}`)).body;
  expect([second.products.map(({ title }) => title), second.next]).toEqual([["Cosa 24", "Cosa 25"], null]);
  expect((await list(`shop=${shop.slug}&cursor=nowhere`)).status).toBe(404);
});

test("words are found with or without accents, in any language and in the category", async () => {
  const shop = await stage.openShop();
  const translations = { fr: { title: "Tasse à café", description: "En céramique." } };
  await stage.addProduct(shop, { title: "Taza de CAFÉ", category: "Cocina", translations });
  await stage.addProduct(shop, { title: "Guía", category: "Libros" });
  const found = (q: string) => titles(`shop=${shop.slug}&q=${encodeURIComponent(q)}`);
  expect(await found("cafe taza")).toEqual(["Taza de CAFÉ"]);
  expect(await found("céramique")).toEqual(["Taza de CAFÉ"]);
  expect(await found("COCINA")).toEqual(["Taza de CAFÉ"]);
  expect(await found("gui%")).toEqual([]);
  expect(await titles(`shop=${shop.slug}&category=Libros`)).toEqual(["Guía"]);
  expect(await titles(`shop=${shop.slug}&category=Nada`)).toEqual([]);
});

test("a browser keeps its cart of each shop in a cookie that no script reads, and gets that one again", async () => {
  const [shop, other] = [await stage.openShop(), await stage.openShop()];
  const from = { origin: stage.appUrl, "content-type": "application/json" };
  const begin = async (slug: string, cookie?: string) => {
    const headers = { ...from, ...(cookie && { cookie }) };
    const answer = await fetch(`${stage.appUrl}/store/carts`, { method: "POST", headers, body: JSON.stringify({ shop: slug }) });
    return { id: ((await answer.json()) as { id: string }).id, cookie: answer.headers.get("set-cookie") ?? "" };
  };
  const first = await begin(shop.slug);
  expect(first.cookie).toBe(`cart_${shop.tenantId}=${first.id}; Max-Age=5184000; Path=/; HttpOnly; SameSite=Lax`);
  const cookie = first.cookie.split(";")[0] ?? "";
  expect((await begin(shop.slug, cookie)).id).toBe(first.id);
  expect((await begin(other.slug, cookie)).id).not.toBe(first.id);
  // Of a cart that has become an order, a new one begins.
  const bought = await stage.reachOrder(shop);
  await stage.owner.query("update cart set checkout_id = $2 where id = $1", [first.id, bought.id]);
  await stage.owner.query("insert into shop_order (tenant_id, id, number, transaction_id, paid_at) values ($1, $2, 1, 'tx', now())", [
    shop.tenantId,
    bought.id,
  ]);
  const second = await begin(shop.slug, cookie);
  expect([second.id === first.id, second.cookie.startsWith(`cart_${shop.tenantId}=${second.id};`)]).toEqual([false, true]);
  // A program has its cart's id, and no cookie.
  const { body: programs } = await newCart(stage, shop);
  expect(programs.id).not.toBe(first.id);
  const stolen = `cart_${other.tenantId}=${first.id}`;
  expect((await begin(other.slug, stolen)).id).not.toBe(first.id);
});

test("another site's page changes no cart", async () => {
  const shop = await stage.openShop();
  const cup = await stage.addProduct(shop);
  const { body: cart } = await newCart(stage, shop);
  const headers = { origin: "https://evil.example" };
  const path = `/store/carts/${cart.id}/lines/${cup.variantIds[0]}`;
  expect((await ask(stage, path, { method: "PUT", body: { quantity: 1 }, headers })).body.code).toBe("cross_site");
  expect((await put(stage, cart.id, cup.variantIds[0])).status).toBe(200);
});

test("a closed shop begins no cart", async () => {
  const shop = await stage.openShop({ isOpen: false });
  expect((await newCart(stage, shop)).body.code).toBe("shop_closed");
});
