import { expect, test } from "./journey.ts";
import { seriousFindings, sidewaysPixels } from "./looks.ts";
import { Watch } from "./watch.ts";

/** What every journey relies on: the watch and the looks notice what they are there for. */

test("an error, a violation of the policy, a request to elsewhere and a refused answer are all noticed", async ({ browser, stage }) => {
  const context = await browser.newContext({ baseURL: stage.appUrl });
  try {
    const watch = new Watch();
    await watch.follow(context);
    const page = await context.newPage();
    await page.goto("/terms");
    await page.evaluate(() => {
      document.head.insertAdjacentHTML("beforeend", "<style>body{color:red}</style>");
      document.body.setAttribute("style", "color:red");
      setTimeout(() => {
        throw new Error("thrown on purpose");
      });
    });
    await expect
      .poll(() => watch.errors.join("\n"))
      .toMatch(/content security policy: style-src[\s\S]*thrown on purpose|thrown on purpose[\s\S]*content security policy: style-src/);
    await page.goto("/nothing");
    expect(watch.refused).toEqual(["GET /nothing 404"]);
    await page.goto("about:blank");
    await page.evaluate(() => fetch("http://elsewhere.invalid/").catch(() => {}));
    expect(watch.outside).toEqual(["http://elsewhere.invalid/"]);
  } finally {
    await context.close();
  }
});

test("a page that not everybody can use is noticed", async ({ page }) => {
  await page.setContent(
    '<html lang="es"><title>x</title><main><h1>x</h1><input><p style="color:#aaa;background:#fff">pale</p><p style="width:3000px">wide</p></main></html>',
  );
  const findings = (await seriousFindings(page)).join("\n");
  expect(findings).toMatch(/^label:/m);
  expect(findings).toMatch(/^color-contrast:/m);
  expect(await sidewaysPixels(page)).toBeGreaterThan(1000);
});

const faulty = '<img src="data:,"><p style="color:#ccc;background:#fff">hard to read</p>';

test("what keeps somebody from using a page is found, in a frame of it too", async ({ page }) => {
  await page.setContent(`<html lang="es"><title>faulty</title><main>${faulty}<iframe title="frame" srcdoc='${faulty}'></iframe></main>`);
  await expect(page.frameLocator("iframe").getByText("hard to read")).toBeVisible();
  const found = (await seriousFindings(page)).map((finding) => finding.split(":")[0]).sort();
  expect(found).toEqual(["color-contrast", "color-contrast", "image-alt", "image-alt"]);
  await page.setContent('<html lang="es"><title>good</title><main><h1>good</h1></main>');
  expect(await seriousFindings(page)).toEqual([]);
});
