import type { Page } from "@playwright/test";
import { demo, demoId } from "#db/demo.ts";
import { expect, phone, test, wide } from "./journey.ts";
import { keepPicture, seriousFindings } from "./looks.ts";
import { outsideOf } from "./outside.ts";
import { ana, bookingOf, chooseDay, chooseOffer, chooseSlot, expectState, fillDetails, pressHold } from "./wizard.ts";
import { saying, wordsOf } from "./words.ts";

const offer = { serviceId: demoId(14), professionalId: demoId(22) };
const server = "demo";
/** `$ 0`, `0 $US`, `0,00 €`: what nobody should read who pays nothing. */
const noughtOfMoney = /[$€]\s*0\b|\b0\s*[$€]/;

for (const { language, email, use } of [
  { language: "es", email: "gratis@example.com", use: { ...phone, locale: "es-CO" } },
  { language: "fr", email: "gratuit@example.com", use: { ...wide, locale: "fr-FR" } },
] as const) {
  test.describe(language, () => {
    test.use(use);
    test(`in ${language}, a free service is booked without a word about paying, and everybody is told`, async ({ page, stage }) => {
      const words = wordsOf(language);
      await page.goto("/book/demo");
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      const card = page.locator(`[data-testid=service-card][data-id="${offer.serviceId}"]`);
      await expect(card).toContainText(words.price.free);
      await expect(card).not.toContainText(noughtOfMoney);
      await chooseOffer(page, offer);
      await expect(page.locator("main")).toContainText(words.price.free);
      await chooseDay(page);
      await chooseSlot(page);
      await pressHold(page);
      await expectNoPayment(page);
      await expect(page.getByTestId("pay-button")).toHaveText(words.details.bookFree);
      await expect(page.getByText(words.details.trustFree)).toBeVisible();
      expect.soft(await seriousFindings(page), "details").toEqual([]);
      await fillDetails(page, { ...ana, phone: "+57 300 123 4567", email });

      const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/api/bookings"));
      await page.getByTestId("pay-button").click();
      expect((await sent).postDataJSON()).not.toHaveProperty("provider");
      await expect(page).toHaveURL(/\/book\/[^/]+\/confirm\?/);
      await expectState(page, "confirmed");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.confirm.confirmed.title);
      await page.getByRole("button", { name: words.confirm.stay }).click();
      await expect(page.getByText(saying(words.confirm.mailSent))).toContainText(email);
      await expect(page.locator("dl")).toHaveText(`${words.summary.total}${words.price.free}`);
      await expectNoPayment(page);
      expect.soft(await seriousFindings(page), "confirmed").toEqual([]);
      await keepPicture(page, `confirmed-free-${language}`);

      const { id } = bookingOf(page);
      const paidCallback = { event: "booking.paid", firma: "right", standardWebhook: "right" };
      const mails = [demo.professionals[1].email, demo.tenant.notifyEmail, email].sort();
      await expect.poll(() => outsideOf(stage, { id, email, server })).toEqual({ rooms: 0, mails, callbacks: [paidCallback] });
    });
  });

  async function expectNoPayment(page: Page): Promise<void> {
    const words = wordsOf(language);
    const main = page.locator("main");
    for (const text of [words.summary.dueNow, words.summary.paid, words.details.provider, words.steps.payment])
      await expect(page.getByText(text, { exact: true })).toHaveCount(0);
    await expect(main).not.toContainText("Wompi");
    await expect(main).not.toContainText(noughtOfMoney);
  }
}
