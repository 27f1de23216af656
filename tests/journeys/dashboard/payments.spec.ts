import type { Page } from "@playwright/test";
import messages from "#messages/payments/es.json" with { type: "json" };
import { openClinic } from "../../support/clinic.ts";
import { pay, reachPaymentPage, slotStart } from "../../support/customer.ts";
import { openMerchant } from "../../support/merchant.ts";
import { expect, test, wide } from "../journey.ts";
import { expectGoodLooks, signIn } from "./member-pages.ts";

const { payments: words } = messages;
const path = "/dashboard/settings/payments";
const production = {
  publicKey: "pub_prod_Kw4aC0rZVgLZQn209NbE",
  privateKey: "prv_prod_434092Xa65F54dd6a181",
  eventsSecret: "prod_events_Y49rL5FGw4vTeiUaZa",
  integritySecret: "prod_integrity_ep4b3kSYJg2bWHwL",
};
const labels = words.providers.wompi.fields;

test.use(wide);

test("a merchant tests the keys, sees the first event arrive, connects the real account and switches to it", async ({
  page,
  context,
  stage,
  watch,
}) => {
  watch.expectRefused(/^POST \/api\/tenant\/payments 422$/);
  const clinic = await openClinic(stage);
  const merchant = await openMerchant(stage, { tenantId: clinic.tenantId });
  await signIn(context, stage, merchant);
  await page.goto(path);
  const [ofTest, ofProduction] = [page.getByTestId("mode-test-section"), page.getByTestId("mode-production-section")];
  await expect(ofTest).toContainText(words.inUse);
  await expect(ofTest).toContainText(words.webhook.none);
  await expect(ofProduction).toContainText(words.mode.production.empty);

  await ofTest.getByRole("button", { name: words.test.try }).click();
  const result = ofTest.getByTestId("test-result");
  await expect(result).toContainText(words.test.ok);
  await expect(result).toContainText(words.test.unproven.event);
  await expect(result).toContainText(words.test.unproven.payment);

  const booking = await reachPaymentPage(stage, clinic, { start: slotStart(0) });
  await pay(stage, booking.checkoutUrl, "approve");
  await expect(ofTest.getByTestId("last-event")).toContainText(words.webhook.arrived.split("{")[0] ?? "");
  await expect(ofTest.getByRole("definition").filter({ hasText: words.test.proven })).toHaveCount(2);

  await ofProduction.getByRole("button", { name: words.mode.production.connect }).click();
  const fill = async (values: Record<string, string>) => {
    for (const [name, value] of Object.entries(values))
      await ofProduction.getByLabel(labels[name as keyof typeof labels].label, { exact: true }).fill(value);
  };
  await fill({ ...production, privateKey: "prv_test_of_the_other_mode", eventsSecret: production.integritySecret });
  await ofProduction.getByTestId("save").click();
  await expect(ofProduction).toContainText(words.problem.otherMode.production.replace("{prefix}", "prv_prod_"));
  await expect(ofProduction).toContainText(words.problem.otherField.replace("{prefix}", "prod_events_"));
  await expect(ofProduction.getByLabel(labels.publicKey.label, { exact: true })).toHaveValue(production.publicKey);
  await fill(production);
  await ofProduction.getByTestId("save").dblclick();
  await expect(ofProduction.getByRole("article")).toHaveCount(1);
  await expect(ofProduction).toContainText(words.waiting);

  await ofProduction.getByRole("button", { name: words.activate }).click();
  await page.getByRole("dialog").getByRole("button", { name: words.activate }).click();
  await expect(ofProduction).toContainText(words.inUse);
  await expect(ofTest).toContainText(words.waiting);

  await ofProduction.getByRole("button", { name: words.replace }).click();
  await fill({ privateKey: "prv_prod_the_new_private_key_1234" });
  await ofProduction.getByTestId("save").click();
  await expect(ofProduction).toContainText("prv_prod_••••1234");
  const html = await page.content();
  for (const secret of [
    production.eventsSecret,
    production.integritySecret,
    "the_new_private_key",
    clinic.account.credentials["privateKey"] ?? "",
  ])
    expect(html).not.toContain(secret);
  const { rows } = await stage.owner.query(
    "select mode, is_active from connection where tenant_id = $1 and kind = 'payment' order by mode",
    [clinic.tenantId],
  );
  expect(rows).toEqual([
    { mode: "production", is_active: true },
    { mode: "test", is_active: false },
  ]);
});

test("who may not change payments sees no button, and staff no page", async ({ page, context, stage, watch }) => {
  watch.expectRefused(/ 404$/);
  const merchant = await openMerchant(stage, { role: "staff" });
  await signIn(context, stage, merchant);
  const answer = await page.goto(path);
  expect(answer?.status()).toBe(404);
});

test("the page can be used by everybody: phone and wide, light and dark, two languages", async ({ stage, openBrowser }) => {
  test.slow();
  const merchant = await openMerchant(stage);
  const prepare = async (page: Page) => {
    await page.getByTestId("mode-test-section").getByRole("article").getByRole("button").first().click();
    await page.getByTestId("test-result").waitFor();
    await page.getByTestId("mode-production-section").getByRole("button").first().click();
    await page.getByTestId("keys-production").waitFor();
  };
  await expectGoodLooks({ stage, merchant, path, name: "payments", openBrowser, prepare });
});
