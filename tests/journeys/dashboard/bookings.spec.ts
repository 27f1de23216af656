import { readFile } from "node:fs/promises";
import bookingMessages from "#messages/booking/es.json" with { type: "json" };
import messages from "#messages/bookings/es.json" with { type: "json" };
import { type Clinic, openClinic } from "../../support/clinic.ts";
import { type Appointment, addAppointments } from "../../support/desk/appointments.ts";
import { type Merchant, openMerchant } from "../../support/merchant.ts";
import { expect, phone, test, wide } from "../journey.ts";
import { seriousFindings } from "../looks.ts";
import type { Stage } from "../stage.ts";
import { expectGoodLooks, signIn } from "./member-pages.ts";

const { bookings: words } = messages;
const { booking } = bookingMessages;
const path = "/dashboard/bookings";

test.use({ ...wide, timezoneId: "Europe/Paris" });

/** 60 appointments of five weeks, more than a page has. */
const busyWeeks: Appointment[] = Array.from({ length: 57 }, (_, n) => ({
  startsAt: new Date(Date.parse("2031-05-05T13:00:00Z") + n * 14 * 3_600_000).toISOString(),
  name: ["Ana María Pérez", "Jorge Luis Gómez", "Zoë Çelik", "مها عبد الله"][n % 4] ?? "",
  email: `persona${n}@example.com`,
}));
const others: Appointment[] = [
  { startsAt: "2031-07-01T13:00:00Z", name: "Wenceslao Ñúñez", phone: "+573119998877", status: "paid" },
  { startsAt: "2031-07-02T13:00:00Z", name: "Pedro Pendiente", status: "pending" },
  { startsAt: "2031-07-03T13:00:00Z", name: "Fabiola Fallida", status: "failed" },
];

async function busyMerchant(stage: Stage): Promise<{ clinic: Clinic; merchant: Merchant }> {
  const clinic = await openClinic(stage);
  const merchant = await openMerchant(stage, { tenantId: clinic.tenantId });
  await addAppointments(stage.owner, clinic, [...busyWeeks, ...others]);
  return { clinic, merchant };
}

test("a reception finds a booking by a phone number, by keyboard, and Back and the address keep the search", async ({
  page,
  context,
  stage,
}) => {
  const { merchant } = await busyMerchant(stage);
  await signIn(context, stage, merchant);
  await page.goto(path);
  const rows = page.getByTestId("bookings").locator("tbody tr");
  await expect(rows).toHaveCount(50);
  await expect(page.getByTestId("zone")).toHaveText(words.zone.replace("{zone}", "hora de Colombia"));
  await expect(rows.first()).toContainText("jue, 3 jul 2031");
  await expect(rows.first()).toContainText("8:00");
  await expect(rows.first().getByTestId("status")).toHaveText(booking.status.failed);
  await page.getByRole("link", { name: words.pages.next }).click();
  await expect(rows).toHaveCount(10);
  await page.getByRole("link", { name: words.pages.first }).click();
  await expect(rows).toHaveCount(50);

  await expect(async () => {
    await page.keyboard.press("/");
    await expect(page.getByLabel(words.search, { exact: true })).toBeFocused({ timeout: 300 });
  }).toPass();
  await page.keyboard.type("311 999 8877");
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText("Wenceslao Ñúñez");
  await expect(page).toHaveURL(/search=311\+999\+8877/);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: words.csv }).click()]);
  const text = await readFile(await file.path(), "utf8");
  expect(text).toContain('"+573119998877"');
  expect(text.trim().split("\r\n")).toHaveLength(2);

  await page.goBack();
  await expect(rows).toHaveCount(50);
  await expect(page.getByLabel(words.search, { exact: true })).toHaveValue("");
  await page.goForward();
  await expect(rows).toHaveCount(1);
  await page.getByTestId("clear").click();
  await page.getByLabel(words.columns.status, { exact: true }).selectOption("paid");
  await expect(rows).toHaveCount(1);
  await page.getByLabel(words.columns.status, { exact: true }).selectOption("cancelled");
  await expect(page.getByRole("heading", { name: words.nothingFound.title })).toBeVisible();
  await page.getByRole("link", { name: words.filters.clear }).last().click();
  await expect(rows).toHaveCount(50);
  await page.getByRole("link", { name: words.order.soonest }).click();
  await expect(rows.first()).toContainText("lun, 5 may 2031");

  const links = rows.getByRole("link");
  await links.nth(0).focus();
  await page.keyboard.press("ArrowDown");
  await expect(links.nth(1)).toBeFocused();
  const href = (await links.nth(1).getAttribute("href")) ?? "";
  expect(href).toMatch(/^\/dashboard\/bookings\/[0-9a-f-]{36}$/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(href);
});

test("the list is for everybody to use, also with nothing in it, and staff see their own without phone numbers", async ({
  stage,
  openBrowser,
}) => {
  const { clinic, merchant } = await busyMerchant(stage);
  const shown = { stage, openBrowser, path };
  await expectGoodLooks({ ...shown, merchant, name: "bookings" });
  const empty = await openMerchant(stage, { tenantId: (await openClinic(stage)).tenantId });
  await expectGoodLooks({ ...shown, merchant: empty, name: "bookings-empty" });

  const { tenantId, otherProfessionalId: professionalId } = clinic;
  await addAppointments(stage.owner, clinic, [{ startsAt: "2031-08-01T13:00:00Z", name: "Solo Mía", professionalId }]);
  const context = await openBrowser(phone);
  await signIn(context, stage, await openMerchant(stage, { tenantId, role: "staff", professionalId }));
  const page = await context.newPage();
  await page.goto(path);
  const cards = page.getByTestId("booking-cards").getByRole("listitem");
  await expect(cards).toHaveCount(1);
  await expect(cards).toContainText("Solo Mía");
  await expect(page.getByText("+573001234567")).toHaveCount(0);
  await expect(page.locator("#professional")).toHaveCount(0);
});

test("bookings of another tool come in by a file: the wrong row is named, corrected, and both are in the list", async ({
  page,
  context,
  stage,
}) => {
  const clinic = await openClinic(stage);
  // By its name a row finds whom it means.
  await stage.owner.query("update professional set name = 'Camila Torres' where id = $1", [clinic.otherProfessionalId]);
  const { rows: names } = await stage.owner.query<{ service: string; professional: string }>(
    `select (select name from service where id = $1) as service, (select name from professional where id = $2) as professional`,
    [clinic.serviceId, clinic.professionalId],
  );
  const { service = "", professional = "" } = names[0] ?? {};
  const merchant = await openMerchant(stage, { tenantId: clinic.tenantId });
  await signIn(context, stage, merchant);
  await page.setViewportSize(phone.viewport);
  await page.goto(path);
  await page.getByRole("link", { name: words.import.open }).click();
  const rowOf = (day: string, name: string) =>
    `${day},15:30,${service},${professional},${name},${name.split(" ")[0]?.toLowerCase()}@example.com`;
  const file = (secondDay: string) =>
    ["fecha,hora,servicio,profesional,nombre,correo", rowOf("2027-03-02", "Ana Pérez"), rowOf(secondDay, "Luis Gómez")].join("\n");
  const choose = (text: string) =>
    page.locator('input[type="file"]').setInputFiles({ name: "citas.csv", mimeType: "text/csv", buffer: Buffer.from(text) });

  await choose(file("2027-13-02"));
  await page.getByRole("button", { name: words.import.check }).click();
  const preview = page.getByTestId("import-preview");
  await expect(preview).toContainText(words.import.problems.date_invalid);
  await expect(preview).toContainText("2027-13-02");
  await expect(page.getByTestId("import")).toHaveCount(0);
  expect(await seriousFindings(page)).toEqual([]);

  await choose(file("2027-03-03"));
  await expect(preview).toHaveCount(0);
  await page.getByRole("button", { name: words.import.check }).click();
  await expect(preview).toContainText("Luis Gómez");
  await page.getByTestId("import").click();
  await expect(page).toHaveURL(/\/dashboard\/bookings$/);
  for (const name of ["Ana Pérez", "Luis Gómez"]) await expect(page.getByTestId("bookings")).toContainText(name);
});
