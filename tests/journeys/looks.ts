import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What axe finds that keeps somebody from using the page. */
export async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 200)} (${node.any.map((check) => check.message).join("; ")})`),
    );
}

/** How many pixels one would have to scroll sideways. */
export async function sidewaysPixels(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** With JOURNEY_PICTURES=folder every state is kept there as pictures, for a person to look at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env["JOURNEY_PICTURES"];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Each width and colour scheme once, two languages; a night has other combinations, and all four languages. */
export function looksOf<Usual, More>(usual: readonly Usual[], more: readonly More[]): readonly (Usual | More)[] {
  return process.env["MATRIX"] === "full" ? [...usual, ...more] : usual;
}
