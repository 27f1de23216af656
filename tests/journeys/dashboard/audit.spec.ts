import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import messages from "#messages/audit/es.json" with { type: "json" };
import { openClinic } from "../../support/clinic.ts";
import { pay, reachPaymentPage, slotStart } from "../../support/customer.ts";
import { openMerchant } from "../../support/merchant.ts";
import { expect, test, wide } from "../journey.ts";
import type { Stage } from "../stage.ts";
import { expectGoodLooks, signIn } from "./member-pages.ts";

const { audit: words } = messages;
const path = "/dashboard/audit";

test.use(wide);

async function busyMerchant(stage: Stage) {
  const clinic = await openClinic(stage);
  const merchant = await openMerchant(stage, { tenantId: clinic.tenantId });
  const booking = await reachPaymentPage(stage, clinic, { start: slotStart(0) });
  await pay(stage, booking.checkoutUrl, "approve");
  await expect
    .poll(
      async () => (await stage.owner.query("select 1 from event where subject_id = $1 and kind = 'booking.paid'", [booking.id])).rowCount,
    )
    .toBe(1);
  const headers = { cookie: merchant.cookie, "content-type": "application/json", "user-agent": "Firefox" };
  const changed = await fetch(`${stage.appUrl}/api/tenant/payments`, {
    method: "PATCH",
    headers,
    body: JSON.stringify({ credentials: { privateKey: "prv_test_a_new_one" } }),
  });
  expect(changed.status).toBe(200);
  return { clinic, merchant, booking };
}

test("the owner sees who did what and from where, filters in the address, and takes the file", async ({ page, context, stage }) => {
  const { clinic, merchant } = await busyMerchant(stage);
  await signIn(context, stage, merchant);
  await page.goto(path);
  await expect(page.locator("[data-action=booking_paid]")).toBeVisible();
  await page.getByLabel(words.filters.actor).selectOption("people");
  await page.getByRole("button", { name: words.filters.apply }).click();
  await expect(page).toHaveURL(/actor=people/);
  await expect(page.locator("[data-action=booking_paid]")).toHaveCount(0);
  const entry = page.locator("[data-action=connection_updated]");
  await expect(entry).toContainText(merchant.person.name);
  await entry.locator("summary").click();
  await expect(entry).toContainText("••••");
  await expect(entry).toContainText("Firefox");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: words.csv }).click()]);
  const text = await readFile(await file.path(), "utf8");
  expect(text).toContain("connection_updated");
  expect(text).not.toContain("booking_paid");
  expect(text).not.toContain("prv_test_a_new_one");
  await entry.getByRole("link", { name: words.history }).click();
  await expect(page).toHaveURL(new RegExp(`subject=${clinic.connectionId}`));
  await expect(page.getByTestId("audit-entry")).toHaveCount(1);
});

test("old entries are reached page by page, and a typed address that makes no sense is no error", async ({ page, context, stage }) => {
  const merchant = await openMerchant(stage);
  await stage.owner.query(
    `insert into event (tenant_id, subject_kind, subject_id, kind, actor, created_at)
     select $1, 'tenant', $1, 'tenant.updated', 'operator', now() - n * interval '1 hour' from generate_series(1, 70) n`,
    [merchant.tenantId],
  );
  await signIn(context, stage, merchant);
  await page.goto(`${path}?group=tenant&from=yesterday&limit=7&actor=<script>`);
  await expect(page.getByTestId("audit-entry")).toHaveCount(50);
  await page.getByRole("link", { name: words.older }).click();
  await expect(page.getByTestId("audit-entry")).toHaveCount(20);
  await page.getByRole("link", { name: words.newest }).click();
  await expect(page.getByTestId("audit-entry")).toHaveCount(50);
});

test("the page can be used by everybody: phone and wide, light and dark, two languages", async ({ stage, openBrowser }) => {
  test.slow();
  const { merchant } = await busyMerchant(stage);
  const prepare = async (page: Page) => {
    await page.getByTestId("audit-entry").locator("summary").first().click();
  };
  await expectGoodLooks({ stage, merchant, path, name: "audit", openBrowser, prepare });
});
