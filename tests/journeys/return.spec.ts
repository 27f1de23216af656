import type { Page } from "@playwright/test";
import { updateTenant } from "#commands/tenants/update-tenant.ts";
import { system as caller } from "#contracts/caller.ts";
import { tenantChanges } from "#contracts/catalog.ts";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { pay, reachPaymentPage, slotStart } from "../support/customer.ts";
import type { Place } from "../support/world.ts";
import { expect, phone, test } from "./journey.ts";
import { keepPicture, seriousFindings } from "./looks.ts";
import { hydrated } from "./watch.ts";
import { expectState } from "./wizard.ts";
import { wordsOf } from "./words.ts";

test.use(phone);

const words = wordsOf("es").confirm;

async function confirmed(page: Page, place: Place, returnSeconds?: number): Promise<Clinic> {
  const clinic = await openClinic(place);
  const { tenantId } = clinic;
  if (returnSeconds !== undefined) await updateTenant({ caller, input: { tenantId, changes: tenantChanges.parse({ returnSeconds }) } });
  const { id, token, checkoutUrl } = await reachPaymentPage(place, clinic, { start: slotStart(0) });
  await pay(place, checkoutUrl, "approve");
  await page.clock.install({ time: Date.now() });
  await page.goto(`/book/${id}/confirm?token=${token}`);
  await expectState(page, "confirmed");
  await hydrated(page);
  return clinic;
}
const isBack = (page: Page) => expect(page).toHaveURL(/\/merchant\/.*\/return\?/);

test("the notice is at the top of the page as it opens, is announced, and leads back after three seconds", async ({ page, stage }) => {
  await confirmed(page, stage);
  await expect(page.getByTestId("returning")).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  await expect(page.getByRole("status").filter({ hasText: words.stayHint })).toContainText("3");
  expect.soft(await seriousFindings(page)).toEqual([]);
  await keepPicture(page, "returning-es-375");
  await page.clock.runFor(2_000);
  await expect(page).toHaveURL(/\/confirm\?/);
  await page.clock.runFor(2_000);
  await isBack(page);
});

test("'stay here' stops it for good, and the focus goes to the heading", async ({ page, stage }) => {
  await confirmed(page, stage, 20);
  await page.getByRole("button", { name: words.stay }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("returning")).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await page.clock.runFor(40_000);
  await expect(page).toHaveURL(/\/confirm\?/);
  await expect(page.getByTestId("return")).toBeVisible();
});

test("with 0 seconds there is a button only", async ({ page, stage }) => {
  await confirmed(page, stage, 0);
  await expect(page.getByTestId("return")).toBeVisible();
  await expect(page.getByTestId("returning")).toHaveCount(0);
  await page.clock.runFor(40_000);
  await expect(page).toHaveURL(/\/confirm\?/);
});

test("it waits while the page is not visible", async ({ page, stage }) => {
  await page.addInitScript(() => {
    let isHidden = true;
    Object.assign(globalThis, {
      show: () => {
        isHidden = false;
      },
    });
    Object.defineProperty(Document.prototype, "visibilityState", { get: () => (isHidden ? "hidden" : "visible") });
  });
  await confirmed(page, stage, 5);
  await expect(page.getByTestId("returning")).toBeVisible();
  await page.clock.runFor(30_000);
  await expect(page).toHaveURL(/\/confirm\?/);
  await page.evaluate(() => (globalThis as typeof globalThis & { show(): void }).show());
  await page.clock.runFor(6_000);
  await isBack(page);
});
