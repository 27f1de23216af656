import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import sharp from "sharp";
import { updateLink } from "#commands/links/update-link.ts";
import { system as caller } from "#contracts/caller.ts";
import type settingsWords from "#messages/settings/es.json";
import type { Locale } from "#ui/i18n/locales.ts";
import { openClinic } from "../../support/clinic.ts";
import { asCookie, type Merchant, openMerchant } from "../../support/merchant.ts";
import { expect, phone, test, wide } from "../journey.ts";
import { inTurns, keepPicture, looksOf, seriousFindings, sidewaysPixels } from "../looks.ts";
import type { Stage } from "../stage.ts";
import { expectState, fillDetails, pressAtWompi, pressPay, takeSlot } from "../wizard.ts";

test.use(wide);

const wordsIn = (locale: Locale): (typeof settingsWords)["settings"] =>
  JSON.parse(readFileSync(join(import.meta.dirname, "..", "..", "..", "messages", "settings", `${locale}.json`), "utf8")).settings;
const words = wordsIn("es");

async function signIn(stage: Stage, context: BrowserContext): Promise<Merchant> {
  const merchant = await openMerchant(stage);
  await context.addCookies([{ ...asCookie(merchant), url: stage.appUrl }]);
  return merchant;
}
const save = (page: Page) => page.getByTestId("save").click();
const isSaved = (page: Page) => expect(page.getByText("Guardado", { exact: true })).toBeVisible();
const linkOf = async (stage: Stage, { tenantId }: Merchant): Promise<string> => {
  const { rows } = await stage.owner.query<{ public_id: string }>("select public_id from booking_link where tenant_id = $1", [tenantId]);
  return rows[0]?.public_id ?? "";
};

test("colours and logo are seen at once beside the form, and by customers once they are saved", async ({ page, context, stage }) => {
  const merchant = await signIn(stage, context);
  const link = await linkOf(stage, merchant);
  await page.goto("/dashboard/settings/branding");
  const button = page.getByTestId("preview-button");
  await page.getByLabel(words.branding.primaryColor).last().fill("#7A1F3D");
  await expect(button).toHaveCSS("background-color", "rgb(122, 31, 61)");
  await expect(button).toHaveCSS("color", "rgb(255, 255, 255)");
  await expect(page.getByTestId("color-advice")).toHaveAttribute("data-advice", "good");

  await page.getByTestId("primaryColor-picker").fill("#ffd54a");
  await expect(button).toHaveCSS("background-color", "rgb(255, 213, 74)");
  await expect(button).toHaveCSS("color", "rgb(0, 0, 0)");
  await page.getByLabel(words.branding.primaryColor).last().fill("#FFFDE7");
  await expect(page.getByTestId("color-advice")).toHaveAttribute("data-advice", "hard");
  await page.getByLabel(words.branding.primaryColor).last().fill("#7A1F3D");

  const logo = await sharp({ create: { width: 300, height: 120, channels: 3, background: "#7A1F3D" } })
    .png()
    .toBuffer();
  await page.locator("input[type=file]").setInputFiles({ name: "../../logo.png", mimeType: "image/png", buffer: logo });
  await expect(page.getByTestId("preview").locator("img")).toHaveAttribute("src", /^\/api\/images\/[0-9a-f]{64}\.webp$/);
  const before = await stage.owner.query("select logo_url, primary_color from tenant where tenant_id = $1", [merchant.tenantId]);
  expect(before.rows[0]).toEqual({ logo_url: null, primary_color: "#3B82F6" });

  await save(page);
  await isSaved(page);
  await page.goto(`/book/${link}/select`);
  await expect(page.locator("header img")).toHaveAttribute("src", /^\/api\/images\//);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--brand"))).toBe("#7a1f3d");
  await expect(page.locator("link[rel=icon]").first()).toHaveAttribute("href", /-icon\.png$/);
  await expect(page.locator("meta[property='og:image']")).toHaveAttribute("content", /-share\.jpg$/);
});

test("a file that is no picture is refused in words, and the old logo stays", async ({ page, context, stage, watch }) => {
  watch.expectRefused(/^POST \/api\/images 4\d\d$/);
  await signIn(stage, context);
  await page.goto("/dashboard/settings/branding");
  const choose = (name: string, mimeType: string, buffer: Buffer) =>
    page.locator("input[type=file]").setInputFiles({ name, mimeType, buffer });
  const alert = page.getByRole("alert");
  await choose("x.png", "image/png", Buffer.from("<script>alert(1)</script>"));
  await expect(alert.filter({ hasText: "PNG, SVG, WebP" })).toBeVisible();
  await choose("big.png", "image/png", Buffer.alloc(2 * 1024 * 1024 + 1));
  await expect(alert.filter({ hasText: "2 MB" })).toBeVisible();
  await expect(page.getByTestId("preview").locator("img")).toHaveCount(0);
});

test("a subdomain is checked while it is typed", async ({ page, context, stage, watch }) => {
  watch.expectRefused(/^PATCH \/api\/tenant\/branding 4\d\d$/);
  await signIn(stage, context);
  await page.goto("/dashboard/settings/branding");
  const state = page.getByTestId("subdomain-state");
  const field = page.getByLabel(words.branding.subdomain, { exact: true });
  for (const [name, wanted] of [
    ["www", "reserved"],
    ["a", "invalid"],
    [`mia-${process.pid}`, "free"],
  ] as const) {
    await field.fill(name);
    await expect(state).toHaveAttribute("data-state", wanted);
  }
  await field.fill("admin");
  await save(page);
  await expect(page.locator("#subdomain-problem")).toBeVisible();
  await expect(field).toHaveValue("admin");
  await field.fill(`mia-${process.pid}`);
  await save(page);
  await isSaved(page);
  // Its own from then on, if the question came after it was saved.
  await expect(state).toHaveAttribute("data-state", /^(free|own)$/);
});

test("own terms, the data controller and what searches may list reach the customers' pages", async ({ page, context, stage }) => {
  const merchant = await signIn(stage, context);
  const link = await linkOf(stage, merchant);
  await page.goto(`/book/${link}/select`);
  await expect(page.locator("meta[name=robots]")).toHaveAttribute("content", /noindex/);
  await page.goto("/dashboard/settings");
  await page.getByLabel(words.general.controllerName).fill("Aurora S.A.S.");
  await page.getByLabel(words.general.termsText).fill("Llega diez minutos antes.\n<script>alert(1)</script>");
  await page.getByRole("switch").click();
  await page.getByLabel(words.general.shareTitle).fill("Reserva en Aurora");
  await page.getByTestId("save").dblclick();
  await isSaved(page);
  const { rows } = await stage.owner.query("select version from tenant where tenant_id = $1", [merchant.tenantId]);
  expect(rows[0]).toEqual({ version: 2 });

  await page.goto(`/book/${link}/select`);
  await expect(page.locator("meta[name=robots]")).toHaveAttribute("content", /^index/);
  await expect(page.locator("meta[property='og:title']")).toHaveAttribute("content", "Reserva en Aurora");
  await page.locator("footer a").first().click();
  await expect(page.getByTestId("own-terms")).toContainText("Llega diez minutos antes.");
  await expect(page.getByTestId("own-terms")).toContainText("<script>alert(1)</script>");
  await expect(page.getByText("Aurora S.A.S.")).toBeVisible();
});

test("the second of two people is told, and what they typed stays", async ({ page, context, stage, watch }) => {
  watch.expectRefused(/^PATCH \/api\/tenant 409$/);
  const merchant = await signIn(stage, context);
  await page.goto("/dashboard/settings");
  const other = await context.newPage();
  await other.goto("/dashboard/settings");
  await other.getByLabel(words.general.name).fill("De la otra");
  await save(other);
  await isSaved(other);
  await page.getByLabel(words.general.controllerName).fill("Nuestra S.A.S.");
  await save(page);
  await expect(page.getByRole("alert").filter({ has: page.getByRole("button") })).toBeVisible();
  await expect(page.getByLabel(words.general.controllerName)).toHaveValue("Nuestra S.A.S.");
  const { rows } = await stage.owner.query("select name, controller_name from tenant where tenant_id = $1", [merchant.tenantId]);
  expect(rows[0]).toEqual({ name: "De la otra", controller_name: null });
});

test("a first location is shown to customers; what is archived can be taken back", async ({ page, context, stage, watch }) => {
  watch.expectRefused(/^POST \/api\/locations 422$/);
  await signIn(stage, context);
  await page.goto("/dashboard/settings/locations");
  await expect(page.getByText(words.locations.emptyTitle)).toBeVisible();
  const add = async (name: string, phone: string) => {
    await page.getByRole("button", { name: words.locations.add }).click();
    await page.getByLabel(words.locations.name).fill(name);
    await page.getByLabel(words.locations.address, { exact: true }).fill("Calle 63 # 9-42");
    await page.getByLabel(words.locations.phone, { exact: true }).fill(phone);
    await page.getByRole("dialog").getByTestId("save").click();
  };
  await add("Sede Norte", "12");
  await expect(page.locator("#phone-problem")).toBeVisible();
  await page.getByLabel(words.locations.phone, { exact: true }).fill("601 234 5678");
  await page.getByRole("dialog").getByTestId("save").click();
  await expect(page.getByTestId("location")).toContainText("+576012345678");
  await add("Sede Sur", "601 234 5679");
  await expect(page.getByTestId("location")).toHaveCount(2);

  await page.getByTestId("location").filter({ hasText: "Sede Sur" }).getByRole("button").click();
  await page.getByRole("menuitem", { name: words.locations.archive }).click();
  await expect(page.getByTestId("location")).toHaveCount(1);
  await page.getByRole("button", { name: "Deshacer" }).click();
  await expect(page.getByTestId("location")).toHaveCount(2);
});

test("place, contact and tone reach the customer: details, confirmed page, and a link that no longer works", async ({
  page,
  context,
  stage,
  watch,
  openBrowser,
}) => {
  watch.expectRefused(/^GET \/book\/[^/]+(\/select)? 404$/);
  const clinic = await openClinic(stage);
  const merchant = await openMerchant(stage, { tenantId: clinic.tenantId });
  await context.addCookies([{ ...asCookie(merchant), url: stage.appUrl }]);
  await page.goto("/dashboard/settings");
  await page.getByLabel(words.general.tone).selectOption("formal");
  await save(page);
  await isSaved(page);
  await page.goto("/dashboard/settings/locations");
  await page.getByRole("button", { name: words.locations.add }).click();
  await expect(page.getByLabel(words.locations.name)).toBeFocused();
  for (const [label, value] of [
    [words.locations.name, "Sede Norte"],
    [words.locations.address, "Calle 63 # 9-42"],
    [words.locations.directions, "Piso 2, timbre 201"],
    [words.locations.mapUrl, "https://maps.example/norte"],
    [words.locations.phone, "601 234 5678"],
    [words.locations.whatsapp, "300 123 4567"],
    [words.locations.email, "norte@aurora.example"],
  ] as const)
    await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByRole("dialog").getByTestId("save").click();
  await expect(page.getByTestId("location")).toContainText("Sede Norte");

  const customer = await (await openBrowser(phone)).newPage();
  const isPolite = () => expect(customer.locator("main")).not.toContainText(/(?<!\p{L})(tú|tu|tus|te|puedes|elige|pagas)(?!\p{L})/iu);
  const contact = ["+576012345678", "WhatsApp +573001234567", "norte@aurora.example"];
  const seesPlace = async () => {
    const place = customer.getByTestId("place");
    for (const words of ["Sede Norte", "Calle 63 # 9-42", "Piso 2, timbre 201", ...contact]) await expect(place).toContainText(words);
    await expect(place.locator("a[href='https://maps.example/norte']")).toBeVisible();
    await isPolite();
  };
  await takeSlot(customer, clinic);
  await seesPlace();
  await fillDetails(customer, { name: "Ana Pérez", email: `customer@${clinic.link}.example`, phone: "300 123 4567" });
  await pressPay(customer, stage);
  await pressAtWompi(customer, "approve");
  await expectState(customer, "confirmed");
  await seesPlace();
  await keepPicture(customer, "place-confirmed-375");

  const { rows } = await stage.owner.query<{ id: string }>("select id from booking_link where tenant_id = $1", [clinic.tenantId]);
  const off = { tenantId: clinic.tenantId, linkId: rows[0]?.id ?? "", changes: { isActive: false } };
  await updateLink({ caller, input: off });
  await expect.poll(async () => (await customer.goto(`/book/${clinic.link}/select`))?.status()).toBe(404);
  for (const words of contact) await expect(customer.getByTestId("contact")).toContainText(words);
  await isPolite();
  await keepPicture(customer, "place-link-inactive-375");
});

test("chosen colours stay for the next page, and the menu says which they are", async ({ page, context, stage }) => {
  await signIn(stage, context);
  await page.goto("/dashboard/settings");
  const isWorn = async (theme: string) => {
    await page.getByTestId("account-menu").click();
    await expect(page.getByTestId(`theme-${theme}`)).toHaveAttribute("aria-checked", "true");
  };
  await isWorn("system");
  await page.getByTestId("theme-dark").click();
  await isWorn("dark");
  await page.goto("/dashboard/settings/booking");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await isWorn("dark");
  await page.getByTestId("theme-system").click();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
});

test("where a rule changes another, it says so there", async ({ page, context, stage, watch }) => {
  watch.expectRefused(/^PATCH \/api\/tenant 422$/);
  const merchant = await signIn(stage, context);
  await stage.owner.query("update service set hold_minutes = 30 where tenant_id = $1 and name = 'Teleconsulta'", [merchant.tenantId]);
  await page.goto("/dashboard/settings/booking");
  await expect(page.getByTestId("effect-hold-own")).toContainText("Teleconsulta");
  await page.locator("#latestApprovalMinutes").fill("60");
  await expect(page.getByTestId("effect-notice")).toContainText("64");
  await expect(page.getByTestId("effect-lifted")).toContainText("Consulta");
  await page.getByLabel(words.booking.release).check();
  await expect(page.getByTestId("effect-decline")).toBeVisible();
  await page.locator("#holdMinutes").fill("diez");
  await save(page);
  await expect(page.locator("#holdMinutes-problem")).toHaveText(words.problems.holdMinutes);
  await expect(page.locator("#latestApprovalMinutes")).toHaveValue("60");
  await page.locator("#holdMinutes").fill("15");
  await save(page);
  await isSaved(page);
  const { rows } = await stage.owner.query("select hold_minutes, on_decline, latest_approval_minutes from tenant where tenant_id = $1", [
    merchant.tenantId,
  ]);
  expect(rows[0]).toEqual({ hold_minutes: 15, on_decline: "release", latest_approval_minutes: 60 });
});

test("a private address is refused at its field; new secrets are shown once", async ({ page, context, stage, watch }) => {
  watch.expectRefused(/^PATCH \/api\/tenant\/branding 422$/);
  await signIn(stage, context);
  await page.goto("/dashboard/settings/callbacks");
  await page.locator("#callbackUrl").fill("https://192.168.0.1/callback");
  await save(page);
  await expect(page.locator("#callbackUrl-problem")).toHaveText(words.problems.callbackUrl);
  await expect(page.locator("#callbackUrl")).toHaveValue("https://192.168.0.1/callback");
  await page.getByRole("button", { name: words.callbacks.rotate }).click();
  await page.getByRole("dialog").getByRole("button", { name: words.callbacks.rotate }).click();
  const secret = await page.getByTestId("hmacSecret").textContent();
  expect(secret?.length).toBeGreaterThan(30);
  await page.getByRole("button", { name: words.callbacks.done }).click();
  await page.reload();
  expect(await page.content()).not.toContain(secret);
});

const looks = looksOf(
  [
    [phone, "es", "light"],
    [wide, "fr", "dark"],
  ] as const,
  [
    [phone, "pt", "dark"],
    [wide, "en", "light"],
  ] as const,
);

for (const [nth, [path, name]] of (
  [
    ["", "general"],
    ["/branding", "branding"],
    ["/locations", "locations"],
    ["/booking", "booking"],
    ["/callbacks", "callbacks"],
  ] as const
).entries())
  test(`everybody can use ${name}: phone and wide, light and dark, two languages`, async ({ stage, openBrowser }) => {
    const merchant = await openMerchant(stage);
    await stage.owner.query(
      "insert into location (tenant_id, name, address, phone, is_default) values ($1, 'Sede', 'Calle 1', '+576012345678', true)",
      [merchant.tenantId],
    );
    for (const [screen, locale, colorScheme] of inTurns(looks, nth)) {
      const context = await openBrowser({ ...screen, locale, colorScheme });
      await context.addCookies([{ ...asCookie(merchant), url: stage.appUrl }]);
      const page = await context.newPage();
      await page.goto(`/dashboard/settings${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(wordsIn(locale)[name].title);
      expect(await seriousFindings(page)).toEqual([]);
      expect(await sidewaysPixels(page)).toBe(0);
      await keepPicture(page, `settings-${name}-${locale}-${colorScheme}`);
    }
  });
