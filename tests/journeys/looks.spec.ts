import { expect, phone, test, wide } from "./journey.ts";
import { keepPicture, seriousFindings, sidewaysPixels } from "./looks.ts";
import { states } from "./states.ts";

const narrow = { width: 320, height: 640 };

test.use({ viewport: phone.viewport });

for (const state of states) {
  test(`${state.name}: everybody can use it, on a phone and wide, in Spanish and French`, async ({ page, stage, watch }) => {
    if (state.isRefused) watch.expectRefused(/ 404$/);
    const address = new URL(await state.prepare(page, stage), stage.appUrl);
    for (const language of ["es", "fr"]) {
      address.searchParams.set("lang", language);
      await page.setViewportSize(phone.viewport);
      await page.goto(address.href);
      await state.arrive?.(page);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      expect.soft(await seriousFindings(page), `${language}, phone`).toEqual([]);
      await keepPicture(page, `${state.name}-${language}-375`);
      await page.setViewportSize(narrow);
      expect.soft(await sidewaysPixels(page), `${language}, 320 px`).toBe(0);
      await page.setViewportSize(wide.viewport);
      expect.soft(await sidewaysPixels(page), `${language}, wide`).toBe(0);
      expect.soft(await seriousFindings(page), `${language}, wide`).toEqual([]);
      await keepPicture(page, `${state.name}-${language}-1280`);
    }
  });
}

test("the API's documentation and the page of the simulated world can be read by everybody", async ({ page, stage }) => {
  for (const address of ["/api/docs", `${stage.simulatorsUrl}/`]) {
    for (const { viewport } of [phone, wide]) {
      await page.setViewportSize(viewport);
      expect((await page.goto(address))?.status()).toBe(200);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect.soft(await seriousFindings(page), `${address} at ${viewport.width} px`).toEqual([]);
      expect.soft(await sidewaysPixels(page), `${address} at ${viewport.width} px`).toBe(0);
    }
  }
});
