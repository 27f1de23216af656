import { asCookie, openMerchant } from "../../support/merchant.ts";
import { expect, phone, test, wide } from "../journey.ts";
import { inTurns, keepPicture, looksOf, seriousFindings, sidewaysPixels } from "../looks.ts";
import type { Stage } from "../stage.ts";
import { addressOf, linkTo } from "./people.ts";

const open = ["register", "login", "forgot", "verify", "reset", "confirm-email"];

/** A merchant with a team and an invitation, and its page. */
async function furnish(stage: Stage) {
  const owner = await openMerchant(stage);
  await openMerchant(stage, { tenantId: owner.tenantId, role: "admin", name: "د. ليلى الحاج" });
  await openMerchant(stage, { tenantId: owner.tenantId, role: "staff", name: "Jean-Baptiste Ignatius Montgomery-Villanueva de la Torre" });
  const email = addressOf("invited");
  const headers = { cookie: owner.cookie, "content-type": "application/json" };
  await fetch(`${stage.appUrl}/api/members/invitations`, { method: "POST", headers, body: JSON.stringify({ email, role: "staff" }) });
  return { owner, invitation: new URL(await linkTo(stage, email)).pathname };
}

const light = ["light", "es"] as const;
const dark = ["dark", "fr"] as const;
const more = [
  ["dark", "en"],
  ["light", "pt"],
] as const;

for (const [place, turn, device, looks] of [
  ["phone", 0, phone, looksOf([light], [dark, ...more])],
  ["wide", 1, wide, looksOf([dark], [light, ...more])],
] as const)
  test(`every page of accounts and teams can be used by everybody, on a ${place} screen`, async ({ stage, openBrowser }) => {
    test.setTimeout(60_000 * looks.length);
    const { owner, invitation } = await furnish(stage);
    const [outside, inside] = [await openBrowser(device), await openBrowser(device)];
    await inside.addCookies([{ ...asCookie(owner), url: stage.appUrl }]);
    const pages = [
      ...open.map((name) => ({ name, path: `/${name}`, context: outside })),
      { name: "invitation", path: invitation, context: outside },
      { name: "security", path: "/dashboard/settings/security", context: inside },
      { name: "team", path: "/dashboard/settings/team", context: inside },
    ];
    const tabs = new Map([
      [outside, await outside.newPage()],
      [inside, await inside.newPage()],
    ]);
    for (const [theme, locale] of looks)
      for (const { name, path, context } of inTurns(pages, turn)) {
        const page = tabs.get(context);
        if (!page) throw new Error("no tab");
        await page.emulateMedia({ colorScheme: theme });
        await context.addCookies([{ name: "locale", value: locale, url: stage.appUrl }]);
        await page.goto(path);
        await expect(page.locator("html")).toHaveAttribute("lang", locale);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await keepPicture(page, `accounts-${name}-${place}-${theme}`);
        expect(await seriousFindings(page), `${name}, ${theme}`).toEqual([]);
        expect(await sidewaysPixels(page), `${name}, ${theme}`).toBe(0);
      }
  });
