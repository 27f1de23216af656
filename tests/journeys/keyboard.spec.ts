import { focusProblem, tabTo } from "../support/browser/keyboard.ts";
import { openClinic } from "../support/clinic.ts";
import { expect, test, wide } from "./journey.ts";
import { ana, atWompi } from "./wizard.ts";

test.use(wide);

test("the whole walk works with the keyboard alone, and the focus is always to be seen", async ({ page, stage }) => {
  const clinic = await openClinic(stage);
  await page.goto(`/book/${clinic.link}/select`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => location.hash), "the first stop leads past the head of the page").toBe("#main");
  await tabTo(page, `[data-testid=service-card][data-id="${clinic.onlineServiceId}"]`);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`service=${clinic.onlineServiceId}`));
  await tabTo(page, `[data-testid=professional-card][data-id="${clinic.otherProfessionalId}"]`);
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("continue")).toHaveAttribute("href", /availability/);
  await tabTo(page, "[data-testid=continue]");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/availability\?/);

  await tabTo(page, `[data-testid=day]:not([aria-current]):not([data-free="0"])`);
  await page.keyboard.press("Enter");
  await tabTo(page, "[data-testid=slot] input");
  await page.keyboard.press("ArrowRight");
  expect(await focusProblem(page)).toBeNull();
  await expect(page.getByTestId("hold-button")).toBeEnabled();
  await tabTo(page, "[data-testid=hold-button]");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/details\?/);

  await tabTo(page, "#name");
  await page.keyboard.type(ana.name);
  await tabTo(page, "#email");
  await page.keyboard.type("not an address");
  await tabTo(page, "#phone");
  await page.keyboard.type(ana.phone);
  await tabTo(page, "[data-testid=pay-button]");
  await page.keyboard.press("Enter");
  await expect(page.locator("#email"), "the first wrong field has the focus").toBeFocused();
  await expect(page.locator("#email")).toHaveAccessibleDescription(/\S.*\S/);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("ana@example.com");
  await tabTo(page, "#acceptedTerms");
  await page.keyboard.press("Space");
  await tabTo(page, "[data-testid=pay-button]");
  await page.keyboard.press("Enter");
  await atWompi(page, stage);
});
