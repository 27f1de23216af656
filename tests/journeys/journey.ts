import { type BrowserContext, type BrowserContextOptions, test as base, expect } from "@playwright/test";
import { type Stage, setStage } from "./stage.ts";
import { hydrated, Watch } from "./watch.ts";

export { expect };

type Run = { stage: Stage };
type Each = {
  watch: Watch;
  /** Another person's browser, or one with other settings. Closed after the test. */
  openBrowser(options?: BrowserContextOptions): Promise<BrowserContext>;
};

const merchantPages = /^\/(dashboard|register|login|forgot|connect-calendar)(\/|$)/;

export const phone = { viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true } as const;
export const wide = { viewport: { width: 1280, height: 900 } } as const;

/** A merchant's page is all forms: what is typed or chosen before React listens would be lost. */
function waitWherePeopleType(context: BrowserContext): void {
  context.on("page", (page) => {
    const goto = page.goto.bind(page);
    page.goto = async (url, options) => {
      const answer = await goto(url, options);
      if (merchantPages.test(new URL(page.url()).pathname)) await hydrated(page);
      return answer;
    };
  });
}

/** Every journey: the whole product, and a watch over each browser that fails the test for anything out of order. */
export const test = base.extend<Each, Run>({
  stage: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern.
    async ({}, use) => {
      const stage = await setStage();
      try {
        await use(stage);
      } finally {
        await stage.stop();
      }
    },
    { scope: "worker", timeout: 180_000 },
  ],
  baseURL: async ({ stage }, use) => use(stage.appUrl),
  watch: [
    async ({ context, stage }, use) => {
      const watch = new Watch();
      await watch.follow(context);
      const before = stage.loggedErrors().length;
      await use(watch);
      watch.check();
      expect.soft(watch.unexpectedIn(stage.loggedErrors().slice(before)), "errors in the server's log").toEqual([]);
    },
    { auto: true },
  ],
  context: async ({ context }, use) => {
    waitWherePeopleType(context);
    await use(context);
  },
  openBrowser: async ({ browser, stage, watch }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ baseURL: stage.appUrl, locale: "es-CO", ...options });
      opened.push(context);
      waitWherePeopleType(context);
      await watch.follow(context);
      return context;
    });
    for (const context of opened) await context.close();
  },
  locale: "es-CO",
  viewport: phone.viewport,
});
