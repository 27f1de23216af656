import type { BrowserContext, Page } from "@playwright/test";
import { openClinic } from "../../support/clinic.ts";
import { pay, reachPaymentPage } from "../../support/customer.ts";
import { asCookie, openMerchant } from "../../support/merchant.ts";
import { expect, phone, test, wide } from "../journey.ts";
import { inTurns, keepPicture, looksOf, seriousFindings, sidewaysPixels } from "../looks.ts";
import type { Stage } from "../stage.ts";
import { withoutBell } from "./member-pages.ts";

const dateIn = (days: number) => new Date(Date.now() - 5 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

/** A clinic with everything that these pages can show. */
async function furnish(stage: Stage) {
  const clinic = await openClinic(stage);
  const merchant = await openMerchant(stage, { tenantId: clinic.tenantId });
  const booking = await reachPaymentPage(stage, clinic, { start: `${dateIn(3)}T15:00:00.000Z` });
  await pay(stage, booking.checkoutUrl, "approve");
  const { tenantId, professionalId, otherProfessionalId } = clinic;
  const change = async (sql: string, ...values: unknown[]) => stage.owner.query(sql, values);
  await change("update professional set calendar_status = 'error', active = false where id = $1", otherProfessionalId);
  await change("insert into professional (tenant_id, name, calendar_status) values ($1, 'د. ليلى الحاج', 'connected')", tenantId);
  const exception = "insert into opening_exception (tenant_id, professional_id, kind, from_date, to_date, starts_at, ends_at, note)";
  await change(`${exception} values ($1, $2, 'closed', $3, $4, null, null, 'Vacaciones')`, tenantId, professionalId, dateIn(2), dateIn(9));
  await change(`${exception} values ($1, $2, 'extra', $3, $3, '09:00', '13:00', '')`, tenantId, professionalId, dateIn(5));
  const headers = { cookie: merchant.cookie, "content-type": "application/json" };
  const made = await fetch(`${stage.appUrl}/api/professionals/${professionalId}/invite`, { method: "POST", headers, body: "{}" });
  const { url } = (await made.json()) as { url: string };
  const dashboard = "/dashboard/professionals";
  const pages: [name: string, address: string][] = [
    ["list", dashboard],
    ["new", `${dashboard}/new`],
    ["edit", `${dashboard}/${professionalId}/edit`],
    ["connect", new URL(url).pathname],
  ];
  return { merchant, pages };
}

async function wear(context: BrowserContext, page: Page, look: { theme: "light" | "dark"; locale: string; url: string }): Promise<void> {
  await page.emulateMedia({ colorScheme: look.theme });
  await context.addCookies([{ name: "locale", value: look.locale, url: look.url }]);
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
  test(`every page of professionals can be used by everybody, on a ${place} screen`, async ({ stage, openBrowser }) => {
    test.setTimeout(60_000 * looks.length);
    const { merchant, pages } = await furnish(stage);
    const context = await openBrowser(device);
    await context.addCookies([{ ...asCookie(merchant), url: stage.appUrl }]);
    const page = await context.newPage();
    for (const [theme, locale] of looks) {
      await wear(context, page, { theme, locale, url: stage.appUrl });
      for (const [name, address] of inTurns(pages, turn)) {
        await page.goto(address);
        await expect(page.locator("html")).toHaveAttribute("lang", locale);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await keepPicture(page, `professionals-${name}-${place}-${theme}`);
        expect(await seriousFindings(page), `${name}, ${theme}`).toEqual([]);
        expect(await sidewaysPixels(page), `${name}, ${theme}`).toBe(0);
      }
    }
  });

test("every target is at least 44 pixels", async ({ stage, openBrowser }) => {
  const { merchant, pages } = await furnish(stage);
  const context = await openBrowser(phone);
  await context.addCookies([{ ...asCookie(merchant), url: stage.appUrl }]);
  const page = await context.newPage();
  await withoutBell(page);
  for (const [name, address] of pages) {
    await page.goto(address, { waitUntil: "networkidle" });
    const small = await page
      .locator("main button:visible, main a:visible, main input:not([type=file]):visible, main select:visible")
      .evaluateAll((all) =>
        all
          .map((each) => (each instanceof HTMLInputElement && /checkbox|radio/.test(each.type) ? (each.closest("label") ?? each) : each))
          .map((each) => ({ height: each.getBoundingClientRect().height, html: each.outerHTML.slice(0, 90) }))
          .filter(({ height }) => height < 43.5),
      );
    expect(small, name).toEqual([]);
  }
});
