import { tabTo } from "../../support/browser/keyboard.ts";
import { addProduct, addShipping, openShop } from "../../support/shop/shop.ts";
import { expect, test, wide } from "../journey.ts";
import { hydrated } from "../watch.ts";
import { ana, atWompi, home } from "./shopping.ts";

test.use(wide);

test("from the shelf to the payment page with the keyboard alone, and the focus is always to be seen", async ({ page, stage }) => {
  const shop = await openShop(stage);
  const cup = await addProduct(stage, shop, { variants: [{ title: "Azul" }, { title: "Verde" }] });
  await addShipping(stage, shop);
  await page.goto(`/shop/${shop.slug}`);
  await hydrated(page);
  await tabTo(page, "[data-testid=product-card]");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("add-to-cart")).toBeVisible();
  await tabTo(page, "[data-testid=variant]");
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(`[data-testid=variant][value="${cup.variantIds[1]}"]`)).toBeChecked();
  await tabTo(page, "[data-testid=add-to-cart]");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("to-cart")).toBeVisible();
  await expect(page.getByTestId("add-to-cart"), "the focus stays").toBeFocused();
  await tabTo(page, "[data-testid=to-cart]");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/cart$/);
  await expect(page.getByTestId("cart-line")).toHaveAttribute("data-variant", cup.variantIds[1] ?? "");
  await tabTo(page, "[data-testid=to-checkout-wide]");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/checkout/);
  await hydrated(page);
  const typed = { ...ana, ...home };
  for (const name of ["firstName", "lastName", "email", "phone", "address", "city"] as const) {
    await tabTo(page, `#${name}`);
    await page.keyboard.type(typed[name]);
  }
  await tabTo(page, "#acceptedTerms");
  await page.keyboard.press("Space");
  await tabTo(page, "[data-testid=pay-button]");
  await page.keyboard.press("Enter");
  await atWompi(page, stage);
});
