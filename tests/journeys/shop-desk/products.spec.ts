import type { Page } from "@playwright/test";
import sharp from "sharp";
import { expect, test, wide } from "../journey.ts";
import { seriousFindings } from "../looks.ts";
import { english, ownerOfShop, words } from "./desk.ts";

const teal = () =>
  sharp({ create: { width: 300, height: 300, channels: 3, background: "#0F766E" } })
    .png()
    .toBuffer();
const variants = (page: Page) => page.getByTestId("variant");
const save = (page: Page) => page.getByTestId("product-form").getByTestId("save").click();

test("a product with two variants and a picture; its stock is changed with a reason, and the history says it", async ({
  page,
  context,
  stage,
  watch,
}) => {
  watch.expectRefused(/^POST \/api\/products 422$/);
  const { tenantId, person } = await ownerOfShop(context, stage);
  await page.goto("/dashboard/products");
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(words.products.empty.title);
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByTestId("new-product").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.form.newTitle);

  await page.locator("#title").fill("Banda <b>elástica</b>");
  await page.locator("#category").fill("Rehabilitación");
  await page.locator("input[type=file]").setInputFiles({ name: "banda.png", mimeType: "image/png", buffer: await teal() });
  await expect(page.getByTestId("pictures").locator("img")).toHaveAttribute("src", /^\/api\/images\/[0-9a-f]{64}\.webp$/);
  await variants(page).getByLabel(words.form.fields.variantTitleAlone).fill("Suave");
  await variants(page).getByLabel("Precio en COP").fill("32.000");
  await variants(page).getByLabel(words.form.fields.onHand).fill("10");
  await variants(page).getByLabel(words.form.fields.lowStockAt).fill("3");
  await page.getByTestId("add-variant").click();
  await expect(variants(page)).toHaveCount(2);
  await expect(variants(page).last().getByLabel("Precio en COP")).toHaveValue("32.000");
  await variants(page).last().getByLabel(words.form.fields.variantTitle, { exact: true }).fill("suave");
  await variants(page).last().getByLabel("Precio en COP").fill("36.000");
  await variants(page).last().getByLabel(words.form.fields.onHand).fill("4");
  await save(page);
  await expect(variants(page).last()).toContainText(words.form.problems.variantTitle);
  await expect(variants(page).last().getByLabel(words.form.fields.variantTitle, { exact: true })).toBeFocused();
  expect(await seriousFindings(page)).toEqual([]);
  await variants(page).last().getByLabel(words.form.fields.variantTitle, { exact: true }).fill("Fuerte");
  await page.getByTestId("product-form").getByTestId("save").dblclick();
  await expect(page).toHaveURL(/\/dashboard\/products\/[0-9a-f-]{36}$/);

  await variants(page).first().getByTestId("change-stock").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(words.stock.ways.went).check();
  await dialog.locator("#pieces").fill("8");
  await expect(page.getByTestId("stock-after")).toHaveText("Ahora: 10. Después: 2.");
  await dialog.locator("#reason").selectOption({ label: words.stock.reasons.damaged });
  await dialog.locator("#note").fill("Se mojaron en la bodega");
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByTestId("save").click();
  await expect(dialog).toBeHidden();
  await expect(variants(page).first()).toContainText("2 en existencia");
  const history = page.getByTestId("stock-history").getByRole("listitem");
  await expect(history).toHaveCount(3);
  await expect(history.first()).toContainText("−8");
  await expect(history.first()).toContainText(words.stock.reasons.damaged);
  await expect(history.first()).toContainText("Suave");
  await expect(history.first()).toContainText("Se mojaron en la bodega");
  await expect(history.first()).toContainText(person.name);

  await page.goto("/dashboard/products");
  const row = page.getByTestId("product");
  await expect(row).toHaveCount(1);
  for (const text of [
    "Banda <b>elástica</b>",
    "Rehabilitación",
    "2 variantes",
    "desde $ 32.000",
    "6 en existencia",
    words.products.marks.low,
  ])
    await expect(row).toContainText(text);
  await page.getByTestId("low-stock").click();
  await expect(page).toHaveURL(/stock=low/);
  await expect(row).toHaveCount(1);
  await page.getByRole("button", { name: words.products.filters.show }).click();
  await page.locator("#stock").selectOption("out");
  await expect(row).toHaveCount(0);
  const { rows } = await stage.owner.query("select count(*)::int as products from product where tenant_id = $1", [tenantId]);
  expect(rows).toEqual([{ products: 1 }]);
});

test("what was sold meanwhile is not counted away: the count is asked for again", async ({ openBrowser, stage, watch }) => {
  watch.expectRefused(/^POST \/api\/variants\/[\w-]+\/stock 409$/);
  const context = await openBrowser({ ...wide, locale: "en-US" });
  const { tenantId } = await ownerOfShop(context, stage);
  const page = await context.newPage();
  await page.goto("/dashboard/products/new");
  await page.locator("#title").fill("Ball");
  await variants(page).getByLabel("Price in COP").fill("50,000");
  await variants(page).getByLabel(english.form.fields.onHand).fill("5");
  await save(page);
  await expect(page).toHaveURL(/\/dashboard\/products\/[0-9a-f-]{36}$/);
  await page.getByTestId("change-stock").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(english.stock.ways.counted).check();
  await dialog.locator("#pieces").fill("7");
  await stage.owner.query("update variant set on_hand = 4 where tenant_id = $1", [tenantId]);
  await dialog.getByTestId("save").click();
  await expect(dialog.getByRole("alert")).toContainText("The stock has changed meanwhile.");
  const { rows } = await stage.owner.query("select on_hand from variant where tenant_id = $1", [tenantId]);
  expect(rows).toEqual([{ on_hand: 4 }]);
});

test("a list is put in order, hidden, archived and brought back from its menu", async ({ openBrowser, stage }) => {
  const context = await openBrowser({ ...wide, locale: "en-US" });
  const { tenantId } = await ownerOfShop(context, stage);
  await stage.owner.query("insert into product (tenant_id, title, position) values ($1, 'First', 0), ($1, 'Second', 1)", [tenantId]);
  await stage.owner.query(
    "insert into variant (tenant_id, product_id, price_minor, currency) select tenant_id, id, 1000, 'COP' from product where tenant_id = $1",
    [tenantId],
  );
  const page = await context.newPage();
  await page.goto("/dashboard/products");
  const rows = page.getByTestId("product");
  const menu = async (at: number, name: string) => {
    await rows.nth(at).getByRole("button").click();
    await page.getByRole("menuitem", { name, exact: true }).click();
  };
  await menu(0, english.products.down);
  await expect(rows.nth(0)).toContainText("Second");
  await menu(0, english.products.hide);
  await expect(rows.nth(0)).toContainText(english.products.marks.hidden);
  await menu(1, english.products.archive);
  await expect(rows).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rows).toHaveCount(2);
  await menu(1, english.products.archive);
  await expect(rows).toHaveCount(1);
  await page.locator("#state").selectOption("archived");
  await expect(rows).toContainText("First");
  await menu(0, english.products.restore);
  await expect(rows).toHaveCount(0);
});
