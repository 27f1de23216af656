import type { Page } from "@playwright/test";
import { demo, demoId } from "#db/demo.ts";
import { openClinic } from "../support/clinic.ts";
import { hold, pay, reachPaymentPage, slotStart } from "../support/customer.ts";
import { expect, phone, test, wide } from "./journey.ts";
import { keepPicture } from "./looks.ts";
import { hydrated } from "./watch.ts";
import { chooseSlot, expectState, openTimes, takeSlot, timesOf } from "./wizard.ts";
import { wordsOf } from "./words.ts";

const words = wordsOf("es");
const pressKey = async (page: Page, selector: string) => {
  await page.locator(selector).first().focus();
  await page.keyboard.press("Enter");
};
const title = (page: Page) => page.getByRole("heading", { level: 1 });
const merchant = "Clínica de prueba";

test("a page says its title with its first bytes, so no tab is ever without a name", async ({ stage }) => {
  const clinic = await openClinic(stage);
  for (const path of ["/login", `/book/${clinic.link}/select`, timesOf(clinic)]) {
    const html = await (await fetch(new URL(path, stage.appUrl))).text();
    const [head = ""] = html.split("</head>", 1);
    expect(/<title>[^<]+/.test(head), path).toBe(true);
  }
});

test("the focus goes to the new heading, or to what replaced the old control, at each step of the walk", async ({ page, stage, watch }) => {
  watch.expectRefused(/^POST \/api\/holds 409$/);
  const clinic = await openClinic(stage);
  await page.goto(`/book/${clinic.link}/select?service=${clinic.serviceId}&professional=${clinic.professionalId}`);
  await pressKey(page, "[data-testid=continue]");
  await expect(title(page)).toHaveText(words.availability.title);
  await expect(title(page), "the times").toBeFocused();

  await pressKey(page, "[data-testid=days-next]");
  await expect(page.locator("#days"), "the next fortnight").toBeFocused();
  await openTimes(page, clinic);

  await chooseSlot(page);
  const taken = await page.locator("[data-testid=slot] input:checked").inputValue();
  expect((await hold(stage, clinic, { start: taken })).status).toBe(201);
  await pressKey(page, "[data-testid=hold-button]");
  await expect(page.getByText(words.errors.slot_taken)).toBeVisible();
  await expect(page.getByTestId("hold-button"), "a refused hold keeps the focus").toBeFocused();

  await chooseSlot(page, 3);
  await pressKey(page, "[data-testid=hold-button]");
  await expect(title(page)).toHaveText(words.details.title);
  await expect(title(page), "the details").toBeFocused();

  await page.goto(timesOf(clinic));
  await pressKey(page, "[data-testid=release-hold]");
  await expect(page.getByTestId("own-hold")).toHaveCount(0);
  await expect(page.locator("#days"), "a released hold").toBeFocused();

  await page.goto(`/book/${clinic.link}/details?service=${clinic.serviceId}&professional=${clinic.professionalId}`);
  await pressKey(page, "[data-testid=next-slot]");
  await expect(title(page)).toHaveText(words.details.title);
  await expect(title(page), "held again").toBeFocused();
});

test("a state that comes by itself takes over the focus of what it removed", async ({ page, stage }) => {
  const clinic = await openClinic(stage);
  const booking = await reachPaymentPage(stage, clinic, { start: slotStart(0) });
  await pay(stage, booking.checkoutUrl, "decline");
  await page.goto(`/book/${booking.id}/confirm?token=${booking.token}`);
  await expectState(page, "declined");
  await hydrated(page);
  await page.keyboard.press("Tab");
  await page.getByTestId("retry-button").focus();
  const again = await page.request.post(`/api/bookings/${booking.id}/payments?token=${booking.token}`, { data: { provider: "wompi" } });
  await pay(stage, (await again.json()).checkoutUrl, "approve");
  await expectState(page, "confirmed");
  await expect(title(page)).toBeFocused();
});

test("each page and state has a title of its own with the merchant's name, and a shared link shows the merchant", async ({
  page,
  stage,
}) => {
  const clinic = await openClinic(stage);
  const address = `/book/${clinic.link}/select`;
  await page.goto(address);
  await expect(page).toHaveTitle(`${words.select.pageTitle} · ${merchant}`);
  const card = (name: string) => page.locator(`meta[property="og:${name}"]`).getAttribute("content");
  expect(await card("title")).toBe(merchant);
  expect(await card("site_name")).toBe(merchant);
  expect(await card("description")).toBe(words.select.shareText.replace("{tenant}", merchant));
  expect(await page.locator("head").innerHTML()).not.toContain("Konfirmado");
  for (const icon of ["/favicon.ico", "/icon.svg", "/apple-icon.png"]) expect((await page.request.get(icon)).status(), icon).toBe(200);
  await page.goto("/book/demo/select");
  expect(await card("image")).toMatch(/^http.*\/demo\//);
  await expect(page.locator('link[rel="icon"]').first()).toHaveAttribute("href", /demo/);

  await page.goto(timesOf(clinic));
  await expect(page).toHaveTitle(`${words.availability.title} · ${merchant}`);
  await takeSlot(page, clinic);
  await expect(page).toHaveTitle(`${words.details.title} · ${merchant}`);
  const booking = await reachPaymentPage(stage, clinic, { start: slotStart(40) });
  await page.goto(`/book/${booking.id}/confirm?token=${booking.token}`);
  await expect(page).toHaveTitle(`${words.confirm.confirming.title} · ${merchant}`);
  await pay(stage, booking.checkoutUrl, "decline");
  const declined = `${words.confirm.declined.title} · ${merchant}`;
  await expect(page).toHaveTitle(declined);
  // Next writes a page's first title again when it wakes up late.
  await page.evaluate((first) => {
    document.title = first;
  }, words.confirm.confirming.title);
  await expect(page).toHaveTitle(declined);
});

test("the merchant's own words carry their language", async ({ page }) => {
  await page.goto("/book/demo/select?lang=fr");
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  // A service whose words the merchant has not translated.
  const card = page.locator(`[data-testid=service-card][data-id="${demoId(13)}"]`);
  await expect(card.locator("strong[lang=es]").first()).toBeVisible();
  await expect(card.locator("span[lang=es]").first()).toBeVisible();
  await expect(page.locator("header [lang=es]")).toHaveText(demo.tenant.name);
});

test("an empty phone says 'write your phone', a wrong one that it is wrong", async ({ page, stage }) => {
  await takeSlot(page, await openClinic(stage));
  await page.getByTestId("pay-button").click();
  await expect(page.locator("#phone-problem")).toHaveText(words.details.problems.phoneMissing);
  await page.locator("#phone").fill("123");
  await page.locator("#name").focus();
  await expect(page.locator("#phone-problem")).toHaveText(words.details.problems.phone);
});

for (const { name, use } of [
  { name: "375", use: phone },
  { name: "1280", use: wide },
]) {
  test(`in forced colours what is chosen, wrong or next keeps a shape of its own (${name})`, async ({ page, stage }) => {
    await page.setViewportSize(use.viewport);
    await page.emulateMedia({ forcedColors: "active" });
    const clinic = await openClinic(stage);
    await openTimes(page, clinic);
    await chooseSlot(page);
    const border = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((one) => {
          const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(one);
          return `${borderTopWidth} ${borderTopStyle} ${borderTopColor}`;
        });
    expect(await border("[data-testid=day][aria-current]")).not.toBe(await border("[data-testid=day]:not([aria-current])"));
    expect(await border("[data-testid=slot]:has(input:checked)")).not.toBe(await border("[data-testid=slot]:not(:has(input:checked))"));
    expect(await border("[data-testid=hold-button]")).toMatch(/^3px solid/);
    const bars = await page.locator(".progress-bar").evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
    expect(new Set(bars).size, "done and to come").toBe(2);
    await keepPicture(page, `forced-times-${name}`);
    await page.getByTestId("hold-button").click();
    await expect(page.getByTestId("countdown")).toBeVisible();
    await page.getByTestId("pay-button").click();
    await expect(page.locator("#phone-problem")).toBeVisible();
    expect(await border("#phone")).toMatch(/^3px dashed/);
    await keepPicture(page, `forced-details-${name}`);
  });
}
