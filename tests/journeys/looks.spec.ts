import { locales } from "#ui/i18n/locales.ts";
import { expect, phone, test, wide } from "./journey.ts";
import { keepPicture, seriousFindings, sidewaysPixels } from "./looks.ts";
import { states } from "./states.ts";

const narrow = { width: 320, height: 640 };
type Look = { language: string; viewport: { width: number; height: number } };

/** Two languages, and each width once. `npm run nightly looks` looks at all widths in all languages. */
const usual: Look[] = [
  { language: "es", viewport: phone.viewport },
  { language: "fr", viewport: narrow },
  { language: "fr", viewport: wide.viewport },
];
const widths = [narrow, phone.viewport, { width: 768, height: 1024 }, wide.viewport];
const every: Look[] = locales.flatMap((language) => widths.map((viewport) => ({ language, viewport })));
const looks = process.env["MATRIX"] === "full" ? every : usual;

test.use({ viewport: phone.viewport });

for (const state of states) {
  test(`${state.name}: everybody can use it, on a phone and wide`, async ({ page, stage, watch }) => {
    if (state.isRefused) watch.expectRefused(/ 404$/);
    const address = new URL(await state.prepare(page, stage), stage.appUrl);
    let shown = "";
    for (const { language, viewport } of looks) {
      await page.setViewportSize(viewport);
      if (language !== shown) {
        address.searchParams.set("lang", language);
        await page.goto(address.href);
        await state.arrive?.(page);
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        shown = language;
      }
      const look = `${language}, ${viewport.width} px`;
      expect.soft(await sidewaysPixels(page), look).toBe(0);
      if (viewport === narrow) continue;
      expect.soft(await seriousFindings(page), look).toEqual([]);
      await keepPicture(page, `${state.name}-${language}-${viewport.width}`);
    }
  });
}

test("the API's documentation and the page of the simulated world can be read by everybody", async ({ page, stage }) => {
  for (const address of ["/api/docs", `${stage.simulatorsUrl}/`]) {
    for (const { viewport } of [phone, wide]) {
      await page.setViewportSize(viewport);
      expect((await page.goto(address))?.status()).toBe(200);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      if (viewport === phone.viewport) expect.soft(await seriousFindings(page), address).toEqual([]);
      expect.soft(await sidewaysPixels(page), `${address} at ${viewport.width} px`).toBe(0);
    }
  }
});
