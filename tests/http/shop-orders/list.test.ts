import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { type Deliveries, deliveries } from "#contracts/desk/booking.ts";
import { type OrdersPage, ordersPage } from "#contracts/shop-desk/orders-list.ts";
import { orderColumns } from "#queries/shop-desk/orders-file.ts";
import type { Shop } from "#tests/support/shop/shop.ts";
import { prepareShopStage } from "#tests/support/shop/stage.ts";
import { deskOrderOf, type OrderDesk, orderDeskOf, sellOrder } from "#tests/support/shop-orders/sold.ts";
import { found, receptionOf } from "../customers/people.ts";
import { expectProblem, expectShape } from "../request.ts";

/** A merchant's orders as a list, a file, and what each set in motion. */
const stage = prepareShopStage({ keepsPromises: true });

let shop: Shop;
let desk: OrderDesk;
beforeAll(async () => {
  shop = await stage.openShop();
  desk = await orderDeskOf(stage, shop);
});

const foundBy = async (search: string): Promise<string[]> => {
  const { body } = await desk(`/api/orders?search=${encodeURIComponent(search)}`);
  return expectShape(ordersPage, body as OrdersPage).orders.map(({ id }) => id);
};

test("an order is found by its number, customer, SKU, tracking, transaction, reference and id, and by nothing else", async () => {
  const sale = await sellOrder(stage, shop, { email: "buyer@elsewhere.example" });
  await sellOrder(stage, shop);
  await stage.owner.query("update order_line set sku = 'TZ' where order_id = $1 and place = 1", [sale.id]);
  await desk(`${sale.id}/send`, { json: { carrier: "Servientrega", trackingNumber: "TRK-2098" } });
  const { number, transactionId, payments } = await deskOrderOf(desk, sale.id);
  const reference = payments?.[0]?.reference ?? "";
  const words = [
    ...[`${number}`, `#${number}`, `n.º ${number}`, "tz", "TRK-2098"],
    ...["buyer@elsewhere.example", transactionId, reference, sale.id],
  ];
  for (const word of words) expect([word, await foundBy(word)]).toEqual([word, [sale.id]]);
  for (const word of ["buyer@elsewhere.exampleX", "TRK", `${number + 999_999}`, "%", "_"])
    expect([word, await foundBy(word)]).toEqual([word, []]);
  const stranger = await orderDeskOf(stage, await stage.openShop());
  for (const word of words) {
    const { body } = await stranger(`/api/orders?search=${encodeURIComponent(word)}`);
    expect([word, (body as OrdersPage).orders]).toEqual([word, []]);
  }
});

test("the file has a line for each line of an order, and no cell that a spreadsheet runs", async () => {
  const own = await stage.openShop();
  const goods = [
    { title: '=HYPERLINK("http://evil.example")', quantity: 2, variants: [{ priceMinor: 2_000_000, onHand: 5, title: "+1" }] },
    { title: "Plato, hondo", variants: [{ priceMinor: 3_500_000, onHand: 5 }] },
  ];
  const sale = await sellOrder(stage, own, { goods });
  const owner = await orderDeskOf(stage, own);
  await owner(`${sale.id}/send`, { json: { carrier: "@SUM(A1)", trackingNumber: "-2+3" } });
  const { status, text, headers } = await owner("/api/orders.csv");
  expect(status).toBe(200);
  expect(headers.get("content-type")).toContain("text/csv");
  const [head, first, second, ...others] = parse(text, { bom: true }) as string[][];
  expect(others).toEqual([]);
  expect(head).toEqual(orderColumns);
  const { transactionId } = await deskOrderOf(owner, sale.id);
  const cells = (row: string[] | undefined) => Object.fromEntries(orderColumns.map((column, at) => [column, row?.[at]]));
  expect(cells(first)).toMatchObject({
    ...{ number: "1", id: sale.id, status: "sent", payment_status: "paid", email: `customer@${own.link}.example`, city: "Bogotá" },
    ...{ line: "1", product: `'${goods[0]?.title}`, variant: "'+1", quantity: "2", sent: "2", refunded: "0", unit_price: "20000" },
    ...{ line_total: "40000", shipping: "10000", order_total: "85000", currency: "COP" },
    ...{ carrier: "'@SUM(A1)", tracking_number: "'-2+3", transaction: transactionId },
  });
  expect(cells(second)).toMatchObject({ line: "2", product: "Plato, hondo", quantity: "1", sent: "1", line_total: "35000" });
  expectProblem(await orderDeskOf(stage, own, { role: "staff" }).then((staff) => staff("/api/orders.csv")), "forbidden");
});

describe("what an order set in motion", () => {
  test("is seen with its mails and callbacks, a callback is sent again, and a mail is shown under its order alone", async () => {
    const [sale, other] = [await sellOrder(stage, shop), await sellOrder(stage, shop)];
    const { followUps } = expectShape(deliveries, (await desk(`${sale.id}/deliveries`)).body);
    expect(followUps.map(({ job, state }) => `${job} ${state}`).toSorted()).toEqual([
      ...["deliver-callback done", "mail-customer-order done", "mail-merchant-order done", "notify-merchant done"],
    ]);
    const idOf = (job: string) => followUps.find((followUp) => followUp.job === job)?.id ?? "";
    const mail = await desk(`${sale.id}/mails/${idOf("mail-customer-order")}`);
    expect(mail.status).toBe(200);
    expect(mail.text).toContain("3 × Taza");
    expect(mail.headers.get("content-security-policy")).toContain("frame-ancestors 'self'");
    expectProblem(await desk(`${other.id}/mails/${idOf("mail-customer-order")}`), "follow_up_unknown");
    const run = (id: string, job: string, by = desk) => by(`${id}/deliveries/${idOf(job)}/run`, { method: "POST" });
    expectProblem(await run(other.id, "deliver-callback"), "follow_up_unknown");
    expectProblem(await run(sale.id, "mail-customer-order"), "follow_up_over");
    const again = await run(sale.id, "deliver-callback");
    expect(again.status).toBe(200);
    expect((again.body as Deliveries).followUps.find(({ job }) => job === "deliver-callback")?.callback?.sequence).toBe(1);
    const stranger = await orderDeskOf(stage, await stage.openShop());
    expectProblem(await stranger(`${sale.id}/deliveries`), "order_unknown");
    expectProblem(await run(sale.id, "deliver-callback", stranger), "order_unknown");
    await stage.owner.query("update follow_up set state = 'attention', done_at = null where id = $1", [idOf("mail-merchant-order")]);
    expect((await run(sale.id, "mail-merchant-order")).status).toBe(200);
    await expect
      .poll(async () => (await stage.owner.query("select state from follow_up where id = $1", [idOf("mail-merchant-order")])).rows)
      .toEqual([{ state: "done" }]);
  });
});

test("the days to withdraw from goods begin when the customer has them, from what is no thing with the purchase", async () => {
  const sale = await sellOrder(stage, shop);
  const guide = { title: "Guía", isDigital: true, variants: [{ priceMinor: 10_000_000, onHand: null }] };
  const digital = await sellOrder(stage, shop, { goods: [guide], shipping: null });
  const withdraw = (id: string, withdrawnOn: string) =>
    desk(`${id}/refunds`, {
      json: { lines: [{ place: 1, quantity: 1, isStockBack: false }], seenLeftMinor: 1, reason: "withdrawal", withdrawnOn },
    });
  expect((await deskOrderOf(desk, sale.id)).withdrawal).toMatchObject({ until: null, beginsLater: true });
  const moved = async (id: string) => {
    // Both bought on Monday 2 March; the goods come on Friday 20. Monday 23 is a holiday in Colombia.
    await stage.owner.query("update shop_order set paid_at = '2026-03-02T15:00Z' where id = $1", [id]);
    await stage.owner.query(
      "update shop_order set packed_at = '2026-03-03T15:00Z', sent_at = '2026-03-04T15:00Z', delivered_at = '2026-03-20T15:00Z' where id = $1",
      [sale.id],
    );
    return (await deskOrderOf(desk, id)).withdrawal;
  };
  expect(await moved(sale.id)).toMatchObject({ boughtOn: "2026-03-02", until: "2026-03-30", beginsLater: false });
  expect(await moved(digital.id)).toMatchObject({ boughtOn: "2026-03-02", until: "2026-03-09", beginsLater: false });
  expectProblem(await withdraw(sale.id, "2026-03-31"), "withdrawal_over");
  expectProblem(await withdraw(sale.id, "2026-03-01"), "invalid_request");
  // In time, so that only the sum that was seen is asked about.
  expectProblem(await withdraw(sale.id, "2026-03-30"), "changed_meanwhile");
});

test("whoever still waits for their goods is not erased, and may be once they have them", async () => {
  // Alone in their shop: whoever has the same number is the same customer.
  const own = await stage.openShop();
  const email = "waits@example.com";
  const sale = await sellOrder(stage, own, { email });
  const [owner, ownDesk] = [await receptionOf(stage, own), await orderDeskOf(stage, own)];
  const { id } = await found(owner, email);
  await stage.owner.query("update payment set payable_until = now() - interval '1 minute' where checkout_id = $1", [sale.id]);
  const erase = () => owner(`/${id}/erase`, { json: { name: "Ana María Pérez" } });
  expectProblem(await erase(), "customer_has_orders");
  await ownDesk(`${sale.id}/send`, { json: {} });
  expect((await erase()).status).toBe(200);
});
