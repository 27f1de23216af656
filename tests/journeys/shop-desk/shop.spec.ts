import { openMerchant } from "../../support/merchant.ts";
import { bareTenant } from "../dashboard/bare-tenant.ts";
import { signIn } from "../dashboard/member-pages.ts";
import { expect, test, wide } from "../journey.ts";
import { seriousFindings } from "../looks.ts";
import { english, ownerOfShop, words } from "./desk.ts";

test("who has no shop reads what it is, opens one, and it takes orders once customers can know who sells", async ({
  page,
  context,
  stage,
  watch,
}) => {
  watch.expectRefused(/^PATCH \/api\/shop 409$/);
  const tenantId = await bareTenant();
  await signIn(context, stage, await openMerchant(stage, { tenantId }));
  await page.goto("/dashboard/products");
  await expect(page).toHaveURL(/\/dashboard\/shop$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.shop.none.title);
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByTestId("open-shop").click();
  await expect(page.getByTestId("shop-form")).toBeVisible();

  await page.getByRole("switch").click();
  await page.getByTestId("save").click();
  await expect(page.locator("#sellerName-problem")).toHaveText(words.shop.problems.sellerName);
  await expect(page.locator("#sellerName")).toBeFocused();
  await page.locator("#sellerName").fill("Clínica nueva S.A.S.");
  await page.locator("#sellerAddress").fill("Calle 1 # 2-3");
  await page.locator("#returnsText").fill("Cinco días.\nSin usar.");
  await page.getByTestId("save").click();
  await expect(page.getByText("Guardado", { exact: true })).toBeVisible();
  await expect(page.getByTestId("shop-form")).toContainText(words.shop.open.isOpen);
  const { rows } = await stage.owner.query("select is_open, seller_name, returns_text from shop where tenant_id = $1", [tenantId]);
  expect(rows).toEqual([{ is_open: true, seller_name: "Clínica nueva S.A.S.", returns_text: "Cinco días.\nSin usar." }]);

  await page.getByTestId("open-menu").click();
  await page.getByRole("link", { name: "Descuentos" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.discounts.title);
});

test("three ways of delivery: at one price, by weight, to be picked up; in the order of the merchant", async ({
  openBrowser,
  stage,
  watch,
}) => {
  watch.expectRefused(/^POST \/api\/shipping-options 422$/);
  const context = await openBrowser({ ...wide, locale: "en-US" });
  const { tenantId } = await ownerOfShop(context, stage);
  await stage.owner.query("insert into location (tenant_id, name, is_default) values ($1, 'Sede Centro', true)", [tenantId]);
  const page = await context.newPage();
  await page.goto("/dashboard/shop");
  const form = page.getByTestId("delivery-form");
  const { delivery } = english;
  await expect(page.getByText(delivery.empty)).toBeVisible();

  await page.getByTestId("new-delivery").click();
  await form.locator("#name").fill("In town");
  await form.locator("#price").fill("9,000");
  await form.locator("#daysMin").fill("1");
  await form.getByTestId("save").click();
  await expect(form.locator("#daysMax-problem")).toHaveText(delivery.problems.daysMax);
  await form.locator("#daysMax").fill("2");
  expect(await seriousFindings(page)).toEqual([]);
  await form.getByTestId("save").click();
  await expect(form).toBeHidden();

  await page.getByTestId("new-delivery").click();
  await form.getByLabel(delivery.kinds.by_weight).check();
  await form.locator("#name").fill("By post");
  await form.getByLabel(delivery.upTo).fill("0.5");
  await form.getByLabel("Price (COP)").fill("12,000");
  await form.getByTestId("add-step").click();
  await form.getByLabel(delivery.upTo).last().fill("5");
  await form.getByLabel("Price (COP)").last().fill("20,000");
  expect(await seriousFindings(page)).toEqual([]);
  await form.getByTestId("save").click();
  await expect(form).toBeHidden();

  await page.getByTestId("new-delivery").click();
  await form.getByLabel(delivery.kinds.pickup).check();
  await form.locator("#name").fill("Pick up");
  await form.getByTestId("save").click();
  await expect(form).toBeHidden();

  const rows = page.getByTestId("delivery");
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText("Up to 500 g: COP 12,000");
  await expect(rows.nth(1)).toContainText("Up to 5 kg: COP 20,000");
  await expect(rows.nth(2)).toContainText("Sede Centro");
  await rows.nth(2).getByRole("button").click();
  await page.getByRole("menuitem", { name: delivery.up }).click();
  await expect(rows.nth(1)).toContainText("Pick up");
  await rows.nth(0).getByRole("button").click();
  await page.getByRole("menuitem", { name: delivery.archive }).click();
  await expect(rows.filter({ visible: true })).toHaveCount(2);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rows.filter({ visible: true })).toHaveCount(3);
  const { rows: stored } = await stage.owner.query(
    "select name, kind, price_minor::int as price, weight_steps, days_max from shipping_option where tenant_id = $1 order by position",
    [tenantId],
  );
  expect(stored).toEqual([
    { name: "In town", kind: "flat", price: 900_000, weight_steps: [], days_max: 2 },
    { name: "Pick up", kind: "pickup", price: 0, weight_steps: [], days_max: null },
    {
      ...{ name: "By post", kind: "by_weight", price: 0, days_max: null },
      weight_steps: [
        { upToGrams: 500, priceMinor: 1_200_000 },
        { upToGrams: 5000, priceMinor: 2_000_000 },
      ],
    },
  ]);
});
