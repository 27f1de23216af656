import { afterAll, expect, test } from "vitest";
import { createConnection } from "#commands/connections/create-connection.ts";
import { system } from "#contracts/caller.ts";
import { newConnection } from "#contracts/catalog.ts";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import { expectProblem } from "#tests/http/request.ts";
import { eventually } from "#tests/support/end-state.ts";
import { disputeCharge, pretendProvider, sendBack } from "#tests/support/pretend-provider.ts";
import { addProduct, addShipping } from "#tests/support/shop/shop.ts";
import { prepareShopStage } from "#tests/support/shop/stage.ts";
import { deskOrderOf, orderDeskOf, usual } from "#tests/support/shop-orders/sold.ts";
import { byApi, look, newService } from "../money-back/pretended.ts";
import { settledAtOnce } from "../stories.ts";

/** What a bank, or somebody in the provider's panel, does with the money of an order. */
const stage = prepareShopStage({ keepsPromises: true });
afterAll(() => {
  delete paymentProviders["pretend"];
});

/** An order that is paid at a provider which tells each part and each dispute. */
async function sold() {
  const service = newService({ accepts: "done", keepsKeys: true });
  paymentProviders["pretend"] = pretendProvider(service, { refunds: byApi });
  const shop = await stage.openShop();
  const wish = newConnection.parse({ kind: "payment", provider: "pretend", mode: "test", credentials: {} });
  await createConnection({ caller: system, input: { tenantId: shop.tenantId, ...wish } });
  const lines: Record<string, number> = {};
  for (const { quantity, ...product } of usual) lines[(await addProduct(stage, shop, product)).variantIds[0]] = quantity;
  const option = await addShipping(stage, shop, { priceMinor: 1_000_000 });
  const cartId = await stage.fill(shop, lines);
  const { status, body } = await stage.checkOut(shop, cartId, { shipping: option, more: { provider: "pretend" } });
  expect(status, JSON.stringify(body)).toBe(201);
  const { rows } = await stage.owner.query<{ reference: string }>("select reference from payment where checkout_id = $1", [body.id]);
  const reference = rows[0]?.reference ?? "";
  const charge: ChargeFact = {
    ...{ providerChargeId: `charge-${reference}`, reference, state: "approved", providerStatus: "approved" },
    ...{ amountMinor: body.totalMinor, currency: "COP", method: "card", finalizedAt: new Date(), refunds: [], disputes: [] },
  };
  service.charges.set(charge.providerChargeId, charge);
  const order = { id: body.id, token: body.token };
  await look(stage, order);
  await stage.orderReaches(order, { status: "processed" });
  await settledAtOnce(stage, order.id);
  const desk = await orderDeskOf(stage, shop);
  const answer = (word: string) => desk(`${order.id}/reversal`, { json: { answer: word } });
  return { shop, order, charge, desk, answer, variantIds: Object.keys(lines) };
}

async function mailsOf(link: string) {
  const { mails } = (await (await fetch(`${stage.simulatorsUrl}/mail/state`)).json()) as {
    mails: { to: string[]; subject: string; text: string }[];
  };
  return mails.filter(({ to }) => to.some((address) => address.endsWith(`@${link}.example`)));
}
const said = ({ subject, text }: { subject: string; text: string }) => `${subject}\n${text}`.replaceAll(/\s+/g, " ");

test("a part that was refunded in the panel: the customer hears of their order, the merchant is asked once, and it stands", async () => {
  const { shop, order, charge, desk, answer } = await sold();
  sendBack(charge, { amountMinor: 3_000_000 });
  await look(stage, order);
  await settledAtOnce(stage, order.id);
  expect(await deskOrderOf(desk, order.id)).toMatchObject({
    ...{ orderStatus: "paid", paymentStatus: "partly_refunded", reversalAnswer: "open" },
    money: { sentBackMinor: 3_000_000, leftMinor: 11_000_000 },
    outsideRefunds: [{ amountMinor: 3_000_000, state: "done" }],
    may: { answerReversal: true },
  });
  const about = (await mailsOf(shop.link)).map(said).filter((text) => /devol|devuel/i.test(text));
  expect(about.length).toBeGreaterThan(0);
  for (const mail of about) {
    expect(mail).toContain("30.000");
    expect(mail).toMatch(/pedido/i);
    expect(mail).not.toMatch(/\b(cita|reserva)\b/i);
  }
  expect((await answer("keep")).body).toMatchObject({
    orderStatus: "paid",
    reversalAnswer: "keep",
    may: { answerReversal: false, send: true },
  });
  expect((await answer("keep")).status).toBe(200);
  expectProblem(await answer("cancel"), "changed_meanwhile");
});

test("cancelled after the whole went back outside: no money a second time, and its pieces wait for a word about the stock", async () => {
  const { order, charge, desk, answer, variantIds } = await sold();
  sendBack(charge, { amountMinor: charge.amountMinor });
  await look(stage, order);
  expect((await answer("cancel")).body).toMatchObject({
    ...{
      orderStatus: "cancelled",
      refundCases: [],
      lines: [
        { returnable: 3, stockBack: 0 },
        { returnable: 2, stockBack: 0 },
      ],
    },
    may: { stockBack: true, send: false, refund: false, cancel: false },
  });
  const onHand = async () => (await Promise.all(variantIds.map((id) => stage.stockOf(id)))).map((one) => one?.onHand);
  expect(await onHand()).toEqual([7, 8]);
  expect((await desk(`${order.id}/stock-back`, { json: { lines: [{ place: 1, quantity: 3 }] } })).status).toBe(200);
  expect(await onHand()).toEqual([10, 8]);
});

test("a dispute is seen on its order and blocks refunds; lost, the merchant is asked", async () => {
  const { shop, order, charge, desk } = await sold();
  disputeCharge(charge, { providerDisputeId: "d-1" });
  await look(stage, order);
  expect(await deskOrderOf(desk, order.id)).toMatchObject({
    ...{ orderStatus: "paid", paymentStatus: "disputed", isBlockedByDispute: true },
    disputes: [{ amountMinor: charge.amountMinor, kind: "dispute" }],
    may: { refund: false, send: true },
  });
  const refund = { lines: [{ place: 1, quantity: 1, isStockBack: false }], seenLeftMinor: 0 };
  expectProblem(await desk(`${order.id}/refunds`, { json: refund }), "refund_blocked_by_dispute");
  const { notices } = (await desk("/api/notices")).body as { notices: { kind: string; order: object }[] };
  expect(notices.find(({ kind }) => kind === "dispute.opened")).toMatchObject({ order: { id: order.id, number: 1 } });
  disputeCharge(charge, { providerDisputeId: "d-1", state: "lost" });
  await look(stage, order);
  await settledAtOnce(stage, order.id);
  expect(await deskOrderOf(desk, order.id)).toMatchObject({ paymentStatus: "charged_back", reversalAnswer: "open" });
  await eventually(async () => {
    const [mail] = (await mailsOf(shop.link)).filter(({ to, text }) => to[0]?.startsWith("merchant@") && /contracargo|banco/i.test(text));
    expect(mail ? said(mail) : "").toMatch(/pedido/i);
    expect(mail ? said(mail) : "cita").not.toMatch(/\b(cita|reserva)\b/i);
  });
});
