import { addDiscount, addProduct, addShipping, openShop, stockOf } from "../../support/shop/shop.ts";
import { expect, phone, test, wide } from "../journey.ts";
import { bookingBehind, nothing, outsideOf } from "../outside.ts";
import { hydrated } from "../watch.ts";
import { digits } from "../words.ts";
import { addToCart, ana, expectOrder, fillOrder, goToCheckout, pressAtWompi, pressPay } from "./shopping.ts";

test.describe("phone", () => {
  test.use(phone);

  test("two things with a code: what is paid is the sum that was shown, and the order exists only then", async ({ page, stage }) => {
    const shop = await openShop(stage);
    const cup = await addProduct(stage, shop, {
      title: "Taza de barro",
      variants: [{ title: "Azul" }, { title: "Verde", priceMinor: 2_500_000 }],
    });
    const coffee = await addProduct(stage, shop, { title: "Café 500 g", taxPercent: 5, variants: [{ priceMinor: 3_900_000, onHand: 3 }] });
    await addShipping(stage, shop, { name: "Mensajero", priceMinor: 800_000 });
    await addDiscount(stage, shop, { code: "DIEZ", percent: 10 });
    const email = `buyer@${shop.link}.example`;

    await page.goto(`/shop/${shop.slug}`);
    await expect(page.getByTestId("product-card")).toHaveCount(2);
    await page.locator("#q").fill("cafe");
    await page.locator("#q").press("Enter");
    await expect(page.getByTestId("product-card")).toHaveCount(1);
    await expect(page.getByTestId("stock")).toHaveAttribute("data-stock", "few_left");
    await page.getByTestId("product-card").click();
    await hydrated(page);
    await page.getByTestId("add-to-cart").click();
    await expect(page.getByTestId("added")).toContainText("1");
    await addToCart(page, { slug: shop.slug, productId: cup.id, variantId: cup.variantIds[1] ?? "", quantity: 2 });
    await expect(page.getByTestId("cart-button")).toHaveAttribute("data-count", "3");

    await page.getByTestId("cart-button").click();
    await expect(page.getByTestId("cart-line")).toHaveCount(2);
    await page.locator("#code").fill("diez");
    await page.getByTestId("use-code").click();
    await expect(page.getByTestId("code")).toContainText("DIEZ");
    // 3.900.000 + 2 × 2.500.000, less a tenth.
    await expect(page.getByTestId("total")).toHaveAttribute("data-minor", "8010000");
    await goToCheckout(page);
    await expect(page.getByTestId("total")).toHaveAttribute("data-minor", "8810000");
    await fillOrder(page, { email });
    await expect(page.getByTestId("pay-button")).toContainText("88.100");
    await pressPay(page, stage);

    expect(digits((await page.locator(".total").textContent()) ?? "")).toContain("88100");
    const id = await bookingBehind(stage, page.url());
    const outside = { id, email, server: shop.callback.id };
    expect(await outsideOf(stage, outside)).toEqual(nothing);
    expect(await stockOf(stage, coffee.variantIds[0])).toEqual({ onHand: 3, claims: "paying 1" });

    expect((await pressAtWompi(page, "approve")).id).toBe(id);
    await expectOrder(page, "paid");
    await expect(page.getByTestId("address")).toContainText("Carrera 7");
    await expect(page.getByTestId("cart-button")).toHaveAttribute("data-count", "0");
    expect(await stockOf(stage, coffee.variantIds[0])).toEqual({ onHand: 2, claims: "booked 1" });
    expect(await stockOf(stage, cup.variantIds[1] ?? "")).toEqual({ onHand: 8, claims: "booked 2" });
    await expect
      .poll(async () => (await outsideOf(stage, outside)).callbacks)
      .toEqual([{ event: "order.paid", firma: "right", standardWebhook: "right" }]);
    await expect.poll(async () => (await outsideOf(stage, outside)).mails).toContain(email);

    await page.getByTestId("receipt").click();
    await expect(page.getByTestId("receipt")).toContainText("DIEZ");
    await expect(page.getByTestId("total")).toHaveAttribute("data-minor", "8810000");
    await page.goto(`/shop/${shop.slug}/cart`);
    await expect(page.getByTestId("last-order")).toBeVisible();
    await expect(page.getByTestId("empty-cart")).toBeVisible();
  });
});

test.describe("wide", () => {
  test.use({ ...wide, locale: "fr-FR" });

  test("a total of 0 in French: no provider is asked, and the order is paid at once", async ({ page, stage }) => {
    const shop = await openShop(stage);
    const book = await addProduct(stage, shop, {
      title: "Guía",
      isDigital: true,
      translations: { fr: { title: "Guide", description: "À lire." } },
      variants: [{ onHand: null }],
    });
    await addDiscount(stage, shop, { code: "TODO", percent: 100, usesMax: 1 });
    await addToCart(page, { slug: shop.slug, productId: book.id });
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Guide");
    await goToCheckout(page);
    await page.locator("#code").fill("TODO");
    await page.getByTestId("use-code").click();
    await expect(page.getByTestId("total")).toHaveAttribute("data-minor", "0");
    await expect(page.getByTestId("delivery")).toHaveCount(0);
    await fillOrder(page, { isSent: false });
    await page.getByTestId("pay-button").click();
    await expect(page).toHaveURL(/\/order\/confirmed\//);
    await expectOrder(page, "paid");
    await expect(page.getByRole("heading", { level: 1 })).toContainText(/n°\s1/);
    await expect(page.locator("html")).toHaveAttribute("lang", "fr");
    const { rows } = await stage.owner.query("select used from discount where tenant_id = $1", [shop.tenantId]);
    expect(rows).toEqual([{ used: 1 }]);
  });
});

test("an order that is told of by its two-letter address is the same page, also on paper", async ({ page, stage }) => {
  const shop = await openShop(stage);
  const cup = await addProduct(stage, shop, {});
  await addShipping(stage, shop, { kind: "pickup", name: "En la tienda" });
  await addToCart(page, { slug: shop.slug, productId: cup.id });
  await goToCheckout(page);
  await fillOrder(page, { isSent: false });
  await pressPay(page, stage);
  const order = await pressAtWompi(page, "approve");
  await expectOrder(page, "paid");
  await page.goto(`/co/order/confirmed/${order.id}?token=${order.token}`);
  await expectOrder(page, "paid");
  await page.emulateMedia({ media: "print" });
  await page.goto(`/co/order/confirmed/${order.id}/receipt?token=${order.token}`);
  await expect(page.getByTestId("receipt")).toContainText(ana.lastName);
  await expect(page.getByTestId("print")).toBeHidden();
});
