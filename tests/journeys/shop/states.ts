import { expect, type Page } from "@playwright/test";
import { demoId } from "#db/demo.ts";
import { pay } from "../../support/customer.ts";
import type { Outcome } from "../../support/payers/payer.ts";
import { addProduct, addShipping, openShop } from "../../support/shop/shop.ts";
import { checkOut, fill, orderState } from "../../support/shop/shopper.ts";
import { timePasses } from "../../support/time-passes.ts";
import type { Place } from "../../support/world.ts";
import { looksOf } from "../looks.ts";
import type { State } from "../states.ts";
import { hydrated } from "../watch.ts";
import { addToCart, expectOrder, type OwnOrder } from "./shopping.ts";

const slug = "aurora";
const at = (address: string) => async () => address;
const pageOf = ({ id, token }: OwnOrder) => `/order/confirmed/${id}?token=${token}`;
const shows = (state: string) => (page: Page) => expectOrder(page, state);
const hasTestId = (id: string) => (page: Page) => expect(page.getByTestId(id).first()).toBeVisible();

async function pending(place: Place, outcome?: Outcome) {
  const shop = await openShop(place);
  const cup = await addProduct(place, shop, { title: "Taza de barro", taxPercent: 19, variants: [{ onHand: 1 }] });
  const coffee = await addProduct(place, shop, { title: "Café de la Sierra, molido medio, 500 g" });
  const shipping = await addShipping(place, shop, { name: "Mensajero", priceMinor: 800_000 });
  const lines = { [cup.variantIds[0]]: 1, [coffee.variantIds[0]]: 2 };
  const buy = async () => (await checkOut(place, shop, await fill(place, shop, lines), { shipping })).body;
  const order = await buy();
  if (outcome) await pay(place, order.checkoutUrl, outcome);
  return { order, buy };
}

async function paid(page: Page, place: Place): Promise<OwnOrder> {
  const { order } = await pending(place, "approve");
  await expect.poll(async () => (await orderState(place, order)).isProcessed).toBe(true);
  // A success takes its customer away after some seconds, once per tab: here it has done so.
  await page.goto("/terms");
  await page.evaluate((id) => sessionStorage.setItem(`konfirmado.returned.${id}`, "yes"), order.id);
  return order;
}

async function lapsed(place: Place) {
  const { order, buy } = await pending(place);
  await timePasses(place, order.id, 13);
  await expect.poll(async () => (await orderState(place, order)).checkoutStatus).toBe("expired");
  return { order, buy };
}

async function soldOut(place: Place): Promise<string> {
  const { order, buy } = await lapsed(place);
  await pay(place, (await buy()).checkoutUrl, "approve");
  await pay(place, order.checkoutUrl, "approve");
  return pageOf(order);
}

async function filled(page: Page): Promise<void> {
  await addToCart(page, { slug, productId: demoId(105), quantity: 2 });
  await addToCart(page, { slug, productId: demoId(110) });
}

async function changed(page: Page, place: Place): Promise<string> {
  const shop = await openShop(place);
  const cup = await addProduct(place, shop, { title: "Taza de barro" });
  const pot = await addProduct(place, shop, { title: "Tetera" });
  for (const { id } of [cup, pot]) await addToCart(page, { slug: shop.slug, productId: id, quantity: 2 });
  await place.owner.query("update variant set price_minor = 2300000 where id = $1", [cup.variantIds[0]]);
  await place.owner.query("update variant set on_hand = 1 where id = $1", [pot.variantIds[0]]);
  return `/shop/${shop.slug}/cart`;
}

const usual: State[] = [
  { name: "shop", prepare: at(`/shop/${slug}`), arrive: hasTestId("product-card") },
  { name: "shop-product", prepare: at(`/shop/${slug}/products/${demoId(102)}`), arrive: hasTestId("add-to-cart") },
  {
    name: "cart",
    prepare: async (page) => {
      await filled(page);
      return `/shop/${slug}/cart`;
    },
    arrive: hasTestId("cart-line"),
  },
  { name: "cart-changed", prepare: changed, arrive: hasTestId("cart-changes") },
  {
    name: "order-details-wrong",
    prepare: async (page) => {
      await filled(page);
      return `/shop/${slug}/checkout`;
    },
    arrive: async (page) => {
      await hydrated(page);
      await page.getByTestId("pay-button").click();
      await expect(page.locator("#acceptedTerms-problem")).toBeVisible();
    },
  },
  { name: "order-declined", prepare: async (_page, place) => pageOf((await pending(place, "decline")).order), arrive: shows("declined") },
  { name: "order-taken", prepare: (_page, place) => soldOut(place), arrive: shows("taken") },
  { name: "order-paid", prepare: async (page, place) => pageOf(await paid(page, place)), arrive: shows("paid") },
  {
    name: "order-receipt",
    prepare: async (page, place) => pageOf(await paid(page, place)).replace("?", "/receipt?"),
    arrive: hasTestId("receipt"),
  },
  { name: "shop-unknown", prepare: at("/shop/nobody-knows-me"), isRefused: true },
];

/** Whose parts the others have: a night looks at them too. */
const more: State[] = [
  { name: "shop-nothing", prepare: at(`/shop/${slug}?q=zapatos`), arrive: hasTestId("nothing") },
  { name: "shop-sold-out", prepare: at(`/shop/${slug}/products/${demoId(107)}`), arrive: hasTestId("add-to-cart") },
  { name: "shop-terms", prepare: at(`/shop/${slug}/terms`) },
  { name: "cart-empty", prepare: at(`/shop/${slug}/cart`), arrive: hasTestId("empty-cart") },
  {
    name: "order-confirming",
    prepare: async (_page, place) => pageOf((await pending(place, "pending")).order),
    arrive: shows("confirming"),
  },
  {
    name: "order-asking",
    prepare: async (_page, place) => {
      const { order } = await pending(place, "pending");
      await timePasses(place, order.id, 11);
      return pageOf(order);
    },
    arrive: shows("asking"),
  },
  { name: "order-expired", prepare: async (_page, place) => pageOf((await lapsed(place)).order), arrive: shows("expired") },
  { name: "order-unknown", prepare: at("/order/confirmed/00000000-0000-4000-8000-000000000000"), isRefused: true },
];

export const shopStates: readonly State[] = looksOf(usual, more);
