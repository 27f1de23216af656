import { pay } from "../../support/customer.ts";
import { connectAll } from "../../support/payers/all-providers.ts";
import { addProduct, addShipping, openShop, stockOf } from "../../support/shop/shop.ts";
import { checkOut, fill, orderState } from "../../support/shop/shopper.ts";
import { timePasses } from "../../support/time-passes.ts";
import { expect, test } from "../journey.ts";
import { hydrated } from "../watch.ts";
import { wordsOf } from "../words.ts";
import { addToCart, expectOrder, fillOrder, goToCheckout, pressAtWompi, pressPay } from "./shopping.ts";

const names = wordsOf("es").providers;

test("sold out while paying: the money goes back, and the page says what is left to choose", async ({ page, stage }) => {
  const shop = await openShop(stage);
  const last = await addProduct(stage, shop, { title: "La última taza", variants: [{ onHand: 1 }] });
  const other = await addProduct(stage, shop, { title: "Café" });
  const shipping = await addShipping(stage, shop);
  const first = await fill(stage, shop, { [last.variantIds[0]]: 1, [other.variantIds[0]]: 1 });
  const { body: slow } = await checkOut(stage, shop, first, { shipping });
  await page.goto(`/order/confirmed/${slow.id}?token=${slow.token}`);
  await expectOrder(page, "confirming");
  await expect(page.getByTestId("countdown")).toBeVisible();
  await timePasses(stage, slow.id, 13);
  await expectOrder(page, "expired");
  await expect(page.getByTestId("to-cart")).toBeVisible();

  const { body: fast } = await checkOut(stage, shop, await fill(stage, shop, { [last.variantIds[0]]: 1 }), { shipping });
  await pay(stage, fast.checkoutUrl, "approve");
  await expect.poll(async () => (await orderState(stage, fast)).isProcessed).toBe(true);
  await pay(stage, slow.checkoutUrl, "approve");
  await expectOrder(page, "taken");
  await expect(page.getByTestId("refund-number")).toBeVisible();
  await expect(page.getByTestId("left-to-choose").getByRole("listitem")).toHaveText([/La última taza.*Agotado/, /Café.*Disponible/]);
  expect(await stockOf(stage, last.variantIds[0])).toMatchObject({ onHand: 0 });
});

test("rejected, then another method: nothing is typed again, and the goods wait meanwhile", async ({ page, stage }) => {
  const shop = await openShop(stage);
  const accounts = await connectAll(stage, shop);
  const cup = await addProduct(stage, shop, { variants: [{ priceMinor: 9_000_000, onHand: 1 }] });
  await addShipping(stage, shop);
  await addToCart(page, { slug: shop.slug, productId: cup.id });
  await goToCheckout(page);
  await fillOrder(page);
  await page.getByTestId("offers").getByRole("radio", { name: names.wompi }).first().check();
  await pressPay(page, stage);
  const { id } = await pressAtWompi(page, "decline");
  await expectOrder(page, "declined");
  await expect(page.getByTestId("countdown")).toBeVisible();
  expect(await stockOf(stage, cup.variantIds[0])).toEqual({ onHand: 1, claims: "paying 1" });
  await page.getByTestId("offers").getByRole("radio", { name: names.bold, exact: true }).check();
  await page.getByTestId("retry-button").click();
  await page.locator("button[value=approve]").click();
  await expectOrder(page, "paid");
  const { rows } = await stage.owner.query(
    "select checkout_id as id, connection_id as account from payment where tenant_id = $1 and status = 'approved'",
    [shop.tenantId],
  );
  expect(rows).toEqual([{ id, account: accounts["bold"] }]);
});

test("back to the cart without paying: it asks first, frees the goods, and the cart is as it was", async ({ page, stage }) => {
  const shop = await openShop(stage);
  const cup = await addProduct(stage, shop, { variants: [{ onHand: 1 }] });
  await addShipping(stage, shop);
  await addToCart(page, { slug: shop.slug, productId: cup.id });
  await goToCheckout(page);
  await fillOrder(page);
  await pressPay(page, stage);
  await pressAtWompi(page, "decline");
  await expectOrder(page, "declined");
  await page.getByTestId("back-to-cart").click();
  expect(await stockOf(stage, cup.variantIds[0])).toEqual({ onHand: 1, claims: "paying 1" });
  await page.getByTestId("back-confirm").click();
  await expect(page).toHaveURL(/\/cart$/);
  await expect(page.getByTestId("cart-line")).toHaveCount(1);
  await expect(page.getByTestId("open-order")).toHaveCount(0);
  expect(await stockOf(stage, cup.variantIds[0])).toEqual({ onHand: 1, claims: "released 1" });
  await hydrated(page);
  await page.getByTestId("to-checkout").click();
  await expect(page.locator("#email"), "what was typed is still there").toHaveValue("ana@example.com");
});
