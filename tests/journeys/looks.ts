import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeBuilder } from "@axe-core/playwright";
import type { Frame, Page } from "@playwright/test";

type AxeResults = Awaited<ReturnType<AxeBuilder["analyze"]>>;
type WithAxe = typeof globalThis & { axe?: { run(context: Document, options: object): Promise<AxeResults> } };

const require = createRequire(import.meta.url);
const axeFile = createRequire(require.resolve("@axe-core/playwright")).resolve("axe-core/axe.min.js");
/** Asks the frames of a page too, of whatever origin. */
const axeSource = `${readFileSync(axeFile, "utf8")}; axe.configure({ allowedOrigins: ["<unsafe_all_origins>"] });`;
/**
 * Moderate at most (https://github.com/dequelabs/axe-core/blob/v4.14.1/doc/rule-descriptions.md), so
 * that nobody would hear of what they find. With them a page takes three times as long.
 */
const neverSerious = [
  "aria-allowed-role",
  "empty-heading",
  "empty-table-header",
  "form-field-multiple-labels",
  "heading-order",
  "image-redundant-alt",
  "landmark-banner-is-top-level",
  "landmark-complementary-is-top-level",
  "landmark-contentinfo-is-top-level",
  "landmark-main-is-top-level",
  "landmark-no-duplicate-banner",
  "landmark-no-duplicate-contentinfo",
  "landmark-no-duplicate-main",
  "landmark-one-main",
  "landmark-unique",
  "meta-viewport-large",
  "page-has-heading-one",
  "presentation-role-conflict",
  "region",
  "scope-attr-valid",
  "skip-link",
  "table-duplicate-name",
];
const axeOptions = {
  resultTypes: ["violations"],
  preload: false,
  rules: Object.fromEntries(neverSerious.map((rule) => [rule, { enabled: false }])),
};

/** What axe finds that keeps somebody from using the page. Asked in the page: the way over axe's own package costs more than axe. */
export async function seriousFindings(page: Page): Promise<string[]> {
  for (const frame of page.frames()) if (await runsScripts(frame)) await frame.evaluate(axeSource);
  return page.evaluate(async (options) => {
    const { axe } = globalThis as WithAxe;
    if (!axe) throw new Error("axe is not in the page");
    const { violations } = await axe.run(document, options);
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.html.slice(0, 200)} (${node.any.map((check) => check.message).join("; ")})`),
      );
  }, axeOptions);
}

/** A mail in a sandbox runs none, and the browser complains of the attempt. */
async function runsScripts(frame: Frame): Promise<boolean> {
  if (!frame.parentFrame()) return true;
  const sandbox = await (await frame.frameElement()).getAttribute("sandbox");
  return sandbox === null || sandbox.includes("allow-scripts");
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

const isFull = process.env["MATRIX"] === "full";

/** Each width and colour scheme once, two languages; a night has other combinations, and all four languages. */
export function looksOf<Usual, More>(usual: readonly Usual[], more: readonly More[]): readonly (Usual | More)[] {
  return isFull ? [...usual, ...more] : usual;
}

/** Every second one, from the first (0) or the second (1) on: pages that are seen in two looks take turns. A night leaves none out. */
export function inTurns<One>(all: readonly One[], turn: number): readonly One[] {
  return isFull ? all : all.filter((_, nth) => nth % 2 === turn % 2);
}

/** The same for a name each time, so that a fault comes again. */
export const turnOf = (name: string): number => [...name].reduce((sum, sign) => sum + (sign.codePointAt(0) ?? 0), 0);
