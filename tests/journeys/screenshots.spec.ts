import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { demoId } from "#db/demo.ts";
import type { Clinic } from "../support/clinic.ts";
import { hold } from "../support/customer.ts";
import { expect, phone, test, wide } from "./journey.ts";
import { chooseDay, chooseOffer, chooseSlot, expectState, fillDetails, pressAtWompi, pressHold, pressPay } from "./wizard.ts";

const folder = join(import.meta.dirname, "..", "..", "docs", "screenshots");
const offer = { serviceId: demoId(13), professionalId: demoId(21) };

/** README's pictures. Only on wish: `SCREENSHOTS=on npm test journeys`. */
if (process.env["SCREENSHOTS"] === "on") {
  for (const { name, day, use } of [
    { name: "375-es", day: 1, use: { ...phone, locale: "es-CO", timezoneId: "America/Bogota", deviceScaleFactor: 2 } },
    { name: "1280-en", day: 2, use: { ...wide, locale: "en-US", timezoneId: "America/Bogota" } },
  ]) {
    test.describe(name, () => {
      test.use(use);
      test(`README's pictures, ${name}`, async ({ page, stage }) => {
        const take = (step: string) => takePicture(page, `${step}-${name}`);
        await page.goto(`/book/demo/select?service=${demoId(11)}&professional=${offer.professionalId}`);
        await take("select");
        await chooseOffer(page, offer);
        await chooseDay(page, day);
        const starts = await page.getByTestId("slot").evaluateAll((slots) => slots.map((slot) => slot.getAttribute("data-start") ?? ""));
        await hold(stage, { link: "demo" } as Clinic, { start: starts[3] ?? "", ...offer });
        await page.reload();
        await chooseSlot(page, 1);
        await page
          .getByTestId("slot")
          .first()
          .evaluate((slot) => slot.scrollIntoView({ block: "center" }));
        await take("availability");
        await pressHold(page);
        await fillDetails(page, { name: "Ana María Pérez", email: "ana@example.com", phone: "300 123 4567" });
        await page.evaluate(() => window.scrollTo(0, 0));
        await take("details");
        await pressPay(page, stage);
        await pressAtWompi(page, "approve");
        await expectState(page, "confirmed");
        await expect(page.getByTestId("meeting")).toBeVisible();
        await page.evaluate(() => window.scrollTo(0, 0));
        await take("confirmed");
      });

      test(`README's pictures of the shop, ${name}`, async ({ page }) => {
        await page.goto("/shop/aurora");
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await takePicture(page, `shop-${name}`);
      });
    });
  }
}

async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
}
