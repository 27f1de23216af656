import { beforeAll, describe, expect, test } from "vitest";
import { paymentProvider } from "#providers/payments/registry.ts";
import { expectProblem } from "#tests/http/request.ts";
import { eventually } from "#tests/support/end-state.ts";
import { everyTestedProvider } from "#tests/support/payers/tested-provider.ts";
import type { Shop } from "#tests/support/shop/shop.ts";
import { prepareShopStage } from "#tests/support/shop/stage.ts";
import { deskOrderOf, type OrderDesk, orderDeskOf, sellOrder } from "#tests/support/shop-orders/sold.ts";

const stage = prepareShopStage({ keepsPromises: true });

/** The first whose API sends parts of a charge back. */
const provider = everyTestedProvider.find(({ id }) => {
  const refunds = paymentProvider(id)?.capabilities.refunds;
  return refunds?.refundByApi && refunds.partial;
});
if (!provider) throw new Error("no provider sends parts back");

let shop: Shop;
let desk: OrderDesk;
beforeAll(async () => {
  shop = await stage.openShop({ provider });
  desk = await orderDeskOf(stage, shop);
});

type Line = [place: number, quantity: number, isStockBack: boolean];
const refund = (id: string, seenLeftMinor: number, lines: readonly Line[], { key, ...more }: { key?: string; shipping?: boolean } = {}) => {
  const json = { lines: lines.map(([place, quantity, isStockBack]) => ({ place, quantity, isStockBack })), seenLeftMinor, ...more };
  return desk(`${id}/refunds`, { json, ...(key && { headers: { "idempotency-key": key } }) });
};
const onHand = ({ variantIds }: { variantIds: string[] }) => Promise.all(variantIds.map(async (id) => (await stage.stockOf(id))?.onHand));
const casesOf = async (id: string) =>
  (
    await stage.owner.query(
      `select reason, state, amount_minor::int as amount, (select sum(l.amount_minor)::int from order_refund_line l where l.refund_case_id = r.id) as lines
       from refund_case r where checkout_id = $1 order by created_at`,
      [id],
    )
  ).rows;
const isBack = (id: string, amounts: number[]) =>
  eventually(async () =>
    expect((await casesOf(id)).map(({ state, amount }) => [state, amount])).toEqual(amounts.map((amount) => ["done", amount])),
  );
const chargeStates = async (reference: string | undefined) =>
  (await provider.payer(stage.simulatorsUrl).charges(shop.account)).filter((one) => one.reference === reference).map(({ state }) => state);
const referenceOf = async (id: string) => (await deskOrderOf(desk, id)).payments?.[0]?.reference;

describe("refunds by line", () => {
  test("the pieces' money goes back at the provider, what can be sold again is, and the rest is still sent", async () => {
    const sale = await sellOrder(stage, shop);
    expect(await onHand(sale)).toEqual([7, 8]);
    const part: Line[] = [
      [1, 1, true],
      [2, 1, false],
    ];
    for (const _ of [1, 2])
      expect((await refund(sale.id, 14_000_000, part, { key: `part-${sale.id}` })).body).toMatchObject({
        orderStatus: "paid",
        money: { sentBackMinor: 5_500_000, leftMinor: 8_500_000, shippingLeftMinor: 1_000_000 },
        lines: [
          { refunded: 1, sendable: 2, refundable: 2, stockBack: 1, returnable: 0 },
          { refunded: 1, sendable: 1, refundable: 1, stockBack: 0, returnable: 1 },
        ],
        refundedLines: [
          { place: 1, quantity: 1, amountMinor: 2_000_000, isStockBack: true },
          { place: 2, quantity: 1, amountMinor: 3_500_000, isStockBack: false },
        ],
      });
    expect(await onHand(sale)).toEqual([8, 8]);
    await isBack(sale.id, [5_500_000]);
    expect(await chargeStates(await referenceOf(sale.id))).toEqual(["partly_refunded"]);
    expect((await desk(`${sale.id}/send`, { json: {} })).body).toMatchObject({
      ...{
        orderStatus: "sent",
        shipments: [
          {
            lines: [
              { place: 1, quantity: 2 },
              { place: 2, quantity: 1 },
            ],
          },
        ],
      },
    });
    // The plate came back broken, and is mended: later it can be sold after all, and once.
    expect((await desk(`${sale.id}/stock-back`, { json: { lines: [{ place: 2, quantity: 1 }] } })).status).toBe(200);
    expectProblem(await desk(`${sale.id}/stock-back`, { json: { lines: [{ place: 2, quantity: 1 }] } }), "order_not_movable");
    expect(await onHand(sale)).toEqual([8, 9]);
  });

  test("all parts of a line are exactly its total, and an order of which nothing is left is cancelled", async () => {
    // 60.000 and 70.000 less 10.000, spread: neither line divides by its pieces.
    await stage.addDiscount(shop, { code: "DIEZ", amountMinor: 1_000_000 });
    const sale = await sellOrder(stage, shop, { code: "DIEZ" });
    const { lines, totals } = await deskOrderOf(desk, sale.id);
    expect(totals).toMatchObject({ discountMinor: 1_000_000, totalMinor: 13_000_000 });
    let left = 13_000_000;
    const sent: number[] = [];
    for (const line of [[1, 1, true] as Line, [1, 2, false] as Line, [2, 2, true] as Line]) {
      await refund(sale.id, left, [line], { shipping: left < 9_000_000 });
      const { money } = await deskOrderOf(desk, sale.id);
      sent.push(left - money.leftMinor);
      left = money.leftMinor;
    }
    expect(sent[0] ?? 0).toBeLessThan((lines[0]?.totalMinor ?? 0) / 2);
    expect(left).toBe(0);
    expect((sent[0] ?? 0) + (sent[1] ?? 0)).toBe(lines[0]?.totalMinor);
    expect(sent[2]).toBe((lines[1]?.totalMinor ?? 0) + 1_000_000);
    expect(await deskOrderOf(desk, sale.id)).toMatchObject({
      orderStatus: "cancelled",
      may: { refund: false, cancel: false, stockBack: true },
    });
    expect(await onHand(sale)).toEqual([8, 10]);
    await isBack(sale.id, sent);
    expectProblem(await refund(sale.id, 0, [[1, 1, true]]), "nothing_to_refund");
  });

  test("of two who refund at once, one is done and the other is told", async () => {
    const sale = await sellOrder(stage, shop);
    const answers = await Promise.all([1, 2].map(() => refund(sale.id, 14_000_000, [[1, 2, true]])));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: "changed_meanwhile" });
    expect(await casesOf(sale.id)).toMatchObject([{ reason: "requested", amount: 4_000_000, lines: 4_000_000 }]);
    expect(await onHand(sale)).toEqual([9, 8]);
    // One after the other both are, and never more than was bought.
    expectProblem(await refund(sale.id, 10_000_000, [[1, 2, true]]), "nothing_to_refund");
    expect((await refund(sale.id, 10_000_000, [[1, 1, true]])).status).toBe(200);
    await isBack(sale.id, [4_000_000, 2_000_000]);
  });
});

describe("cancelling", () => {
  test("all money goes back, what is named can be sold again, and its reason is a note", async () => {
    const sale = await sellOrder(stage, shop);
    await desk(`${sale.id}/pack`, { json: {} });
    const cancel = (seen: object) =>
      desk(`${sale.id}/cancel`, { json: { stockBack: [{ place: 1, quantity: 3 }], reason: "Se rompieron los platos.", seen } });
    expectProblem(await cancel({ orderStatus: "paid", refundMinor: 14_000_000 }), "changed_meanwhile");
    expectProblem(await cancel({ orderStatus: "packed", refundMinor: 1 }), "changed_meanwhile");
    expect((await cancel({ orderStatus: "packed", refundMinor: 14_000_000 })).body).toMatchObject({
      orderStatus: "cancelled",
      lines: [{ stockBack: 3 }, { stockBack: 0, returnable: 2 }],
      refundCases: [{ reason: "cancelled", amountMinor: 14_000_000 }],
      notes: [{ text: "Se rompieron los platos." }],
      next: null,
      undoes: null,
    });
    expect(await onHand(sale)).toEqual([10, 8]);
    expect(await casesOf(sale.id)).toMatchObject([{ amount: 14_000_000, lines: 13_000_000 }]);
    await isBack(sale.id, [14_000_000]);
    expectProblem(await cancel({ orderStatus: "cancelled", refundMinor: 0 }), "already_cancelled");
    for (const verb of ["pack", "send", "deliver"]) expectProblem(await desk(`${sale.id}/${verb}`, { json: {} }), "order_not_movable");
  });

  test("what is on its way is not cancelled: its pieces are refunded, and then it ends", async () => {
    const sale = await sellOrder(stage, shop);
    await desk(`${sale.id}/send`, { json: {} });
    expectProblem(await desk(`${sale.id}/cancel`, { json: {} }), "order_not_movable");
    expect((await deskOrderOf(desk, sale.id)).may).toMatchObject({ cancel: false, refund: true });
    const all: Line[] = [
      [1, 3, true],
      [2, 2, true],
    ];
    expect((await refund(sale.id, 14_000_000, all)).body).toMatchObject({ orderStatus: "sent", money: { leftMinor: 1_000_000 } });
    expectProblem(await desk(`${sale.id}/undo`, { json: { version: (await deskOrderOf(desk, sale.id)).version } }), "order_not_movable");
    expect((await refund(sale.id, 1_000_000, [], { shipping: true })).body).toMatchObject({ orderStatus: "cancelled" });
    expect(await onHand(sale)).toEqual([10, 10]);
  });
});
