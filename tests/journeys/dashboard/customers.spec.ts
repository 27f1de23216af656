import { readFile } from "node:fs/promises";
import messages from "#messages/customers/es.json" with { type: "json" };
import esErrors from "#messages/es.json" with { type: "json" };
import { buys, type Person } from "../../http/customers/people.ts";
import { appointmentIn } from "../../http/desk/desk.ts";
import { type Clinic, openClinic } from "../../support/clinic.ts";
import { type Merchant, openMerchant } from "../../support/merchant.ts";
import { expect, test, wide } from "../journey.ts";
import { seriousFindings } from "../looks.ts";
import type { Stage } from "../stage.ts";
import { expectGoodLooks, signIn } from "./member-pages.ts";

const { customers: words } = messages;
const path = "/dashboard/customers";
const ana: Person = { name: "Ana María Pérez", email: "ana@example.com", phone: "311 999 8877" };
const work: Person = { name: "Ana Pérez", email: "ana@trabajo.example", phone: "302 555 1234" };

test.use({ ...wide, timezoneId: "Europe/Paris" });

async function reception(stage: Stage): Promise<{ clinic: Clinic; merchant: Merchant; booked: string[] }> {
  const clinic = await openClinic(stage);
  const merchant = await openMerchant(stage, { tenantId: clinic.tenantId });
  const booked = [await buys(stage, clinic, { n: 1, person: ana }), await buys(stage, clinic, { n: 3, person: work })];
  return { clinic, merchant, booked };
}

test("a customer is found by phone, merged with a double, restricted, exported and erased", async ({ page, context, stage }) => {
  const { merchant, booked } = await reception(stage);
  await signIn(context, stage, merchant);
  await page.goto(path);
  const rows = page.getByTestId("customers").locator("tbody tr");
  await expect(rows).toHaveCount(2);
  await page.getByLabel(words.search, { exact: true }).fill("311 999");
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL(/search=311\+999/);
  await rows.first().getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(ana.name);

  const double = page.getByTestId("double");
  await expect(double).toContainText(words.doubles.why.same_name);
  await double.getByRole("button", { name: words.doubles.compare }).click();
  const preview = page.getByTestId("merge-preview");
  await expect(preview).toContainText(work.email);
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByTestId("merge").click();
  await expect(page.getByTestId("booking")).toHaveCount(2);
  await page.getByRole("button", { name: words.doubles.undo }).click();
  await expect(page.getByTestId("booking")).toHaveCount(1);
  await page.getByTestId("double").getByRole("button").click();
  await page.getByTestId("merge").click();
  await expect(page.getByTestId("booking")).toHaveCount(2);

  const full = page.getByTestId("restriction-fullPayment");
  await full.getByRole("button", { name: words.restrictions.fullPayment.set }).click();
  await page.getByTestId("save").last().click();
  await expect(page.getByText(words.restrictions.reasonMissing)).toBeVisible();
  await page.getByLabel(words.restrictions.reason).fill("No llegó dos veces.");
  await page.getByRole("dialog").getByTestId("save").click();
  await expect(full).toContainText("No llegó dos veces.");
  await full.getByRole("button", { name: words.restrictions.fullPayment.lift }).click();
  await expect(full.getByRole("button", { name: words.restrictions.fullPayment.set })).toBeVisible();

  await page.getByLabel(words.notes.field).fill("Prefiere la tarde.");
  await page.getByRole("button", { name: words.notes.add }).click();
  await expect(page.getByTestId("note")).toContainText("Prefiere la tarde.");

  const [file] = await Promise.all([page.waitForEvent("download"), page.getByTestId("export").click()]);
  const copy = JSON.parse(await readFile(await file.path(), "utf8"));
  expect(copy.bookings).toHaveLength(2);
  await expect(page.getByTestId("erase")).toBeDisabled();
  await expect(page.getByTestId("privacy")).toContainText(esErrors.errors.customer_has_bookings);
  await page.getByRole("link", { name: words.privacy.read }).click();
  await expect(page.getByTestId("personal-copy")).toContainText(work.email);
  await page.goBack();

  for (const [n, id] of booked.entries()) await appointmentIn(stage, id, -5 - 2 * n);
  await page.reload();
  await page.getByTestId("erase").click();
  await page.getByTestId("erase-go-on").click();
  await page.getByLabel(words.privacy.typeName.replace("{name}", ana.name)).fill("otra");
  await page.getByRole("dialog").getByTestId("save").click();
  await expect(page.getByText(esErrors.errors.customer_name_differs).first()).toBeVisible();
  await page.getByLabel(words.privacy.typeName.replace("{name}", ana.name)).fill(ana.name);
  await page.getByRole("dialog").getByTestId("save").click();
  await expect(page).toHaveURL(new RegExp(`${path}$`));
  await expect(page.getByRole("heading", { name: words.empty.title })).toBeVisible();
  const { rows: left } = await stage.owner.query("select from checkout where id = any ($1) and customer_email <> ''", [booked]);
  expect(left).toEqual([]);
});

test("people of another tool come in by a file, and what is wrong is said by line", async ({ page, context, stage }) => {
  const merchant = await openMerchant(stage);
  await signIn(context, stage, merchant);
  await page.goto(path);
  await page.getByRole("link", { name: words.csv.title }).last().click();
  const text = page.getByLabel(words.csv.text);
  await text.fill("nombre,correo\nAna,ana@\nZoë,zoe@example.com");
  await page.getByRole("button", { name: words.csv.check }).click();
  await expect(page.getByTestId("import-preview")).toContainText(words.csv.problems.email_invalid);
  await text.fill("nombre,correo\nAna,ana@example.com\nZoë,zoe@example.com");
  await page.getByRole("button", { name: words.csv.check }).click();
  await page.getByTestId("import").click();
  await expect(page.getByTestId("customers").locator("tbody tr")).toHaveCount(2);
});

test("the list and a customer's page look well everywhere", async ({ stage, openBrowser }) => {
  const { merchant } = await reception(stage);
  await expectGoodLooks({ stage, merchant, path, name: "customers", openBrowser });
  const { rows } = await stage.owner.query("select id from customer where tenant_id = $1 limit 1", [merchant.tenantId]);
  await expectGoodLooks({ stage, merchant, path: `${path}/${rows[0].id}`, name: "customer", openBrowser });
});
