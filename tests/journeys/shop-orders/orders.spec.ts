import esBooking from "#messages/booking/es.json" with { type: "json" };
import en from "#messages/shop-desk/en.json" with { type: "json" };
import es from "#messages/shop-desk/es.json" with { type: "json" };
import { openMerchant } from "../../support/merchant.ts";
import { openShop } from "../../support/shop/shop.ts";
import { payOrder, reachSale } from "../../support/shop-orders/sold.ts";
import { expectGoodLooks, signIn } from "../dashboard/member-pages.ts";
import { expect, phone, test, wide } from "../journey.ts";
import { seriousFindings } from "../looks.ts";
import type { Stage } from "../stage.ts";

const [words, english] = [es.orders, en.orders];

/** A shop with so many paid orders. */
async function soldAt(stage: Stage, count: number) {
  const shop = await openShop(stage);
  const merchant = await openMerchant(stage, { tenantId: shop.tenantId });
  const sales = [];
  for (let n = 0; n < count; n += 1) sales.push(await payOrder(stage, shop, await reachSale(stage, shop)));
  return { shop, merchant, sales };
}

test("on a phone, an order is packed, sent with its tracking, delivered, and a step is taken back", async ({ openBrowser, stage }) => {
  const { merchant, sales } = await soldAt(stage, 1);
  const context = await openBrowser({ ...phone, locale: "es-CO" });
  await signIn(context, stage, merchant);
  const page = await context.newPage();
  await page.goto("/dashboard/orders");
  await expect(page.getByTestId("tab-paid")).toContainText("1");
  await page.getByTestId("order-cards").getByRole("link").click();
  await expect(page.getByTestId("next")).toHaveText(words.next.waits.pack);
  await page.getByTestId("pack").click();
  await expect(page.getByTestId("next")).toHaveText(words.next.waits.send);

  await page.getByTestId("send").click();
  const form = page.getByTestId("send-form");
  await form.locator("#carrier").fill("Servientrega");
  await form.locator("#trackingNumber").fill("2098761234");
  expect(await seriousFindings(page)).toEqual([]);
  await form.getByTestId("save").click();
  await expect(page.getByTestId("shipment")).toContainText("2098761234");
  await expect(page.getByTestId("next")).toHaveText(words.next.waits.deliver);
  await page.getByTestId("deliver").click();
  await expect(page.getByTestId("next")).toHaveText(words.next.waits.nothing);
  await page.getByTestId("undo").click();
  await expect(page.getByTestId("next")).toHaveText(words.next.waits.deliver);
  const { rows } = await stage.owner.query("select carrier, tracking_number, delivered_at from shop_order where id = $1", [sales[0]?.id]);
  expect(rows).toEqual([{ carrier: "Servientrega", tracking_number: "2098761234", delivered_at: null }]);
});

test("a refund asks for each line whether it can be sold again, shows its sum, and the rest is cancelled", async ({
  openBrowser,
  stage,
}) => {
  const { merchant, sales } = await soldAt(stage, 1);
  const [sale] = sales;
  const context = await openBrowser({ ...wide, locale: "en-US" });
  await signIn(context, stage, merchant);
  const page = await context.newPage();
  await page.goto(`/dashboard/orders/${sale?.id}`);
  await page.getByTestId("refund").click();
  const form = page.getByTestId("refund-form");
  const cups = form.locator("[data-testid=pieces][data-place='1']");
  await cups.getByRole("button").last().click();
  await expect(form.getByTestId("sum")).toContainText("20,000");
  await form.getByTestId("save").click();
  await expect(cups).toContainText(english.counter.missing);
  await cups.getByRole("radio", { name: english.counter.yes }).check();
  await form.locator("#shipping").check();
  await expect(form.getByTestId("sum")).toContainText("30,000");
  expect(await seriousFindings(page)).toEqual([]);
  await form.getByTestId("save").click();
  await expect(page.getByTestId("refund-case")).toHaveCount(1);
  await expect(page.locator("[data-testid=line][data-place='1']")).toContainText("1 of 3 refunded");

  await page.getByTestId("cancel").click();
  const ending = page.getByTestId("cancel-form");
  await expect(ending.getByTestId("save")).toContainText("110,000");
  for (const place of [1, 2]) await ending.locator(`input[name=stock-${place}][value=${place === 1}]`).check();
  await ending.getByTestId("save").click();
  await expect(page.getByTestId("next")).toHaveText(english.next.waits.cancelled);
  const { rows } = await stage.owner.query("select place, refunded, stock_back from order_line where order_id = $1 order by place", [
    sale?.id,
  ]);
  expect(rows).toEqual([
    { place: 1, refunded: 3, stock_back: 3 },
    { place: 2, refunded: 2, stock_back: 0 },
  ]);
});

test("on a phone the delivery stands above the money, and a callback is sent again", async ({ openBrowser, stage }) => {
  const { merchant, sales } = await soldAt(stage, 1);
  const context = await openBrowser({ ...phone, locale: "es-CO" });
  await signIn(context, stage, merchant);
  const page = await context.newPage();
  await page.goto(`/dashboard/orders/${sales[0]?.id}`);
  await expect(page.getByTestId("withdrawal")).toHaveText(words.delivery.withdrawLater);
  const top = async (id: string) => (await page.getByTestId(id).boundingBox())?.y ?? 0;
  expect(await top("delivery")).toBeLessThan(await top("money"));
  const panel = page.getByTestId("deliveries");
  await expect(panel).toContainText(words.deliveries.title);
  await panel.getByTestId("show-deliveries").click();
  const callback = panel.locator("[data-job=deliver-callback]");
  await expect(callback).toContainText(esBooking.booking.deliveries.state.done);
  await callback.getByRole("button", { name: esBooking.booking.deliveries.sendAgain }).click();
  await expect(page.getByText(esBooking.booking.deliveries.started)).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  await page.goto("/dashboard/orders/sessions?days=7");
  const stats = page.getByTestId("session-stats");
  await expect(stats.getByTestId("processed")).toHaveText("1");
  await expect(stats.getByTestId("conversion")).toHaveText("100");
  await expect(stats.getByTestId("value")).toContainText("140.000");
});

test("everybody can use the pages of orders", async ({ openBrowser, stage }) => {
  test.setTimeout(240_000);
  const { shop, merchant, sales } = await soldAt(stage, 2);
  await reachSale(stage, shop);
  const id = sales[0]?.id;
  const looks = { stage, merchant, openBrowser };
  await expectGoodLooks({ ...looks, name: "orders", path: "/dashboard/orders" });
  await expectGoodLooks({ ...looks, name: "order", path: `/dashboard/orders/${id}` });
  await expectGoodLooks({
    ...looks,
    name: "order-refund",
    path: `/dashboard/orders/${id}`,
    prepare: async (page) => {
      await page.getByTestId("refund").click();
      await page.getByTestId("refund-form").locator("[data-place='1']").getByRole("button").last().click();
    },
  });
  await expectGoodLooks({ ...looks, name: "order-slip", path: `/dashboard/orders/${id}/slip` });
  await expectGoodLooks({ ...looks, name: "order-sessions", path: "/dashboard/orders/sessions" });
  await expectGoodLooks({ ...looks, name: "order-session", path: `/dashboard/orders/sessions/${id}` });
});
