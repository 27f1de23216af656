import { readFile } from "node:fs/promises";
import messages from "#messages/metrics/es.json" with { type: "json" };
import { type Clinic, openClinic } from "../../support/clinic.ts";
import { openMerchant } from "../../support/merchant.ts";
import { expect, phone, test, wide } from "../journey.ts";
import type { Stage } from "../stage.ts";
import { ana, chooseDay, chooseOffer, chooseSlot, expectState, fillDetails, pressAtWompi, pressHold, pressPay } from "../wizard.ts";
import { expectGoodLooks, signIn } from "./member-pages.ts";

const { metrics: words } = messages;
const path = "/dashboard/metrics";
const steps = ["opened", "service", "slot", "details", "payment", "approved", "confirmed"] as const;

/** Visits are written a few seconds after they are counted. */
async function expectVisits(stage: Stage, { tenantId }: Clinic, wanted: object): Promise<void> {
  await expect
    .poll(async () => {
      const { rows } = await stage.owner.query(
        `select count(*)::int as visits, count(service_at)::int as services, count(slot_at)::int as slots, count(checkout_id)::int as payments
         from visit where tenant_id = $1`,
        [tenantId],
      );
      return rows[0];
    })
    .toEqual(wanted);
}

test("a walk in a browser is one visit, whatever is reloaded, and the merchant sees where it went", async ({
  page: visitorsPage,
  stage,
  openBrowser,
}) => {
  const clinic = await openClinic(stage);
  const address = `/book/${clinic.link}?utm_source=instagram&utm_campaign=mayo`;
  await visitorsPage.goto(address);
  await expectVisits(stage, clinic, { visits: 1, services: 0, slots: 0, payments: 0 });
  await chooseOffer(visitorsPage, clinic);
  await visitorsPage.reload();
  await chooseDay(visitorsPage);
  await chooseSlot(visitorsPage);
  await pressHold(visitorsPage);
  await visitorsPage.goBack();
  await expect(visitorsPage.getByTestId("own-hold")).toBeVisible();
  await visitorsPage.goForward();
  await visitorsPage.reload();
  await fillDetails(visitorsPage, { ...ana, email: "ana.cifras@example.com" });
  await pressPay(visitorsPage, stage);
  await pressAtWompi(visitorsPage, "approve");
  await expectState(visitorsPage, "confirmed");
  // Another person, who only looks.
  const looker = await (await openBrowser({ ...wide })).newPage();
  await looker.goto(`/book/${clinic.link}`);
  await expectVisits(stage, clinic, { visits: 2, services: 1, slots: 1, payments: 1 });

  const context = await openBrowser({ ...wide });
  await signIn(context, stage, await openMerchant(stage, { tenantId: clinic.tenantId }));
  const page = await context.newPage();
  await page.goto(path);
  const visitsOf = (step: string) => page.locator(`[data-step=${step}]`).getByTestId("visits");
  for (const step of steps) await expect(visitsOf(step)).toHaveText(step === "opened" ? "2" : "1");
  await expect(page.getByTestId("revenue")).toContainText("100.000");
  await expect(page.getByTestId("webhooks").getByRole("row")).toHaveCount(2);
  await page.getByTestId("breakdown").getByRole("link", { name: words.dimension.source, exact: true }).click();
  await page.getByTestId("rows").getByRole("link", { name: "instagram" }).click();
  await expect(visitsOf("opened")).toHaveText("1");
  await expect(page).toHaveURL(/source=instagram/);
  await page.getByLabel(words.dimension.device, { exact: true }).selectOption("tablet");
  await page.getByRole("button", { name: words.filters.apply }).click();
  await expect(page.getByRole("heading", { name: words.empty.filteredTitle })).toBeVisible();
  await page.getByTestId("clear").click();
  await expect(visitsOf("opened")).toHaveText("2");
  await page.getByRole("link", { name: words.filters.last.replace("{days}", "90") }).click();
  await expect(page).toHaveURL(/from=/);
  await expect(visitsOf("opened")).toHaveText("2");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: words.csv }).click()]);
  expect(await readFile(await file.path(), "utf8")).toContain("link_opened");
});

test("a merchant's preview counts nothing, and a second booking in the same tab is another visit", async ({ page, stage, context }) => {
  const clinic = await openClinic(stage);
  await signIn(context, stage, await openMerchant(stage, { tenantId: clinic.tenantId }));
  const { rows } = await stage.owner.query("select id from booking_link where tenant_id = $1", [clinic.tenantId]);
  await page.goto(`/dashboard/links/${rows[0].id}/edit`);
  await expect(page.frameLocator("iframe").getByTestId("service-card").first()).toBeVisible();
  await page.goto(`/book/${clinic.link}`);
  await expectVisits(stage, clinic, { visits: 1, services: 0, slots: 0, payments: 0 });
  await page.evaluate(() => {
    for (const key of Object.keys(sessionStorage).filter((one) => one.startsWith("konfirmado.visit."))) {
      const visit: object = JSON.parse(sessionStorage.getItem(key) ?? "{}");
      sessionStorage.setItem(key, JSON.stringify({ ...visit, isDone: true }));
    }
  });
  await page.reload();
  await expect(page.getByTestId("service-card").first()).toBeVisible();
  await page.goto(`/book/${clinic.link}`);
  await expectVisits(stage, clinic, { visits: 2, services: 0, slots: 0, payments: 0 });
});

test("the page is for everybody to use, also with nothing in it, and staff do not find it", async ({ stage, openBrowser, watch }) => {
  const clinic = await openClinic(stage);
  const merchant = await openMerchant(stage, { tenantId: clinic.tenantId });
  await expectGoodLooks({ stage, openBrowser, path, merchant, name: "metrics-empty" });
  await stage.owner.query(
    `insert into visit (tenant_id, id, link_id, device, source, service_id, professional_id, opened_at, service_at, slot_at, details_at, payment_at)
     select l.tenant_id, gen_random_uuid(), l.id, (array['phone', 'tablet', 'desktop'])[1 + n % 3], (array['', 'instagram', 'volante-de-la-clinica-con-una-palabra-larga'])[1 + n % 3],
       case when n > 20 then $2::uuid end, case when n > 20 then $3::uuid end, now() - interval '1 hour', case when n > 20 then now() - interval '59 minutes' end,
       case when n > 45 then now() - interval '57 minutes' end, case when n > 60 then now() - interval '55 minutes' end, case when n > 61 then now() - interval '55 minutes' end
     from booking_link l, generate_series(1, 80) n where l.tenant_id = $1`,
    [clinic.tenantId, clinic.serviceId, clinic.professionalId],
  );
  await expectGoodLooks({ stage, openBrowser, path: `${path}?by=source`, merchant, name: "metrics" });
  const context = await openBrowser(phone);
  const staff = await openMerchant(stage, { tenantId: clinic.tenantId, role: "staff", professionalId: clinic.professionalId });
  await signIn(context, stage, staff);
  const page = await context.newPage();
  watch.expectRefused(/dashboard\/metrics 404/);
  await page.goto(path);
  await expect(page.getByTestId("funnel")).toHaveCount(0);
});
