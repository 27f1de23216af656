import type { Page } from "@playwright/test";
import { updateService } from "#commands/services/update-service.ts";
import { system as caller } from "#contracts/caller.ts";
import { serviceChanges } from "#contracts/catalog.ts";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { expect, phone, test } from "./journey.ts";
import { keepPicture, seriousFindings } from "./looks.ts";
import { ana, chooseSlot, fillDetails, openTimes, pressPay } from "./wizard.ts";
import { digits } from "./words.ts";

test.use(phone);

const raise = ({ tenantId, serviceId }: Clinic, priceMinor: number) =>
  updateService({ caller, input: { tenantId, serviceId, changes: serviceChanges.parse({ priceMinor }) } });

async function expectAsked(page: Page, amount: string): Promise<void> {
  const box = page.getByTestId("price-changed");
  await expect(box).toBeInViewport({ ratio: 1 });
  await expect(box).toBeFocused();
  expect(digits((await box.textContent()) ?? "")).toContain(amount);
  expect.soft(await seriousFindings(page)).toEqual([]);
}

test("a price that changed before the hold is shown and accepted first; a change after it does not reach this customer", async ({
  page,
  stage,
  watch,
}) => {
  watch.expectRefused(/^POST \/api\/holds 409$/);
  const clinic = await openClinic(stage);
  await openTimes(page, clinic);
  await chooseSlot(page);
  await raise(clinic, 17_000_000);
  await page.getByTestId("hold-button").click();
  await expectAsked(page, "170000");
  await keepPicture(page, "price-changed-es-375");
  expect((await stage.owner.query("select id from slot_claim where tenant_id = $1", [clinic.tenantId])).rows).toEqual([]);
  await page.getByTestId("accept-price").click();
  await expect(page).toHaveURL(/\/details\?/);
  await expect(page.getByTestId("pay-button")).toContainText("170.000");

  await raise(clinic, 25_000_000);
  await page.reload();
  await expect(page.getByTestId("pay-button")).toContainText("170.000");
  await fillDetails(page, { ...ana, email: `customer@${clinic.link}.example` });
  await pressPay(page, stage);
  expect(digits((await page.locator(".total").textContent()) ?? "")).toContain("170000");
});

test("where the first payer wins, the new price is accepted beside the form, with nothing to type again", async ({
  page,
  stage,
  watch,
}) => {
  watch.expectRefused(/^POST \/api\/bookings 409$/);
  const clinic = await openClinic(stage, { policy: "first_payer_wins" });
  await openTimes(page, clinic);
  await chooseSlot(page);
  await page.getByTestId("hold-button").click();
  await expect(page).toHaveURL(/\/details\?/);
  await fillDetails(page, { ...ana, email: `customer@${clinic.link}.example` });
  await raise(clinic, 17_000_000);
  await page.getByTestId("pay-button").click();
  await expectAsked(page, "170000");
  await keepPicture(page, "price-changed-details-es-375");
  await page.getByTestId("accept-price").click();
  await expect(page).toHaveURL(/\/wompi\/p\//);
  expect(digits((await page.locator(".total").textContent()) ?? "")).toContain("170000");
});
