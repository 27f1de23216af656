import { expect, test } from "../journey.ts";
import { seriousFindings } from "../looks.ts";
import { ownerOfShop, words } from "./desk.ts";

test("a code with its limits, and a second one cannot be called the same", async ({ page, context, stage, watch }) => {
  watch.expectRefused(/^POST \/api\/discounts (409|422)$/);
  const { tenantId } = await ownerOfShop(context, stage);
  await page.goto("/dashboard/discounts");
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(words.discounts.empty.title);
  await page.getByTestId("new-discount").click();
  const form = page.getByTestId("discount-form");
  await form.locator("#code").fill("con espacio");
  await form.getByTestId("save").click();
  await expect(form.locator("#code-problem")).toHaveText(words.discounts.problems.code);
  await form.locator("#code").fill("bienvenida10");
  await form.locator("#percent").fill("12,5");
  await form.locator("#endsOn").fill("2099-12-31");
  await form.locator("#usesMax").fill("100");
  await form.locator("#perCustomer").fill("1");
  await form.locator("#minimum").fill("50.000");
  expect(await seriousFindings(page)).toEqual([]);
  await form.getByTestId("save").click();
  await expect(form).toBeHidden();
  const row = page.getByTestId("discount");
  for (const text of [
    "BIENVENIDA10",
    "12,5% menos",
    "0 de 100 usos",
    "Compra mínima de $ 50.000",
    "Una vez por cliente",
    "31 de diciembre de 2099",
  ])
    await expect(row).toContainText(text);

  await page.getByTestId("new-discount").click();
  await form.locator("#code").fill("BIENVENIDA10");
  await form.getByLabel(words.discounts.kinds.amount).check();
  await form.locator("#amount").fill("15.000");
  await form.getByTestId("save").click();
  await expect(form.locator("#code-problem")).toBeVisible();
  await form.locator("#code").fill("REGALO15");
  await form.getByTestId("save").click();
  await expect(form).toBeHidden();
  await expect(row).toHaveCount(2);

  // Whoever saves without a change leaves the last day as it is.
  await page.getByRole("button", { name: "BIENVENIDA10", exact: true }).click();
  await expect(form.locator("#endsOn")).toHaveValue("2099-12-31");
  await form.getByTestId("save").click();
  await expect(form).toBeHidden();
  const { rows } = await stage.owner.query(
    "select code, percent::float as percent, amount_minor::int as amount, ends_at from discount where tenant_id = $1 order by code",
    [tenantId],
  );
  expect(rows).toEqual([
    { code: "BIENVENIDA10", percent: 12.5, amount: null, ends_at: new Date("2100-01-01T05:00:00.000Z") },
    { code: "REGALO15", percent: null, amount: 1_500_000, ends_at: null },
  ]);
});
