import type { Page } from "@playwright/test";
import { updateService } from "#commands/services/update-service.ts";
import { system as caller } from "#contracts/caller.ts";
import { serviceChanges } from "#contracts/catalog.ts";
import { openClinic } from "../support/clinic.ts";
import { expect, phone, test } from "./journey.ts";
import { keepPicture, seriousFindings } from "./looks.ts";
import { hydrated } from "./watch.ts";
import { chooseDay, chooseSlot, detailsOf, pressHold, takeSlot, timesOf } from "./wizard.ts";
import { saying, wordsOf } from "./words.ts";

const words = wordsOf("es");
test.use({ ...phone, timezoneId: "America/Bogota" });

/** A browser that says this zone of itself. */
const saysZone = (page: Page, zone: string) =>
  page.addInitScript((said) => {
    const { resolvedOptions } = Intl.DateTimeFormat.prototype;
    Intl.DateTimeFormat.prototype.resolvedOptions = function own(this: Intl.DateTimeFormat) {
      return { ...resolvedOptions.call(this), timeZone: said };
    };
  }, zone);

for (const zone of ["Etc/Unknown", "Mars/Olympus_Mons"]) {
  test(`a browser whose zone is ${zone} sees the merchant's times, and may choose its own`, async ({ page, stage }) => {
    await saysZone(page, zone);
    const clinic = await openClinic(stage);
    await page.goto(timesOf(clinic));
    await expect(page.getByTestId("zone-choice")).toContainText(words.availability.zoneUnknown);
    await expect(page.locator("main")).toContainText(saying(words.availability.zone));
    expect.soft(await seriousFindings(page)).toEqual([]);
    await keepPicture(page, "zone-unknown-es-375");
    await page.getByLabel(words.availability.zoneChoice).selectOption("Europe/Paris");
    await chooseDay(page);
    await chooseSlot(page);
    await expect(page.getByTestId("zone-choice")).toContainText("Europe/Paris");
    await pressHold(page);
  });
}

test("a browser older than the merchant's zone still walks to the details, and names the zone that it shows", async ({ page, stage }) => {
  const clinic = await openClinic(stage, { timezone: "America/Lima" });
  await page.addInitScript(() => {
    const Format = Intl.DateTimeFormat;
    const known = (options?: Intl.DateTimeFormatOptions) => {
      if (options?.timeZone === "America/Lima") throw new RangeError("Invalid time zone specified: America/Lima");
      return options;
    };
    Intl.DateTimeFormat = new Proxy(Format, {
      construct: (target, [locale, options]) => new target(locale, known(options)),
      apply: (target, _self, [locale, options]) => target(locale, known(options)),
    });
  });
  await takeSlot(page, clinic);
  await page.goto(detailsOf({ ...clinic, professionalId: clinic.otherProfessionalId, link: clinic.link }));
  await stage.owner.query("update slot_claim set expires_at = now() - interval '1 second' where tenant_id = $1", [clinic.tenantId]);
  await page.reload();
  await expect(page.getByTestId("next-slot").first()).toBeVisible();
  await expect(page.getByTestId("hold-ended")).toContainText(/Colombia/);
});

test("the countdown follows the server: not a clock that lags after a sleep, nor one that is set while the page is open", async ({
  page,
  stage,
}) => {
  await page.addInitScript(() => {
    const { timeOrigin } = performance;
    Object.defineProperty(Performance.prototype, "timeOrigin", { get: () => timeOrigin - 3_600_000 });
  });
  const clinic = await openClinic(stage);
  await takeSlot(page, clinic);
  const countdown = page.getByTestId("countdown");
  await expect(countdown).toHaveAttribute("data-seconds", /^(600|5[89]\d)$/);
  await page.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 3_600_000;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect(countdown).toHaveAttribute("data-seconds", /^(600|5[789]\d)$/);
  await expect(page.getByTestId("pay-button")).toBeVisible();
});

test("a browser that refuses cookies is told before a slot is held, and nothing is held for nobody", async ({ page, stage, watch }) => {
  const clinic = await openClinic(stage);
  await page.addInitScript(() => {
    Object.defineProperty(Document.prototype, "cookie", { get: () => "", set: () => {} });
  });
  await page.goto(timesOf(clinic));
  await expect(page.getByTestId("cookies-refused")).toBeInViewport();
  expect.soft(await seriousFindings(page)).toEqual([]);
  await keepPicture(page, "cookies-refused-es-375");
  await page.locator('[data-testid=slot][data-state="free"]').first().click();
  await page.getByTestId("hold-button").click({ force: true });
  const answer = await page.request.post("/api/holds", {
    headers: { "x-cookie-probe": "set" },
    data: { link: clinic.link, serviceId: clinic.serviceId, professionalId: clinic.professionalId, start: new Date().toISOString() },
  });
  expect([answer.status(), (await answer.json()).code], "and the server looks too").toEqual([409, "cookies_refused"]);
  expect((await stage.owner.query("select id from slot_claim where tenant_id = $1", [clinic.tenantId])).rows).toEqual([]);
  watch.check();
});

test("phones make no links of dates and numbers, and an address that is no text is a page that does not exist", async ({ page, watch }) => {
  watch.expectRefused(/ 404$/);
  await page.goto("/book/demo/select");
  await expect(page.locator("meta[name=format-detection]")).toHaveAttribute("content", /telephone=no, date=no, address=no, email=no/);
  for (const path of ["/book/%ff", "/book/%ff/select", "/book/%E0%A4%A/confirm?token=x"]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.problems.notFound.title);
  }
});

test("a service that is offered for a year can be booked ten months ahead", async ({ page, stage }) => {
  const clinic = await openClinic(stage);
  const changes = serviceChanges.parse({ horizonDays: 365 });
  await updateService({ caller, input: { tenantId: clinic.tenantId, serviceId: clinic.serviceId, changes } });
  await page.goto(timesOf(clinic));
  const day = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10);
  await hydrated(page);
  await page.getByTestId("any-day").fill(day);
  await expect(page.locator(`[data-testid=day][data-date="${day}"]`)).toHaveAttribute("aria-current", "true");
  await keepPicture(page, "far-day-es-375");
  const start = await chooseSlot(page);
  expect(start.slice(0, 7)).toBe(day.slice(0, 7));
  await pressHold(page);
});

test("a day that is pressed before React listens is shown all the same", async ({ page, stage }) => {
  const clinic = await openClinic(stage);
  await page.route("**/*.js", (route) => route.abort());
  await page.goto(timesOf(clinic));
  const date = await chooseDay(page, 2);
  const start = (await page.getByTestId("slot").first().getAttribute("data-start")) ?? "";
  expect(Temporal.Instant.from(start).toZonedDateTimeISO("America/Bogota").toPlainDate().toString()).toBe(date);
});
