import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { createLink } from "#commands/links/create-link.ts";
import { system as caller } from "#contracts/caller.ts";
import { newLink } from "#contracts/catalog.ts";
import type messages from "#messages/links/es.json";
import { type Clinic, openClinic } from "../../support/clinic.ts";
import { asCookie, openMerchant } from "../../support/merchant.ts";
import { expect, phone, test, wide } from "../journey.ts";
import { inTurns, keepPicture, looksOf, seriousFindings, sidewaysPixels } from "../looks.ts";
import type { Stage } from "../stage.ts";
import { chooseDay, chooseSlot, expectState, pressAtWompi, pressHold, pressPay } from "../wizard.ts";

const read = (locale: string): (typeof messages)["links"] =>
  (JSON.parse(readFileSync(new URL(`../../../messages/links/${locale}.json`, import.meta.url), "utf8")) as typeof messages).links;
const words = read("es");

test.use({ viewport: wide.viewport });

async function signIn(page: Page, stage: Stage): Promise<Clinic> {
  const clinic = await openClinic(stage);
  const merchant = await openMerchant(stage, { tenantId: clinic.tenantId });
  await page.context().addCookies([{ ...asCookie(merchant), url: stage.appUrl }]);
  return clinic;
}
const addLink = (clinic: Clinic, name: string) => createLink({ caller, input: { ...newLink.parse({ name }), tenantId: clinic.tenantId } });

const combinations = looksOf(
  [
    { ...phone, colorScheme: "light", locale: "es" },
    { ...wide, colorScheme: "dark", locale: "en" },
  ] as const,
  [
    { ...phone, colorScheme: "dark", locale: "en" },
    { ...wide, colorScheme: "light", locale: "es" },
    { ...phone, colorScheme: "light", locale: "fr" },
    { ...wide, colorScheme: "dark", locale: "pt" },
  ] as const,
);

test("a link with its choice made leads a customer with their campaign past the choice to a paid booking, and its figures say so", async ({
  page,
  stage,
  openBrowser,
}) => {
  const clinic = await signIn(page, stage);
  await page.goto("/dashboard/links");
  await page.getByTestId("new-link").click();
  await page.getByLabel(words.form.name, { exact: true }).fill("Instagram 🌿 مها");
  await page.getByLabel(words.form.service, { exact: true }).selectOption(clinic.serviceId);
  await page.getByLabel(words.form.professional, { exact: true }).selectOption(clinic.professionalId);
  const preview = page.frameLocator("[data-testid=preview]");
  await expect(preview.getByTestId("day").first()).toBeVisible();
  await page.getByTestId("save").click();
  await expect(page).toHaveURL(/\/dashboard\/links\/[0-9a-f-]{36}\/edit$/);
  await expect(preview.getByTestId("day").first()).toBeVisible();
  await keepPicture(page, "link-edit");
  const address = (await page.getByTestId("address").textContent()) ?? "";

  const customer = await (await openBrowser(phone)).newPage();
  await customer.goto(
    `${address}?utm_source=instagram&utm_campaign=noviembre&name=Ana%20P%C3%A9rez&email=ana@example.com&phone=3001234567`,
  );
  await expect(customer).toHaveURL(/\/availability\?/);
  await expect(customer).not.toHaveURL(/utm_|ana|name=/);
  await chooseDay(customer);
  await chooseSlot(customer);
  await pressHold(customer);
  await expect(customer.locator("#name")).toHaveValue("Ana Pérez");
  await expect(customer.locator("#email")).toHaveValue("ana@example.com");
  await expect(customer.locator("#phone")).toHaveValue("3001234567");
  await customer.locator("#name").fill("Ana María Pérez");
  await customer.reload();
  await expect(customer.locator("#name")).toHaveValue("Ana María Pérez");
  await customer.locator("#acceptedTerms").check();
  await pressPay(customer, stage);
  const booking = await pressAtWompi(customer, "approve");
  await expectState(customer, "confirmed");
  const { rows } = await stage.owner.query("select campaign from booking where id = $1", [booking.id]);
  expect(rows).toEqual([{ campaign: { utm_source: "instagram", utm_campaign: "noviembre" } }]);

  await expect(async () => {
    await page.goto("/dashboard/links?search=instagram");
    await expect(page.getByTestId("figures")).toHaveText(/^1 visita · 1 reserva pagada · 100\s?% pagó$/, { timeout: 500 });
  }).toPass({ timeout: 10_000 });
  await page.getByRole("link", { name: "Instagram 🌿 مها" }).click();
  await expect(page.getByRole("row", { name: "instagram 1 1" })).toBeVisible();
});

test("a personal link brings the person's details and the merchant's note, and a changed one brings nothing", async ({
  page,
  stage,
  openBrowser,
  watch,
}) => {
  watch.expectRefused(/^GET \/book\/.*\/select 404$/, /^POST \/api\/booking-links\/.*\/signed 422$/);
  await signIn(page, stage);
  await page.goto("/dashboard/links");
  await page.getByRole("button", { name: /Más acciones/ }).click();
  await page.getByRole("menuitem", { name: words.sign.action }).click();
  await page.getByLabel(words.sign.customerName).fill("=1+1");
  await page.getByTestId("save").click();
  await expect(page.getByText(words.sign.problems.name)).toBeVisible();
  await page.getByLabel(words.sign.customerName).fill("Zoë Çelik");
  await page.getByLabel(words.sign.email).fill("zoe@example.com");
  await page.getByLabel(words.sign.note).fill("Precio acordado: $95.000");
  await page.getByTestId("save").click();
  const address = (await page.getByTestId("signed-address").textContent()) ?? "";
  const customer = await (await openBrowser(phone)).newPage();
  await customer.goto(address);
  await expect(customer.getByTestId("merchant-note")).toContainText("Precio acordado: $95.000");
  expect(await seriousFindings(customer)).toEqual([]);
  await customer.goto(`${address.slice(0, -3)}xyz`);
  await expect(customer.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(customer.getByTestId("merchant-note")).toHaveCount(0);
});

test("deactivating and archiving act at once, say so, and are undone by their toast", async ({ page, stage }) => {
  const clinic = await signIn(page, stage);
  const { publicId } = await addLink(clinic, "Recepción");
  await page.goto("/dashboard/links");
  const row = page.getByTestId("link-row").filter({ hasText: "Recepción" });
  const act = async (item: string) => {
    await row.getByRole("button", { name: /Más acciones/ }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  await act(words.deactivate);
  await expect(row).toContainText(words.state.inactive);
  expect((await page.request.get(`/book/${publicId}/select`)).status()).toBe(404);
  await page.getByRole("button", { name: "Deshacer" }).click();
  await expect(row).toContainText(words.state.live);
  expect((await page.request.get(`/book/${publicId}/select`)).status()).toBe(200);
  await act(words.archive);
  await expect(row).toHaveCount(0);
  await page.getByRole("link", { name: words.archived }).click();
  await act(words.restore);
  await expect(row).toHaveCount(0);
  await page.getByRole("link", { name: words.current }).click();
  await expect(row).toContainText(words.state.live);
});

test("the second of two people who edit a link is told, and keeps what they typed", async ({ page, stage, watch }) => {
  watch.expectRefused(/^PATCH .* 409$/);
  const clinic = await signIn(page, stage);
  const { id } = await addLink(clinic, "Antes");
  const other = await page.context().newPage();
  for (const each of [page, other]) await each.goto(`/dashboard/links/${id}/edit`);
  await page.getByLabel(words.form.name, { exact: true }).fill("De la primera");
  await page.getByTestId("save").dblclick();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("De la primera");
  await other.getByLabel(words.form.name, { exact: true }).fill("De la segunda");
  await other.getByTestId("save").click();
  await expect(other.getByRole("form").getByRole("alert")).toContainText("Otra persona guardó cambios");
  await expect(other.getByLabel(words.form.name, { exact: true })).toHaveValue("De la segunda");
  const { rows } = await stage.owner.query("select name, version from booking_link where id = $1", [id]);
  expect(rows).toEqual([{ name: "De la primera", version: 2 }]);
});

test("a QR code is shown and saved as a file; a CSV says what is wrong before it makes all its links", async ({ page, stage }) => {
  const clinic = await signIn(page, stage);
  await page.goto("/dashboard/links");
  await page.getByRole("button", { name: words.qrOf.replace("{name}", "Web") }).click();
  await expect(page.getByTestId("qr")).toBeVisible();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByTestId("download-png").click()]);
  expect(file.suggestedFilename()).toBe(`${clinic.link}.png`);
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("qr")).toHaveCount(0);

  await page.goto("/dashboard/links/import");
  await page.getByLabel(words.csv.file).setInputFiles({
    name: "enlaces.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("nombre;servicio\r\nFarmacia Peñuela;Masaje\r\n", "latin1"),
  });
  await expect(page.getByLabel(words.csv.text)).toHaveValue(/Farmacia Peñuela/);
  await page.getByRole("button", { name: words.csv.check }).click();
  await expect(page.getByRole("row", { name: `2 service Masaje ${words.csv.problems.service_unknown}` })).toBeVisible();
  const hidden = () => page.getByRole("table").evaluate(({ parentElement: box }) => (box ? box.scrollWidth - box.clientWidth : -1));
  await page.setViewportSize(phone.viewport);
  expect(await hidden(), "on a phone the problem stands in sight").toBe(0);
  await page.setViewportSize(wide.viewport);
  await page.getByLabel(words.csv.text).fill("nombre;servicio\nFarmacia Peñuela;Consulta\nRecepción;");
  await page.getByRole("button", { name: words.csv.check }).click();
  await page.getByTestId("import").click();
  await expect(page).toHaveURL(/\/dashboard\/links$/);
  await expect(page.getByTestId("link-row")).toHaveCount(3);
});

test("the pages of links are for everybody: phone and wide, light and dark, in two languages", async ({ stage, openBrowser }) => {
  test.slow();
  const clinic = await openClinic(stage);
  const merchant = await openMerchant(stage, { tenantId: clinic.tenantId });
  const { id } = await addLink(clinic, "Un nombre bastante largo para un enlace de la recepción");
  for (const [turn, looks] of combinations.entries()) {
    const context = await openBrowser(looks);
    await context.addCookies([{ ...asCookie(merchant), url: stage.appUrl }]);
    const page = await context.newPage();
    const t = read(looks.locale);
    for (const path of inTurns(["", "?state=archived", "/new", `/${id}/edit`, "/import"], turn)) {
      await page.goto(`/dashboard/links${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      const name = `links${path.replaceAll(/[^a-z]+/g, "-").slice(0, 12)}-${looks.viewport.width}-${looks.colorScheme}`;
      await keepPicture(page, name);
      expect(await seriousFindings(page), name).toEqual([]);
      expect(await sidewaysPixels(page), name).toBe(0);
    }
    await page.goto("/dashboard/links");
    await page.getByRole("button", { name: t.qrOf.replace("{name}", "Web") }).click();
    await expect(page.getByTestId("qr")).toBeVisible();
    expect(await seriousFindings(page), "qr").toEqual([]);
  }
});
