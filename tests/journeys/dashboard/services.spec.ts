import type { BrowserContext, Page } from "@playwright/test";
import sharp from "sharp";
import { openClinic } from "#tests/support/clinic.ts";
import { openMerchant } from "#tests/support/merchant.ts";
import { expect, phone, test, wide } from "../journey.ts";
import { keepPicture, seriousFindings } from "../looks.ts";
import type { Stage } from "../stage.ts";
import { chooseDay, chooseSlot, expectState, fillDetails, type Offer, pressHold, timesOf } from "../wizard.ts";
import { bareTenant } from "./bare-tenant.ts";
import { expectGoodLooks, signIn, withoutBell } from "./member-pages.ts";

async function signInTo(context: BrowserContext, stage: Stage, tenantId: string): Promise<void> {
  await signIn(context, stage, await openMerchant(stage, { tenantId }));
}
/** So many days ahead that all terms still count. */
async function takeSlotLater(page: Page, offer: Offer, n = 0): Promise<void> {
  await page.goto(timesOf(offer));
  await chooseDay(page, 5);
  await chooseSlot(page, n);
  await pressHold(page);
}
const names = (page: Page) => page.getByTestId("service").locator("h2").allTextContents();
const preview = (page: Page) => page.getByTestId("price-preview");
const uploaded = /^\/api\/images\/[0-9a-f]{64}\.webp$/;
const violet = () =>
  sharp({ create: { width: 300, height: 120, channels: 3, background: "#7A1F3D" } })
    .png()
    .toBuffer();
const save = (page: Page) => page.getByTestId("save").click();

test("a first service from a template: what the server refuses is said at the field, and what was typed stays", async ({
  page,
  context,
  stage,
  watch,
}) => {
  watch.expectRefused(/^POST \/api\/services 422$/);
  const tenantId = await bareTenant();
  await signInTo(context, stage, tenantId);
  await page.goto("/dashboard/services");
  await expect(page.getByRole("heading", { level: 2 })).toHaveText("Aún no tienes servicios");
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByTestId("template-consultation").click();
  await expect(page.locator("#name")).toHaveValue("Consulta");
  await expect(page.locator("#durationMinutes")).toHaveValue("30");

  await page.locator("#priceMinor").fill("120.000");
  await expect(preview(page)).toContainText("$ 120.000");
  await page.getByLabel("Una parte, al reservar").check();
  await expect(preview(page)).toContainText("$ 30.000");
  await expect(preview(page)).toContainText("$ 90.000");
  await page.getByLabel("Una suma fija").check();
  await page.locator("#depositMinor").fill("50 000");
  await expect(preview(page)).toContainText("$ 50.000");

  await page.locator("#name").fill("Co");
  await save(page);
  await expect(page.locator("#name-problem")).toBeVisible();
  await expect(page.locator("#name")).toBeFocused();
  await expect(page.locator("#priceMinor")).toHaveValue("120.000");
  expect(await seriousFindings(page)).toEqual([]);

  await page.locator("#name").fill("علاج <b>طبيعي</b>");
  // A double click makes one service.
  await page.getByTestId("save").dblclick();
  await expect(page).toHaveURL(/\/dashboard\/services$/);
  await expect(page.getByTestId("service")).toHaveCount(1);
  await expect.poll(() => names(page)).toEqual(["علاج <b>طبيعي</b>"]);
  await expect(page.getByTestId("service")).toContainText("Anticipo $ 50.000");
  await expect(page.getByTestId("service")).toContainText("Nadie lo ofrece");
  const { rows } = await stage.owner.query(
    "select deposit_minor::int as deposit, price_minor::int as price from service where tenant_id = $1",
    [tenantId],
  );
  expect(rows).toEqual([{ deposit: 5_000_000, price: 12_000_000 }]);
});

test("of two people who edit the same service, the second sees what the first saved, and loses nothing", async ({
  page,
  context,
  stage,
  watch,
  openBrowser,
}) => {
  watch.expectRefused(/^PATCH \/api\/services\/[\w-]+ 409$/);
  const clinic = await openClinic(stage);
  const address = `/dashboard/services/${clinic.serviceId}/edit`;
  const other = await openBrowser(wide);
  await Promise.all([signInTo(context, stage, clinic.tenantId), signInTo(other, stage, clinic.tenantId)]);
  const theirs = await other.newPage();
  await Promise.all([page.goto(address), theirs.goto(address)]);
  await theirs.locator("#description").fill("Una consulta de media hora.");
  await theirs.locator("#priceMinor").fill("90.000");
  await theirs.locator("#durationMinutes").fill("45");
  await save(theirs);
  await expect(theirs.getByText("Guardado.")).toBeVisible();

  await page.locator("#description").fill("Una consulta de media hora, con calma.");
  await page.locator("#name").fill("Consulta tranquila");
  await page.locator("#priceMinor").fill("80.000");
  await save(page);
  const conflict = page.getByTestId("conflict");
  await expect(conflict).toContainText("Ya ves lo que cambió: Duración (minutos).");
  await expect(conflict).toContainText("Los dos cambiaron: Descripción, Precio.");
  await expect(page.locator("#durationMinutes")).toHaveValue("45");
  await expect(page.locator("#priceMinor")).toHaveValue("80.000");
  expect(await seriousFindings(page)).toEqual([]);
  await save(page);
  await expect(page.getByText("Guardado.")).toBeVisible();
  const { rows } = await stage.owner.query(
    "select name, price_minor::int as price, duration_minutes as minutes from service where id = $1",
    [clinic.serviceId],
  );
  expect(rows).toEqual([{ name: "Consulta tranquila", price: 8_000_000, minutes: 45 }]);
});

test("a save that fails keeps what was typed, and works when the network is back", async ({ page, context, stage }) => {
  const clinic = await openClinic(stage);
  await signInTo(context, stage, clinic.tenantId);
  await page.goto(`/dashboard/services/${clinic.serviceId}/edit`);
  await page.locator("#name").fill("Consulta larga");
  await page.locator("#description").fill("Con tiempo para todo.");
  await page.route("**/api/services/*", (route) => route.abort());
  await save(page);
  await expect(page.locator("form [role=alert]").filter({ hasText: "No hay conexión" })).toBeVisible();
  await expect(page.locator("#name")).toHaveValue("Consulta larga");
  await page.unroute("**/api/services/*");
  await save(page);
  await expect(page.getByText("Guardado.")).toBeVisible();
});

test("services are ordered by buttons and by drag, archived with undo, and restored", async ({ page, context, stage }) => {
  const clinic = await openClinic(stage);
  await signInTo(context, stage, clinic.tenantId);
  await page.setViewportSize(wide.viewport);
  await withoutBell(page);
  await page.goto("/dashboard/services");
  await expect.poll(() => names(page)).toEqual(["Consulta", "Teleconsulta", "Tratamiento"]);
  const down = page.getByRole("button", { name: "Bajar Consulta" });
  await down.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect.poll(() => names(page)).toEqual(["Teleconsulta", "Tratamiento", "Consulta"]);
  await expect(down).toBeFocused();
  await expect(page.getByText("Consulta está ahora en el puesto 3.")).toBeAttached();

  const box = async (n: number) => (await page.getByTestId("drag").nth(n).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const dragToTop = async () => {
    const [from, to] = [await box(2), await box(0)];
    await page.mouse.move(from.x + 5, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(to.x + 5, to.y + 40, { steps: 8 });
    await page.mouse.move(to.x + 5, to.y + 10, { steps: 8 });
    await page.mouse.up();
  };
  // On a slow machine the hand is faster than the page: a drag that was not seen is made again.
  await expect(async () => {
    await dragToTop();
    await expect.poll(() => names(page), { timeout: 3000 }).toEqual(["Consulta", "Teleconsulta", "Tratamiento"]);
  }).toPass();
  const stored = "select name from service where tenant_id = $1 order by position";
  await expect
    .poll(async () => (await stage.owner.query<{ name: string }>(stored, [clinic.tenantId])).rows.map(({ name }) => name))
    .toEqual(["Consulta", "Teleconsulta", "Tratamiento"]);
  await page.reload();
  await expect.poll(() => names(page)).toEqual(["Consulta", "Teleconsulta", "Tratamiento"]);

  const menu = async (of: string, item: string) => {
    await page.getByRole("button", { name: `Más acciones de ${of}` }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  await menu("Teleconsulta", "Archivar");
  await expect(page.getByTestId("service")).toHaveCount(2);
  await page.getByRole("button", { name: "Deshacer" }).click();
  await expect(page.getByTestId("service")).toHaveCount(3);
  await menu("Tratamiento", "Archivar");
  await page.getByTestId("archive").locator("summary").click();
  await page.getByRole("button", { name: "Restaurar Tratamiento" }).click();
  await expect(page.getByTestId("service")).toHaveCount(3);
  await menu("Consulta", "Ocultar a los clientes");
  await expect(page.getByTestId("service").first()).toContainText("Oculto");
});

test("what the form sets reaches the customer: questions, terms, the deposit, then payment at the place", async ({
  page,
  context,
  stage,
  openBrowser,
}) => {
  const clinic = await openClinic(stage);
  await signInTo(context, stage, clinic.tenantId);
  await page.goto(`/dashboard/services/${clinic.serviceId}/edit`);
  await page.locator("#description").fill("Una consulta de media hora.");
  await page.locator("input[type=file]").setInputFiles({ name: "sala.png", mimeType: "image/png", buffer: await violet() });
  await expect(page.locator("[name=imageUrl]")).toHaveValue(uploaded);
  await page.locator("summary", { hasText: "English" }).click();
  await page.locator('[name="translations.en.name"]').fill("Check-up");
  await page.locator('[name="translations.en.description"]').fill("Half an hour with a doctor.");
  await page.locator("#hasTerms").check();
  await page.getByTestId("add-question").click();
  await page.locator('[name="questions.0.label"]').fill("¿Por qué vienes?");
  await page.locator('[name="questions.0.isRequired"]').check();
  await page.getByTestId("add-question").click();
  await page.locator('[name="questions.1.label"]').fill("¿Tienes alergias?");
  await page.locator('[name="questions.1.kind"]').selectOption("yes_no");
  await page.locator('[name="questions.1.isPersonal"]').check();
  await save(page);
  await expect(page.getByText("Guardado.")).toBeVisible();

  const offer = { ...clinic, professionalId: clinic.professionalId };
  const browser = await openBrowser({ ...phone, locale: "en-GB" });
  const customer = await browser.newPage();
  await customer.goto(`/book/${clinic.link}/select`);
  await expect(customer.getByText("Half an hour with a doctor.")).toBeVisible();
  const card = customer.locator(`[data-testid=service-card][data-id="${clinic.serviceId}"]`);
  await expect(card.locator("img").first()).toHaveAttribute("src", uploaded);
  await takeSlotLater(customer, offer);
  const terms = customer.getByTestId("cancellation");
  await expect(terms).toContainText("100%");
  await expect(terms).toContainText("After that: nothing is paid back.");
  await fillDetails(customer, { name: "Ana Pérez", email: `customer@${clinic.link}.example`, phone: "300 123 4567" });
  await customer.getByTestId("pay-button").click();
  await expect(customer.getByText("Please answer this question.")).toBeVisible();
  expect(await seriousFindings(customer)).toEqual([]);
  await keepPicture(customer, "questions-375-en");
  await customer.reload();
  await customer.getByLabel("¿Por qué vienes?").fill("Me caí ayer");
  await customer.getByRole("radio", { name: "Yes" }).check();
  await customer.locator("#acceptedTerms").check();
  await customer.reload();
  await expect(customer.getByLabel("¿Por qué vienes?")).toHaveValue("Me caí ayer");
  await expect(customer.getByRole("radio", { name: "Yes" }), "a personal answer is not kept in the tab").not.toBeChecked();

  // Instead of a file, any address.
  await page.locator("summary", { hasText: "dirección" }).click();
  await page.locator("[name=imageUrl]").fill("/demo/service-teleconsulta.svg");
  await expect(page.locator("form img").first()).toHaveAttribute("src", "/demo/service-teleconsulta.svg");
  await page.getByLabel("Nada: se paga en el lugar").check();
  await save(page);
  await expect(page.getByText("Guardado.").first()).toBeVisible();
  const second = await (await openBrowser({ ...wide, locale: "en-GB" })).newPage();
  await takeSlotLater(second, offer, 4);
  await expect(second.getByTestId("cancellation")).toHaveCount(0);
  await fillDetails(second, { name: "Ana Pérez", email: `customer@${clinic.link}.example`, phone: "300 123 4567" });
  await second.getByLabel("¿Por qué vienes?").fill("Control");
  await second.getByRole("button", { name: "Book and pay at the appointment" }).click();
  await expectState(second, "confirmed");
  await expect(second.getByText("Check-up").first()).toBeVisible();
});

test("list and form can be used by everybody, and fit phones and wide screens, light and dark, in two languages", async ({
  stage,
  openBrowser,
}) => {
  test.setTimeout(120_000);
  const clinic = await openClinic(stage);
  const merchant = await openMerchant(stage, { tenantId: clinic.tenantId });
  const at = { stage, merchant, openBrowser };
  await expectGoodLooks({ ...at, path: "/dashboard/services", name: "services" });
  await expectGoodLooks({ ...at, path: "/dashboard/services/new", name: "service-new" });
  await expectGoodLooks({
    ...at,
    path: `/dashboard/services/${clinic.depositServiceId}/edit`,
    name: "service-edit",
    async prepare(page) {
      await page.locator("#hasTerms").check();
      await page.getByTestId("add-question").click();
      await page.locator('[name="questions.0.kind"]').selectOption("choice");
      await page.locator("summary").first().click();
    },
  });
});

test("whoever may only look sees the list without its actions, and no form", async ({ page, context, stage, watch }) => {
  watch.expectRefused(/^GET \/dashboard\/services\/new 404$/);
  const clinic = await openClinic(stage);
  const merchant = await openMerchant(stage, { tenantId: clinic.tenantId, role: "staff" });
  await signIn(context, stage, merchant);
  await page.goto("/dashboard/services");
  await expect(page.getByTestId("service")).toHaveCount(3);
  await expect(page.getByRole("button", { name: /Bajar|Más acciones/ })).toHaveCount(0);
  await page.goto("/dashboard/services/new");
  await expect(page.getByTestId("service-form")).toHaveCount(0);
});
