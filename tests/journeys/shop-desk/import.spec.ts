import { readFile } from "node:fs/promises";
import { expect, test } from "../journey.ts";
import { seriousFindings } from "../looks.ts";
import { ownerOfShop, words } from "./desk.ts";

const good =
  "Producto;Variante;Precio;Existencias\nBanda elástica;Suave;32.000;24\nBanda elástica;Fuerte;36.000;12\nGuía;;45.000;ilimitado\n";

test("a list is imported: what is wrong is said line by line, and nothing is half-written", async ({ page, context, stage }) => {
  const { tenantId } = await ownerOfShop(context, stage);
  await page.goto("/dashboard/products/import");
  const preview = page.getByTestId("import-preview");
  await page.locator("#csv").fill(good.replace("36.000", "gratis"));
  await page.getByRole("button", { name: words.csv.check }).click();
  await expect(preview).toContainText(words.csv.problems.price_invalid);
  await expect(page.getByTestId("import")).toBeHidden();
  expect(await seriousFindings(page)).toEqual([]);

  const file = { name: "lista.csv", mimeType: "text/csv", buffer: Buffer.from(good) };
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("button", { name: words.csv.check }).click();
  await expect(preview).toContainText("2 productos nuevos están listos");
  await expect(preview).toContainText("$ 32.000");
  await page.getByTestId("import").click();
  await expect(page).toHaveURL(/\/dashboard\/products$/);
  await expect(page.getByTestId("product")).toHaveCount(2);
  const { rows } = await stage.owner.query("select count(*)::int as n from stock_change where tenant_id = $1", [tenantId]);
  expect(rows).toEqual([{ n: 2 }]);

  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: words.products.download }).click()]);
  const text = await readFile(await download.path(), "utf8");
  expect(text.split("\r\n").filter((line) => line !== "")).toHaveLength(4);
  await page.goto("/dashboard/products/import");
  await page.locator("#csv").fill(text);
  await page.getByRole("button", { name: words.csv.check }).click();
  await expect(preview).toContainText("No hay nada nuevo en el archivo");
});
