import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { createTenant } from "#commands/tenants/create-tenant.ts";
import { system as caller } from "#contracts/caller.ts";
import { newTenant } from "#contracts/catalog.ts";
import type messages from "#messages/firstRun/es.json";
import { asCookie, openMerchant } from "../../support/merchant.ts";
import { expect, phone, test, wide } from "../journey.ts";
import { inTurns, keepPicture, looksOf, seriousFindings, sidewaysPixels } from "../looks.ts";
import type { Stage } from "../stage.ts";
import { hydrated } from "../watch.ts";
import { atWompi, chooseDay, expectState, pressAtWompi } from "../wizard.ts";
import { addressOf, linkTo, password } from "./people.ts";

const file = new URL("../../../messages/firstRun/es.json", import.meta.url);
const words = (JSON.parse(readFileSync(file, "utf8")) as typeof messages).firstRun;

const inputsMax = 25;
/** Opening the mail's link is one too. */
const theMail = 1;
const minutesMax = 5;

async function newMerchant(stage: Stage) {
  const tenantId = randomUUID();
  const slug = `nuevo-${tenantId.slice(0, 8)}`;
  const notifyEmail = `${slug}@merchant.example`;
  await createTenant({ caller, input: newTenant.parse({ id: tenantId, slug, name: "Consultorio nuevo", notifyEmail }) });
  return openMerchant(stage, { tenantId, name: "Ana Pérez", email: notifyEmail });
}

/** Counts what a person types and presses. */
function counting() {
  let inputs = 0;
  return {
    count: () => inputs,
    press: async (what: Locator) => {
      inputs += 1;
      await what.click();
    },
    type: async (what: Locator, text: string) => {
      inputs += 1;
      await what.fill(text);
    },
    choose: async (what: Locator, value: string) => {
      inputs += 1;
      await what.selectOption(value);
    },
  };
}

const isDone = (page: Page, step: string) => expect(page.getByTestId(`step-${step}`)).toHaveAttribute("data-done", "true");

const combinations = looksOf(
  [
    { ...phone, colorScheme: "light", locale: "es" },
    { ...wide, colorScheme: "dark", locale: "en" },
  ] as const,
  [
    { ...phone, colorScheme: "dark", locale: "en" },
    { ...wide, colorScheme: "light", locale: "es" },
    { ...phone, colorScheme: "light", locale: "fr" },
    { ...wide, colorScheme: "dark", locale: "pt" },
  ] as const,
);

test.use({ viewport: wide.viewport });

test("from an empty account to one's own paid test booking and its three mails, within 25 inputs and five minutes", async ({
  page,
  stage,
}) => {
  test.slow();
  const { press, type, choose, count } = counting();
  const email = addressOf("nueva");
  const beganAt = Date.now();
  await page.goto("/register");
  await type(page.locator("[name=business]"), "Consultorio nuevo");
  await choose(page.locator("[name=country]"), "CO");
  await type(page.locator("[name=email]"), email);
  await type(page.locator("[name=password]"), password);
  await press(page.getByTestId("register"));
  // The mail's link and the button behind it.
  await page.goto(await linkTo(stage, email));
  await press(page.getByTestId("confirm-link"));
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByTestId("mode")).toHaveAttribute("data-mode", "none");
  await keepPicture(page, "first-run-1-begin");

  await hydrated(page);
  await choose(page.getByLabel(words.service.trade), "psychology");
  await expect(page.getByLabel(words.service.name)).toHaveValue(words.trades.psychology.service);
  await type(page.locator("#price"), "ciento");
  await page.getByTestId("save").click();
  await expect(page.locator("#price-problem")).toBeVisible();
  await expect(page.getByLabel(words.service.name)).toHaveValue(words.trades.psychology.service);
  await page.locator("#price").fill("$ 120.000");
  await press(page.getByTestId("save"));
  await isDone(page, "service");
  await expect(page.getByLabel(words.professional.name), "customers read no name made of an address").toHaveValue("");
  await type(page.getByLabel(words.professional.name), "Ana Pérez");
  await press(page.getByTestId("save"));
  await isDone(page, "professional");
  await press(page.getByTestId("save"));
  await isDone(page, "link");
  await expect(page.frameLocator("[data-testid=preview]").getByTestId("day").first()).toBeVisible();
  await keepPicture(page, "first-run-2-link");

  const opened = page.context().waitForEvent("page");
  await press(page.getByTestId("pay-test"));
  const customer = await opened;
  await expect(customer).toHaveURL(/\/availability\?/);
  await expect(page.getByTestId("mode-badge")).toHaveAttribute("data-mode", "test");
  await hydrated(customer);
  await chooseDay(customer, 0);
  await press(customer.locator('[data-testid=slot][data-state="free"]').first());
  await press(customer.getByTestId("hold-button"));
  await expect(customer.locator("#email")).toHaveValue(email);
  await expect(customer.locator("#phone")).not.toHaveValue("");
  await press(customer.locator("#acceptedTerms"));
  await press(customer.getByTestId("pay-button"));
  await atWompi(customer, stage);
  await pressAtWompi(customer, "approve");
  await press(customer.locator("body"));
  await expectState(customer, "confirmed");
  await page.bringToFront();
  await isDone(page, "test_booking");
  for (const mail of [words.mails.customer, words.mails.professional, words.mails.merchant]) {
    const frame = page.frameLocator(`iframe[title="${words.mails.frame.replace("{who}", mail)}"]`);
    await expect(frame.getByText(words.trades.psychology.service).first()).toBeVisible();
  }
  const minutes = (Date.now() - beganAt) / 60_000;
  console.log(`   ${count() + theMail} inputs, ${minutes.toFixed(1)} minutes of this browser`);
  expect(count() + theMail).toBeLessThanOrEqual(inputsMax);
  expect(minutes).toBeLessThan(minutesMax);
  await expect(page.getByRole("link", { name: words.real.open })).toBeVisible();
  await keepPicture(page, "first-run-3-paid");
  const tenantId = (await page.locator("[data-tenant]").getAttribute("data-tenant")) ?? "";
  const mails = await stage.owner.query(
    "select job from follow_up where tenant_id = $1 and job like 'mail-%' and state = 'done' order by job",
    [tenantId],
  );
  expect(mails.rows.map(({ job }) => job)).toEqual(["mail-customer-paid", "mail-merchant-paid", "mail-professional-paid"]);

  await stage.owner.query("update connection set mode = 'production' where tenant_id = $1 and kind = 'payment'", [tenantId]);
  await page.reload();
  await expect(page.getByTestId("mode")).toHaveAttribute("data-mode", "production");
  await expect(page.getByTestId("progress")).toHaveCount(0);
  await keepPicture(page, "first-run-4-gone");
});

test("where no provider takes the currency, nobody is sent to one: the pages say so before a press", async ({ page, context, stage }) => {
  const merchant = await openMerchant(stage);
  await context.addCookies([{ ...asCookie(merchant), url: stage.appUrl }]);
  const real = page.getByTestId("step-real_payments");
  const noProvider = page.getByTestId("no-provider");
  await page.goto("/dashboard");
  await expect(real).toContainText("Wompi");
  await page.goto("/dashboard/settings/payments");
  await expect(noProvider).toHaveCount(0);
  await stage.owner.query("update tenant set currency = 'VES' where tenant_id = $1", [merchant.tenantId]);
  await page.reload();
  await expect(noProvider).toContainText("VES");
  await page.goto("/dashboard");
  await expect(page.getByTestId("step-test_booking")).toContainText(words.pay.currency.replace("{currency}", "VES"));
  await expect(real).toContainText(words.real.noProvider.replace("{currency}", "VES"));
  await expect(real.getByTestId("real-payments")).toHaveAttribute("href", "/dashboard/services");
  await keepPicture(page, "first-run-no-provider");
});

test("the home page is for everybody: phone and wide, light and dark, in two languages, at the beginning and later", async ({
  stage,
  openBrowser,
}) => {
  test.slow();
  const beginner = await newMerchant(stage);
  const staff = await openMerchant(stage, { role: "staff" });
  for (const [turn, looks] of combinations.entries())
    for (const merchant of inTurns([beginner, staff], turn)) {
      const context = await openBrowser(looks);
      await context.addCookies([{ ...asCookie(merchant), url: stage.appUrl }]);
      const page = await context.newPage();
      await page.goto("/dashboard");
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      const name = `home-${merchant === staff ? "staff" : "new"}-${looks.viewport.width}-${looks.colorScheme}`;
      await keepPicture(page, name);
      expect(await seriousFindings(page), name).toEqual([]);
      expect(await sidewaysPixels(page), name).toBe(0);
      await context.close();
    }
});
