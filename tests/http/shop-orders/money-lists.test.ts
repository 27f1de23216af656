import { beforeAll, expect, test } from "vitest";
import { type FailedFollowUps, failedFollowUps } from "#contracts/desk/follow-ups.ts";
import { ledgerPage } from "#contracts/ledger/ledger.ts";
import { paymentsPage } from "#contracts/ledger/payments-list.ts";
import { type Metrics, metrics } from "#contracts/metrics/metrics.ts";
import { sessionStats } from "#contracts/shop/session-stats.ts";
import { loadSessionStats } from "#queries/shop/session-stats.ts";
import { eventually } from "#tests/support/end-state.ts";
import type { Shop } from "#tests/support/shop/shop.ts";
import { prepareShopStage } from "#tests/support/shop/stage.ts";
import { deskOrderOf, type OrderDesk, orderDeskOf, reachSale, sellOrder } from "#tests/support/shop-orders/sold.ts";
import { bookAndPay } from "../desk/desk.ts";
import { expectShape } from "../request.ts";

/** Where money is listed, an order is called by its number, and its figures stand beside the bookings'. */
const stage = prepareShopStage({ keepsPromises: true });

let shop: Shop;
let desk: OrderDesk;
let sale: Awaited<ReturnType<typeof sellOrder>>;
beforeAll(async () => {
  shop = await stage.openShop();
  desk = await orderDeskOf(stage, shop);
  sale = await sellOrder(stage, shop);
});

test("payments and days name an order by its number, and what failed says that it is of an order", async () => {
  const purchase = { id: sale.id, kind: "order", service: null, orderNumber: 1 };
  const { payments } = expectShape(paymentsPage, (await desk("/api/payments")).body);
  expect(payments).toMatchObject([{ checkout: purchase }]);
  const { lines } = expectShape(ledgerPage, (await desk("/api/ledger/lines?mode=test")).body);
  expect(lines).toMatchObject([{ kind: "payment", checkout: purchase }]);
  await stage.owner.query(
    "update follow_up set state = 'attention', done_at = null where subject_id = $1 and job = 'mail-merchant-order'",
    [sale.id],
  );
  const { followUps } = expectShape(failedFollowUps, (await desk("/api/follow-ups/failed")).body as FailedFollowUps);
  expect(followUps).toMatchObject([{ job: "mail-merchant-order", checkoutId: sale.id, checkoutKind: "order" }]);
  expect((await desk(`/api/follow-ups/${followUps[0]?.id}/run`, { method: "POST" })).status).toBe(200);
  await eventually(async () => {
    const { rows } = await stage.owner.query("select state from follow_up where id = $1", [followUps[0]?.id]);
    expect(rows).toEqual([{ state: "done" }]);
  });
});

const figuresOf = async (desk: OrderDesk, query = ""): Promise<Metrics> => expectShape(metrics, (await desk(`/api/metrics${query}`)).body);

test("the shop's conversion and money are its own, and a refund of an order is none of a booking's", async () => {
  const own = await stage.openShop();
  const owner = await orderDeskOf(stage, own);
  const paid = await sellOrder(stage, own);
  await reachSale(stage, own);
  await bookAndPay(stage, own, 0);
  expect((await owner(`${paid.id}/cancel`, { json: {} })).status).toBe(200);
  await eventually(async () => expect((await deskOrderOf(owner, paid.id)).refundCases).toMatchObject([{ state: "done" }]));
  const all = await figuresOf(owner);
  expect(all.shop).toEqual({
    ...{ begun: 2, paid: 1, conversion: 0.5 },
    money: [{ currency: "COP", isTest: true, payments: 1, revenueMinor: 14_000_000, refundedMinor: 14_000_000, otherRefundsMinor: 0 }],
  });
  expect(all.money).toMatchObject([{ payments: 1, refundedMinor: 0 }]);
  expect((await figuresOf(owner, `?service=${own.serviceId}`)).shop).toBeNull();
  const stats = expectShape(sessionStats, await loadSessionStats({ tenantId: own.tenantId, days: 7 }));
  expect(stats).toMatchObject({ active: 1, processed: 1, conversion: 1, values: [{ currency: "COP", totalMinor: 14_000_000 }] });
  expect(stats.medianMinutesToPay).toBeGreaterThanOrEqual(0);
});
