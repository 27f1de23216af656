import { expect, type Page } from "@playwright/test";
import { deactivateConnection } from "#commands/connections/deactivate-connection.ts";
import { system as caller } from "#contracts/caller.ts";
import { type Clinic, openClinic } from "../../support/clinic.ts";
import { connectAll } from "../../support/payers/all-providers.ts";
import type { Place } from "../../support/world.ts";
import { phone, test, wide } from "../journey.ts";
import { keepPicture, seriousFindings, sidewaysPixels } from "../looks.ts";
import { ana, bookingOf, expectState, fillDetails, takeSlot } from "../wizard.ts";
import { wordsOf } from "../words.ts";

const names = wordsOf("es").providers;

/** What a customer presses on each provider's page. */
const pays: Record<string, (page: Page) => Promise<void>> = {
  wompi: (page) => page.locator("button[value=approve]").click(),
  mercadopago: async (page) => {
    await page.locator("select[name=holder]").selectOption("APRO");
    await page.locator("button.good").click();
    // It sends nobody back to an address that is not https.
    await page.locator('a[href*="/pay/return/"]').click();
  },
  bold: (page) => page.locator("button[value=approve]").click(),
  stripe: async (page) => {
    await page.locator("input[name=card]").fill("4242 4242 4242 4242");
    await page.locator("button.good").click();
  },
  addi: (page) => page.locator("button[value=approve]").click(),
};

/** A clinic with an account at each provider, in place of its usual one. */
async function openChoice(stage: Place): Promise<{ clinic: Clinic; accounts: Record<string, string> }> {
  const clinic = await openClinic(stage);
  const accounts = await connectAll(stage, clinic);
  await deactivateConnection({ caller, input: { tenantId: clinic.tenantId, connectionId: clinic.connectionId } });
  return { clinic, accounts };
}
const offerOf = (page: Page, name: string) => page.getByTestId("offers").getByRole("radio", { name, exact: true });
const nameOf = (provider: string) => new Map(Object.entries(names)).get(provider) ?? provider;

test("each provider takes the money on its own page, and one that refuses it is followed by another", async ({ page, stage }) => {
  test.slow();
  page.setDefaultTimeout(20_000);
  const { clinic, accounts } = await openChoice(stage);
  const email = `customer@${clinic.link}.example`;
  expect(Object.keys(accounts).toSorted()).toEqual(Object.keys(pays).toSorted());
  for (const provider of Object.keys(accounts)) {
    await page.context().clearCookies();
    await takeSlot(page, clinic);
    await fillDetails(page, { ...ana, email });
    await offerOf(page, nameOf(provider)).check();
    const asksForDocument = await page.getByTestId("document").isVisible();
    if (asksForDocument) await page.locator("#documentNumber").fill("1.020.304.050");
    await page.getByTestId("pay-button").click();
    await page.waitForURL((url) => url.origin === new URL(stage.simulatorsUrl).origin);
    await pays[provider]?.(page);
    await page.waitForURL(/\/book\/[^/]+\/confirm\?/);
    await expectState(page, "confirmed");
    const { rows } = await stage.owner.query("select provider, connection_id as id, status from payment where checkout_id = $1", [
      bookingOf(page).id,
    ]);
    expect(rows).toEqual([{ provider, id: accounts[provider], status: "approved" }]);
  }
});

test("after a decline the customer pays with another provider, and types nothing again", async ({ page, stage }) => {
  const { clinic, accounts } = await openChoice(stage);
  await takeSlot(page, clinic);
  await fillDetails(page, { ...ana, email: `customer@${clinic.link}.example` });
  await offerOf(page, names.stripe).check();
  await page.getByTestId("pay-button").click();
  await page.waitForURL((url) => url.origin === new URL(stage.simulatorsUrl).origin);
  // Back from the payment page: the same time, another method.
  await page.goBack();
  await page.getByTestId("open-payment").waitFor();
  await offerOf(page, names.wompi).check();
  await page.getByTestId("continue-payment").click();
  await page.locator("button[value=decline]").click();
  await expectState(page, "declined");
  const { id } = bookingOf(page);
  await expect(page.getByTestId("countdown")).toBeVisible();
  await offerOf(page, names.bold).check();
  await page.getByTestId("retry-button").click();
  await page.locator("button[value=approve]").click();
  await expectState(page, "confirmed");
  expect(bookingOf(page).id).toBe(id);
  const { rows } = await stage.owner.query("select connection_id as id from payment where checkout_id = $1 and status = 'approved'", [id]);
  expect(rows).toEqual([{ id: accounts["bold"] }]);
});

for (const { name, use } of [
  { name: "375-es", use: { ...phone, locale: "es-CO" } },
  { name: "1280-fr", use: { ...wide, locale: "fr-FR" } },
])
  test.describe(name, () => {
    test.use(use);
    test(`five accounts are chosen by keyboard, and the limits and what is asked for are seen before (${name})`, async ({
      page,
      stage,
    }) => {
      const { clinic } = await openChoice(stage);
      await takeSlot(page, clinic);
      const offers = page.getByTestId("offers").getByRole("radio");
      await expect(offers).toHaveCount(Object.keys(pays).length);
      await offers.first().focus();
      for (let step = 1; step < Object.keys(pays).length; step += 1) {
        await page.keyboard.press("ArrowDown");
        await expect(offers.nth(step)).toBeChecked();
      }
      await keepPicture(page, `choice-details-${name}`);
      await offerOf(page, names.addi).check();
      await expect(page.getByTestId("document")).toBeVisible();
      await page.locator("#documentNumber").fill("1020304050");
      await offerOf(page, names.stripe).check();
      await expect(page.getByTestId("document")).toHaveCount(0);
      await offerOf(page, names.addi).check();
      await expect(page.locator("#documentNumber")).toHaveValue("1020304050");
      await keepPicture(page, `choice-document-${name}`);
      expect(await seriousFindings(page)).toEqual([]);
      expect(await sidewaysPixels(page)).toBe(0);
    });
  });
