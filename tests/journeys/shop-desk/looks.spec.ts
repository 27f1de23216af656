import type { Page } from "@playwright/test";
import { demo, demoId } from "#db/demo.ts";
import { openMerchant } from "../../support/merchant.ts";
import { bareTenant } from "../dashboard/bare-tenant.ts";
import { expectGoodLooks } from "../dashboard/member-pages.ts";
import { expect, test } from "../journey.ts";

const pages: [name: string, path: string, prepare?: (page: Page) => Promise<void>][] = [
  ["products", "/dashboard/products"],
  ["product", `/dashboard/products/${demoId(101)}`],
  [
    "stock",
    `/dashboard/products/${demoId(108)}`,
    async (page) => {
      await page.getByTestId("change-stock").click();
      await page.getByRole("dialog").locator("#pieces").fill("3");
      await expect(page.getByTestId("stock-after")).toBeVisible();
    },
  ],
  ["new-product", "/dashboard/products/new"],
  ["import", "/dashboard/products/import"],
  ["discounts", "/dashboard/discounts"],
  [
    "discount",
    "/dashboard/discounts",
    async (page) => {
      await page.getByTestId("new-discount").click();
      await expect(page.getByTestId("discount-form")).toBeVisible();
    },
  ],
  ["shop", "/dashboard/shop"],
  [
    "delivery",
    "/dashboard/shop",
    async (page) => {
      await page.getByTestId("delivery").nth(1).getByRole("button").click();
      await page.getByRole("menuitem").first().click();
      await expect(page.getByTestId("delivery-form")).toBeVisible();
    },
  ],
];

for (const [name, path, prepare] of pages)
  test(`everybody can use the page of ${name}`, async ({ stage, openBrowser }) => {
    const merchant = await openMerchant(stage, { tenantId: demo.tenantId });
    await expectGoodLooks({ stage, merchant, path, name: `shop-${name}`, openBrowser, ...(prepare && { prepare }) });
  });

test("everybody can use the page that explains a shop", async ({ stage, openBrowser }) => {
  const merchant = await openMerchant(stage, { tenantId: await bareTenant() });
  await expectGoodLooks({ stage, merchant, path: "/dashboard/shop", name: "shop-none", openBrowser });
});
