import { locales } from "#ui/i18n/locales.ts";
import { expect, phone, test, wide } from "./journey.ts";
import { keepPicture, seriousFindings, sidewaysPixels } from "./looks.ts";
import { states } from "./states.ts";

const narrow = { width: 320, height: 640 };
type Look = { language: string; viewport: { width: number; height: number }; isAsked: boolean };

const widths = [narrow, phone.viewport, { width: 768, height: 1024 }, wide.viewport];
const every: Look[] = locales.flatMap((language) => widths.map((viewport) => ({ language, viewport, isAsked: viewport !== narrow })));
const others = locales.filter((language) => language !== "es");

/**
 * In turns: whether it is usable is asked in Spanish on a phone, or wide in one of the other languages.
 * No width may scroll sideways. `npm run nightly looks` asks at all widths in all languages.
 */
function usual(nth: number): Look[] {
  const [language, asked] = nth % 2 ? [others[((nth - 1) / 2) % others.length] ?? "", wide.viewport] : ["es", phone.viewport];
  return [narrow, phone.viewport, wide.viewport].map((viewport) => ({ language, viewport, isAsked: viewport === asked }));
}

test.use({ viewport: phone.viewport });

for (const [nth, state] of states.entries()) {
  test(`${state.name}: everybody can use it, on a phone and wide`, async ({ page, stage, watch }) => {
    if (state.isRefused) watch.expectRefused(/ 404$/);
    const address = new URL(await state.prepare(page, stage), stage.appUrl);
    let shown = "";
    for (const { language, viewport, isAsked } of process.env["MATRIX"] === "full" ? every : usual(nth)) {
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
      if (!isAsked) continue;
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
