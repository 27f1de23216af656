import type { BrowserContext, Page } from "@playwright/test";
import { asCookie, type Merchant } from "../../support/merchant.ts";
import { expect, phone, wide } from "../journey.ts";
import { inTurns, keepPicture, looksOf, seriousFindings, sidewaysPixels, turnOf } from "../looks.ts";
import type { Stage } from "../stage.ts";

export async function signIn(context: BrowserContext, stage: Pick<Stage, "appUrl">, merchant: Pick<Merchant, "cookie">): Promise<void> {
  await context.addCookies([{ ...asCookie(merchant), url: stage.appUrl }]);
}

/** The page goes before the cookies: its bell would ask once more, as nobody. */
export async function leave(page: Page): Promise<void> {
  await page.goto("about:blank");
  await page.context().clearCookies();
}

/** Its question is always open, so a page with it is never idle. */
export async function withoutBell(page: Page): Promise<void> {
  await page.route("**/api/notices/state*", (route) => route.abort());
}

type Looks = {
  stage: Stage;
  merchant: Merchant;
  path: string;
  name: string;
  openBrowser: (options: object) => Promise<BrowserContext>;
  /** Opens what only a press shows. */
  prepare?: (page: Page) => Promise<void>;
};

const views = looksOf(
  [
    { ...phone, locale: "es-CO", colorScheme: "light", name: "phone-es-light" },
    { ...wide, locale: "en-US", colorScheme: "dark", name: "wide-en-dark" },
  ],
  [
    { ...phone, locale: "en-US", colorScheme: "dark", name: "phone-en-dark" },
    { ...wide, locale: "es-CO", colorScheme: "light", name: "wide-es-light" },
    { ...phone, locale: "fr-FR", colorScheme: "light", name: "phone-fr-light" },
    { ...wide, locale: "pt-BR", colorScheme: "dark", name: "wide-pt-dark" },
  ],
);

/** On a phone or wide, in turns, and each night in every look: nothing keeps anybody from using the page. */
export async function expectGoodLooks({ stage, merchant, path, name, openBrowser, prepare }: Looks): Promise<void> {
  for (const { name: view, ...options } of inTurns(views, turnOf(name))) {
    const context = await openBrowser(options);
    await signIn(context, stage, merchant);
    const page = await context.newPage();
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await prepare?.(page);
    await keepPicture(page, `${name}-${view}`);
    expect(await seriousFindings(page), `${path} ${view}`).toEqual([]);
    expect(await sidewaysPixels(page), `${path} ${view}`).toBe(0);
    await page.close();
  }
}
