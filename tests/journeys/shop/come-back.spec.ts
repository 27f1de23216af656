import { addDiscount, addProduct, addShipping, openShop } from "../../support/shop/shop.ts";
import { expect, test } from "../journey.ts";
import { hydrated } from "../watch.ts";
import { addToCart, expectOrder, fillOrder, goToCheckout, pressAtWompi, pressPay } from "./shopping.ts";

test("leave and come back: another tab and the next day find the cart, and what changed is accepted before it is paid", async ({
  page,
  stage,
  openBrowser,
  watch,
}) => {
  const shop = await openShop(stage);
  const cup = await addProduct(stage, shop, { title: "Taza" });
  const pot = await addProduct(stage, shop, { title: "Tetera", variants: [{ onHand: 5 }] });
  await addShipping(stage, shop);
  await addToCart(page, { slug: shop.slug, productId: cup.id });
  await addToCart(page, { slug: shop.slug, productId: pot.id, quantity: 3 });

  const tab = await page.context().newPage();
  await tab.goto(`/shop/${shop.slug}/cart`);
  await expect(tab.getByTestId("cart-line")).toHaveCount(2);
  await hydrated(tab);
  await tab.getByTestId("remove").first().click();
  await expect(tab.getByTestId("cart-line")).toHaveCount(1);
  await tab.getByTestId("undo").click();
  await expect(tab.getByTestId("cart-line")).toHaveCount(2);

  // The browser is closed, and the shop goes on.
  const kept = await page.context().storageState();
  await stage.owner.query("update cart set updated_at = updated_at - interval '1 day' where tenant_id = $1", [shop.tenantId]);
  await stage.owner.query("update variant set price_minor = 2200000 where id = $1", [cup.variantIds[0]]);
  await stage.owner.query("update variant set on_hand = 2 where id = $1", [pot.variantIds[0]]);
  const nextDay = await (await openBrowser({ storageState: kept })).newPage();
  await nextDay.goto(`/shop/${shop.slug}/checkout`);
  await expect(nextDay, "nothing is paid before the changes are seen").toHaveURL(/\/cart$/);
  await expect(nextDay.getByTestId("cart-changes").getByRole("listitem")).toHaveCount(2);
  await expect(nextDay.getByTestId("to-checkout")).toHaveCount(0);
  await hydrated(nextDay);
  await nextDay.getByTestId("accept-changes").click();
  await expect(nextDay.getByTestId("cart-changes")).toHaveCount(0);
  await expect(nextDay.locator(`[data-variant="${pot.variantIds[0]}"]`)).toHaveAttribute("data-quantity", "2");
  await expect(nextDay.getByTestId("total")).toHaveAttribute("data-minor", "6200000");
  await goToCheckout(nextDay);
  await fillOrder(nextDay);

  // And once more, between the page and the last click.
  await stage.owner.query("update variant set price_minor = 2300000 where id = $1", [cup.variantIds[0]]);
  watch.expectRefused(/POST .*\/checkout 409$/);
  await nextDay.getByTestId("pay-button").click();
  await expect(nextDay.getByTestId("cart-changes")).toBeFocused();
  await nextDay.getByTestId("accept-changes").click();
  await expect(nextDay.locator("#address"), "nothing that was typed is lost").toHaveValue(/Carrera 7/);
  await expect(nextDay.getByTestId("pay-button")).toContainText("63.000");
  await pressPay(nextDay, stage);
  await pressAtWompi(nextDay, "approve");
  await expectOrder(nextDay, "paid");
});

test("a code says in plain words why it does not count, and a field what is missing", async ({ page, stage, watch }) => {
  const shop = await openShop(stage);
  const cup = await addProduct(stage, shop, {});
  await addShipping(stage, shop);
  await addDiscount(stage, shop, { code: "GRANDE", percent: 10, minimumMinor: 90_000_000 });
  await addToCart(page, { slug: shop.slug, productId: cup.id });
  await page.goto(`/shop/${shop.slug}/cart`);
  await hydrated(page);
  for (const [code, words] of [
    ["NADA", /no existe/],
    ["GRANDE", /mínimo/],
  ] as const) {
    await page.locator("#code").fill(code);
    await page.locator("#code").press("Enter");
    await expect(page.locator("#code-problem")).toHaveText(words);
  }
  await goToCheckout(page);
  await page.getByTestId("pay-button").click();
  await expect(page.locator("#firstName"), "the first wrong field has the focus").toBeFocused();
  await expect(page.locator("#address-problem")).toBeVisible();
  await expect(page.locator("#acceptedTerms-problem")).toBeVisible();
  watch.expectRefused(/PUT .*\/discount 404$/, /PUT .*\/discount 409$/);
});
