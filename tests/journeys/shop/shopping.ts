import { expect, type Page } from "@playwright/test";
import type { Place } from "../../support/world.ts";
import { hydrated } from "../watch.ts";

/** What a customer does in a shop, as a customer does it: by looking and pressing. */

export const ana = { firstName: "Ana María", lastName: "Pérez", email: "ana@example.com", phone: "300 123 4567" };
export const home = { address: "Carrera 7 # 71-21, apto 402", city: "Bogotá" };
export type OwnOrder = { id: string; token: string };
type Wish = { slug: string; productId: string; quantity?: number; variantId?: string };

/** From the product's page. Ends there, with the cart told. */
export async function addToCart(page: Page, { slug, productId, quantity = 1, variantId }: Wish): Promise<void> {
  await page.goto(`/shop/${slug}/products/${productId}`);
  await hydrated(page);
  if (variantId) await page.locator(`[data-testid=variant][value="${variantId}"]`).check({ force: true });
  if (quantity > 1) {
    await page.locator("#quantity").fill(String(quantity));
    await page.locator("#quantity").press("Enter");
  }
  await page.getByTestId("add-to-cart").click();
  await expect(page.getByTestId("to-cart")).toBeVisible();
}

/** From wherever the cart's button is. */
export async function goToCheckout(page: Page): Promise<void> {
  await page.getByTestId("cart-button").click();
  await expect(page).toHaveURL(/\/cart$/);
  await hydrated(page);
  await page.locator("[data-testid=to-checkout]:visible, [data-testid=to-checkout-wide]:visible").click();
  await expect(page).toHaveURL(/\/checkout/);
  await hydrated(page);
}

export async function fillOrder(page: Page, given: { email?: string; isSent?: boolean } = {}): Promise<void> {
  const { email = ana.email, isSent = true } = given;
  await page.locator("#firstName").fill(ana.firstName);
  await page.locator("#lastName").fill(ana.lastName);
  await page.locator("#email").fill(email);
  await page.locator("#phone").fill(ana.phone);
  if (isSent) {
    await page.locator("#address").fill(home.address);
    await page.locator("#city").fill(home.city);
  }
  await page.locator("#acceptedTerms").check();
}

export async function pressPay(page: Page, { simulatorsUrl }: Place): Promise<void> {
  await page.getByTestId("pay-button").click();
  await atWompi(page, { simulatorsUrl });
}

export async function atWompi(page: Page, { simulatorsUrl }: Pick<Place, "simulatorsUrl">): Promise<void> {
  await expect(page).toHaveURL((url) => url.href.startsWith(`${simulatorsUrl}/wompi/p/`));
  await expect(page.locator("button[value=approve]")).toBeVisible();
}

/** On Wompi's page. Ends on the order's page. */
export async function pressAtWompi(page: Page, outcome: "approve" | "decline" | "pending"): Promise<OwnOrder> {
  await page.locator(`button[value=${outcome}]`).click();
  await expect(page).toHaveURL(/\/order\/confirmed\/[^/]+\?/);
  return orderIn(page);
}

export function orderIn(page: Page): OwnOrder {
  const url = new URL(page.url());
  return { id: url.pathname.split("/")[3] ?? "", token: url.searchParams.get("token") ?? "" };
}

export async function expectOrder(page: Page, state: string): Promise<void> {
  await expect(page.getByTestId("order-state")).toHaveAttribute("data-state", state, { timeout: 15_000 });
}
