import { beforeAll, describe, expect, test } from "vitest";
import { timeline } from "#contracts/desk/booking.ts";
import { deskOrder } from "#contracts/shop-desk/order.ts";
import type { Shop } from "#tests/support/shop/shop.ts";
import { prepareShopStage } from "#tests/support/shop/stage.ts";
import { deskOrderOf, type OrderDesk, orderDeskOf, sellOrder } from "#tests/support/shop-orders/sold.ts";
import { expectProblem, expectShape } from "../request.ts";

const stage = prepareShopStage({ keepsPromises: true });

let shop: Shop;
let desk: OrderDesk;
beforeAll(async () => {
  shop = await stage.openShop();
  desk = await orderDeskOf(stage, shop);
});

const act = (id: string, verb: string, json: object = {}, key?: string) =>
  desk(`${id}/${verb}`, { json, ...(key && { headers: { "idempotency-key": key } }) });
const kindsOf = async (id: string) =>
  expectShape(timeline, (await desk(`${id}/timeline`)).body)
    .events.map(({ kind }) => kind)
    .filter((kind) => kind.startsWith("order."));

describe("reading", () => {
  test("an order has its lines, sums, customer, address, delivery and payment, and says what is next", async () => {
    const sale = await sellOrder(stage, shop, { email: "reader@example.com" });
    const order = expectShape(deskOrder, (await desk(sale.id)).body);
    expect(order).toMatchObject({
      orderStatus: "paid",
      paymentStatus: "paid",
      way: "sent",
      version: 1,
      customer: { name: "Ana María Pérez", email: "reader@example.com", phone: "+573001234567", locale: "es" },
      address: { city: "Bogotá", country: "CO" },
      shipping: { kind: "flat", name: "Envío", daysMin: 2, daysMax: 5 },
      totals: { currency: "COP", subTotalMinor: 13_000_000, discountMinor: 0, shippingMinor: 1_000_000, totalMinor: 14_000_000 },
      money: { paidMinor: 14_000_000, sentBackMinor: 0, leftMinor: 14_000_000, shippingLeftMinor: 1_000_000 },
      payments: [{ charges: [{ isWhatPaid: true, status: "approved", providerChargeId: order.transactionId }] }],
      lines: [
        { place: 1, title: "Taza", quantity: 3, totalMinor: 6_000_000, sendable: 3, refundable: 3, returnable: 0 },
        { place: 2, title: "Plato", quantity: 2, totalMinor: 7_000_000, sendable: 2, refundable: 2, returnable: 0 },
      ],
      next: "pack",
      undoes: null,
      may: { pack: true, send: true, deliver: false, undo: false, refund: true, cancel: true, stockBack: false, note: true },
    });
    expect(order.customersUrl).toContain(`/order/confirmed/${sale.id}?token=${sale.token}`);
  });

  test("staff see no orders, and another merchant's order is unknown", async () => {
    const sale = await sellOrder(stage, shop);
    const staff = await orderDeskOf(stage, shop, { role: "staff", professionalId: shop.professionalId });
    for (const path of [sale.id, "/api/orders", "/api/orders.csv", "/api/order-sessions"]) expectProblem(await staff(path), "forbidden");
    const stranger = await orderDeskOf(stage, await stage.openShop());
    for (const path of ["", "/timeline"]) expectProblem(await stranger(`${sale.id}${path}`), "order_unknown");
    for (const verb of ["pack", "send", "deliver"]) expectProblem(await stranger(`${sale.id}/${verb}`, { json: {} }), "order_unknown");
    expectProblem(await stranger(`${sale.id}/undo`, { json: { version: 1 } }), "order_unknown");
    expectProblem(await stranger(`${sale.id}/cancel`, { json: {} }), "order_unknown");
    expectProblem(await stranger(`${sale.id}/notes`, { json: { text: "¿?" } }), "order_unknown");
    expectProblem(await stranger(`${sale.id}/stock-back`, { json: { lines: [{ place: 1, quantity: 1 }] } }), "order_unknown");
    const refund = { lines: [{ place: 1, quantity: 1, isStockBack: true }], seenLeftMinor: 14_000_000 };
    expectProblem(await stranger(`${sale.id}/refunds`, { json: refund }), "order_unknown");
    expect(await deskOrderOf(desk, sale.id)).toMatchObject({ orderStatus: "paid", version: 1 });
  });
});

describe("pack, send and deliver", () => {
  test("each step is taken once, whoever presses twice, and its customer sees it", async () => {
    const sale = await sellOrder(stage, shop);
    for (const _ of [1, 2])
      expect((await act(sale.id, "pack", { version: 1 })).body).toMatchObject({ orderStatus: "packed", next: "send", version: 2 });
    const parcel = { carrier: "Servientrega", trackingNumber: "2098", trackingUrl: "https://carrier.example/2098", version: 2 };
    for (const _ of [1, 2])
      expect((await act(sale.id, "send", parcel)).body).toMatchObject({
        ...{ orderStatus: "sent", next: "deliver", version: 3, carrier: "Servientrega", trackingNumber: "2098" },
        shipments: [
          {
            lines: [
              { place: 1, quantity: 3 },
              { place: 2, quantity: 2 },
            ],
          },
        ],
      });
    expect((await stage.orderState(sale)).order).toMatchObject({ orderStatus: "sent", trackingNumber: "2098", carrier: "Servientrega" });
    for (const _ of [1, 2])
      expect((await act(sale.id, "deliver", { version: 3 })).body).toMatchObject({ orderStatus: "delivered", next: null });
    expect(await kindsOf(sale.id)).toEqual([
      ...["order.delivered", "order.sent", "order.packed", "order.confirmed", "order.paid", "order.created"],
    ]);
  });

  test("a mistyped number is corrected, and whoever decides by an old page is told", async () => {
    const sale = await sellOrder(stage, shop);
    await act(sale.id, "send", { trackingNumber: "1" });
    expectProblem(await act(sale.id, "send", { trackingNumber: "2", version: 1 }), "changed_meanwhile");
    expect((await act(sale.id, "send", { trackingNumber: "2", version: 2 })).body).toMatchObject({
      ...{ trackingNumber: "2", shipments: [{ trackingNumber: "2" }], version: 3 },
    });
    expect((await kindsOf(sale.id))[0]).toBe("order.tracking_changed");
    expectProblem(await act(sale.id, "undo", { version: 2 }), "changed_meanwhile");
  });

  test("a part goes first, the rest later, and each step is taken back in turn", async () => {
    const sale = await sellOrder(stage, shop);
    expect((await act(sale.id, "send", { carrier: "A", lines: [{ place: 1, quantity: 2 }] })).body).toMatchObject({
      ...{
        orderStatus: "paid",
        carrier: "A",
        undoes: "send",
        lines: [
          { sent: 2, sendable: 1 },
          { sent: 0, sendable: 2 },
        ],
      },
    });
    expectProblem(await act(sale.id, "send", { lines: [{ place: 1, quantity: 2 }] }), "order_not_movable");
    expectProblem(await act(sale.id, "send", { lines: [{ place: 9, quantity: 1 }] }), "invalid_request");
    expectProblem(await act(sale.id, "deliver"), "order_not_movable");
    expect((await act(sale.id, "send", { carrier: "B" })).body).toMatchObject({ orderStatus: "sent", carrier: "B", shipments: [{}, {}] });
    await act(sale.id, "deliver");
    const back: unknown[] = [];
    for (let version = 4; version <= 8; version += 1) {
      const { body } = await act(sale.id, "undo", { version });
      const { orderStatus, carrier, undoes, code } = body as Record<string, unknown>;
      back.push(code ?? [orderStatus, carrier, undoes]);
    }
    expect(back).toEqual([
      ["sent", "B", "send"],
      ["packed", "A", "send"],
      ["packed", null, "pack"],
      ["paid", null, null],
      "order_not_movable",
    ]);
    expect((await deskOrderOf(desk, sale.id)).lines.map(({ sent }) => sent)).toEqual([0, 0]);
  });

  test("what is picked up is packed and given; what is no thing is given at once", async () => {
    const picked = await sellOrder(stage, shop, { shipping: { kind: "pickup" } });
    expectProblem(await act(picked.id, "send"), "order_not_movable");
    await act(picked.id, "pack");
    expect((await act(picked.id, "deliver")).body).toMatchObject({ orderStatus: "delivered", way: "picked_up", sentAt: null });
    const guide = { title: "Guía", isDigital: true, variants: [{ priceMinor: 10_000_000, onHand: null }] };
    const digital = await sellOrder(stage, shop, { goods: [guide], shipping: null });
    expect(await deskOrderOf(desk, digital.id)).toMatchObject({ way: "none", next: "deliver", lines: [{ sendable: 0 }] });
    expectProblem(await act(digital.id, "pack"), "order_not_movable");
    expect((await act(digital.id, "deliver")).body).toMatchObject({ orderStatus: "delivered" });
  });

  test("a note is kept once for the team, and the timeline says only that there is one", async () => {
    const sale = await sellOrder(stage, shop);
    for (const _ of [1, 2]) expect((await act(sale.id, "notes", { text: "Es un regalo." }, `note-${sale.id}`)).status).toBe(200);
    expect((await deskOrderOf(desk, sale.id)).notes).toMatchObject([
      { text: "Es un regalo.", actor: { kind: "member", name: "Ana Pérez" } },
    ]);
    expect((await desk(`${sale.id}/timeline`)).text).not.toContain("regalo");
  });
});
