import { expect, test } from "./journey.ts";
import { seriousFindings } from "./looks.ts";

const faulty = '<img src="data:,"><p style="color:#ccc;background:#fff">hard to read</p>';

test("what keeps somebody from using a page is found, in a frame of it too", async ({ page }) => {
  await page.setContent(`<html lang="es"><title>faulty</title><main>${faulty}<iframe title="frame" srcdoc='${faulty}'></iframe></main>`);
  await expect(page.frameLocator("iframe").getByText("hard to read")).toBeVisible();
  const found = (await seriousFindings(page)).map((finding) => finding.split(":")[0]).sort();
  expect(found).toEqual(["color-contrast", "color-contrast", "image-alt", "image-alt"]);
  await page.setContent('<html lang="es"><title>good</title><main><h1>good</h1></main>');
  expect(await seriousFindings(page)).toEqual([]);
});
