import { expect, test } from "vitest";
import { eventually } from "../../support/end-state.ts";
import { readEffects } from "../../support/outside-effects.ts";
import { ask, buyer, enterCode, home, newCart, orderBody, payAgain, put, quote, readCart, sendOrder } from "../../support/shop/shopper.ts";
import { digital, prepareShopStage } from "../../support/shop/stage.ts";
import { settledAtOnce } from "../stories.ts";

const stage = prepareShopStage({ keepsPromises: true });

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ordersOf = async (tenantId: string) =>
  (await stage.owner.query("select number::int, transaction_id from shop_order where tenant_id = $1 order by number", [tenantId])).rows;

test("from an empty cart to a paid order, with every field of the document", async () => {
  const shop = await stage.openShop();
  const cup = await stage.addProduct(shop, {
    title: "Taza",
    taxPercent: 19,
    variants: [
      { title: "Azul", priceMinor: 4_000_000, onHand: 5 },
      { title: "Roja", priceMinor: 5_000_000, onHand: 3 },
    ],
  });
  const [blue, red = ""] = cup.variantIds;
  await stage.addDiscount(shop, { code: "DIEZ", percent: 10 });
  const delivery = await stage.addShipping(shop, { priceMinor: 1_190_000, taxPercent: 19 });

  const { status, body: cart } = await newCart(stage, shop, { userId: "buyer-7" });
  expect(status).toBe(201);
  expect(cart).toMatchObject({ id: expect.stringMatching(uuid), shop: shop.slug, userId: "buyer-7", lines: [], order: null, paying: null });
  await put(stage, cart.id, blue, 2);
  await put(stage, cart.id, red, 1);
  expect((await enterCode(stage, cart.id, " diez ")).body).toMatchObject({
    discount: { code: "DIEZ", percent: 10, problem: null },
    totals: { subTotalMinor: 13_000_000, discountMinor: 1_300_000, totalMinor: 11_700_000 },
    needsShipping: true,
    changes: [],
  });
  expect((await quote(stage, cart.id, delivery)).body).toMatchObject({
    shippingOptions: [{ id: delivery, kind: "flat", priceMinor: 1_190_000, problem: null, daysMin: 2, daysMax: 5, place: null }],
    shipping: delivery,
    totals: { shippingMinor: 1_190_000, totalMinor: 12_890_000 },
    payments: [{ connection: shop.connectionId, provider: shop.provider.id }],
  });

  const { status: answered, body: begun } = await stage.checkOut(shop, cart.id, { shipping: delivery, more: { note: "Con cuidado" } });
  expect(answered).toBe(201);
  const frozen = {
    sessionToken: expect.stringMatching(new RegExp(`^session_${begun.id}_\\d{13}$`)),
    userId: "buyer-7",
    address: { ...home, region: null, postalCode: null, phone: "+573001234567" },
    cartItems: [
      { variantId: blue, title: "Taza", variantTitle: "Azul", quantity: 2, unitPrice: 40_000, unitPriceMinor: 4_000_000, total: 72_000 },
      { variantId: red, title: "Taza", variantTitle: "Roja", quantity: 1, unitPrice: 50_000, totalMinor: 4_500_000 },
    ],
    subTotal: 130_000,
    discounts: 13_000,
    total: 128_900,
    subTotalMinor: 13_000_000,
    discountsMinor: 1_300_000,
    discountCode: "DIEZ",
    shippingMinor: 1_190_000,
    shipping: { id: delivery, kind: "flat", name: "Envío", taxMinor: 190_000 },
    // 19 percent within 7,200,000, 4,500,000 and 1,190,000, each rounded alone.
    taxMinor: 1_149_580 + 718_487 + 190_000,
    totalMinor: 12_890_000,
    currency: "COP",
  };
  expect(begun).toMatchObject({ ...frozen, isProcessed: false, status: "active", reference: expect.stringMatching(/^KF-/) });
  expect(await stage.orderState(begun)).toMatchObject({
    ...frozen,
    order: null,
    status: "active",
    checkoutStatus: "pending",
    cartId: cart.id,
  });
  expect((await readCart(stage, cart.id)).body.paying).toEqual({ id: begun.id, token: begun.token, expiresAt: begun.expiresAt });
  expect(await stage.stockOf(blue)).toEqual({ onHand: 5, claims: "paying 2" });
  // Before the money there is nothing: no order, no mail, no callback.
  expect(await ordersOf(shop.tenantId)).toEqual([]);
  expect(await readEffects(stage, shop)).toMatchObject({ mails: [], callbacks: [] });

  const { chargeIds } = await stage.pay(begun.checkoutUrl, "approve");
  await stage.orderReaches(begun, { status: "processed" });
  await settledAtOnce(stage, begun.id);
  const paid = await stage.orderState(begun);
  expect(paid).toMatchObject({
    ...frozen,
    isProcessed: true,
    status: "processed",
    checkoutStatus: "confirmed",
    paymentStatus: "paid",
    note: "Con cuidado",
    refund: null,
    left: [],
    order: {
      id: begun.id,
      number: 1,
      userId: "buyer-7",
      total: 128_900,
      totalMinor: 12_890_000,
      orderStatus: "paid",
      isPaid: true,
      transactionId: chargeIds[0],
      packedAt: null,
      sentAt: null,
      deliveredAt: null,
    },
  });
  expect(Date.parse(paid.order?.paidAt ?? "")).toBeGreaterThan(Date.now() - 600_000);
  expect(await stage.stockOf(blue)).toEqual({ onHand: 3, claims: "booked 2" });
  expect(await stage.stockOf(red)).toEqual({ onHand: 2, claims: "booked 1" });
  expect((await readCart(stage, cart.id)).body).toMatchObject({ order: { id: begun.id, token: begun.token }, paying: null });
  expect((await put(stage, cart.id, blue, 1)).body.code).toBe("cart_finished");
  expect((await sendOrder(stage, cart.id, await orderBody(stage, shop, cart.id, { shipping: delivery }))).body.code).toBe("cart_finished");
});

test("the return and the webhook at once make one order", async () => {
  const shop = await stage.openShop();
  const begun = await stage.reachOrder(shop);
  const { returnUrl, chargeIds } = await stage.pay(begun.checkoutUrl, "approve");
  await Promise.all([
    ...(returnUrl ? [fetch(returnUrl, { redirect: "manual" })] : []),
    stage.payer.tellAgain(chargeIds[0]),
    stage.payer.tellAgain(chargeIds[0]),
  ]);
  await stage.orderReaches(begun, { status: "processed" });
  await settledAtOnce(stage, begun.id);
  expect(await ordersOf(shop.tenantId)).toEqual([{ number: 1, transaction_id: chargeIds[0] }]);
  expect(await stage.stockOf(begun.product.variantIds[0])).toEqual({ onHand: 9, claims: "booked 1" });
  const { rows } = await stage.owner.query("select count(*)::int as paid from event where tenant_id = $1 and kind = 'order.paid'", [
    shop.tenantId,
  ]);
  expect(rows).toEqual([{ paid: 1 }]);
});

test("a double click on pay makes one order session, one payment and one page", async () => {
  const shop = await stage.openShop();
  const guide = await stage.addProduct(shop, digital);
  const cartId = await stage.fill(shop, { [guide.variantIds[0]]: 2 });
  const body = await orderBody(stage, shop, cartId);
  const clicks = await Promise.all([1, 2, 3].map(() => sendOrder(stage, cartId, body)));
  expect(clicks.map(({ status }) => status)).toEqual([201, 201, 201]);
  for (const click of clicks) expect(click.body).toEqual(clicks[0]?.body);
  const { rows } = await stage.owner.query(
    "select (select count(*)::int from order_session where cart_id = $1) as sessions, (select count(*)::int from payment p join order_session s on s.id = p.checkout_id where s.cart_id = $1) as payments",
    [cartId],
  );
  expect(rows).toEqual([{ sessions: 1, payments: 1 }]);
  expect(await stage.stockOf(guide.variantIds[0])).toEqual({ onHand: 10, claims: "paying 2" });
});

test("the same key gets the first answer, and another request with it is refused", async () => {
  const shop = await stage.openShop();
  const guide = await stage.addProduct(shop, digital);
  const cartId = await stage.fill(shop, { [guide.variantIds[0]]: 1 });
  const body = await orderBody(stage, shop, cartId);
  const first = await sendOrder(stage, cartId, body, "key-1");
  expect(first.status).toBe(201);
  expect((await sendOrder(stage, cartId, body, "key-1")).body).toEqual(first.body);
  expect((await sendOrder(stage, cartId, { ...body, note: "otra" }, "key-1")).body.code).toBe("idempotency_key_reused");
});

test("whoever checks out again replaces their own order session, and its stock never blocks them", async () => {
  const shop = await stage.openShop();
  const last = await stage.addProduct(shop, { ...digital, variants: [{ priceMinor: 10_000_000, onHand: 2 }] });
  const [variantId] = last.variantIds;
  const first = await stage.reachOrder(shop, { product: last, quantity: 2 });
  // The one who has it may have it again; another one may not.
  expect((await put(stage, first.cartId, variantId, 1)).body.lines?.[0]).toMatchObject({ quantity: 1, quantityMax: 2 });
  const other = (await newCart(stage, shop)).body;
  expect((await put(stage, other.id, variantId, 1)).body.problem).toMatchObject({
    code: "out_of_stock",
    lines: [{ variantId, available: 0 }],
  });
  const second = (await stage.checkOut(shop, first.cartId)).body;
  expect(second.id).not.toBe(first.id);
  expect(await stage.orderState(first)).toMatchObject({ status: "cancelled", order: null });
  expect(await stage.stockOf(variantId)).toEqual({ onHand: 2, claims: "released 2, paying 1" });
  await stage.pay(second.checkoutUrl, "approve");
  await stage.orderReaches(second, { status: "processed" });
  await settledAtOnce(stage, second.id);
  expect(await stage.stockOf(variantId)).toEqual({ onHand: 1, claims: "released 2, booked 1" });
});

test("two tabs that want different things at once: one order session lives, and its stock is taken once", async () => {
  const shop = await stage.openShop();
  const guide = await stage.addProduct(shop, digital);
  const [variantId] = guide.variantIds;
  const cartId = await stage.fill(shop, { [variantId]: 2 });
  const bodies = await Promise.all(["a", "b", "c"].map((note) => orderBody(stage, shop, cartId, { more: { note } })));
  const tabs = await Promise.all(bodies.map((body) => sendOrder(stage, cartId, body)));
  expect(tabs.map(({ status }) => status)).toEqual([201, 201, 201]);
  const states = await Promise.all(tabs.map(async ({ body }) => (await stage.orderState(body)).status));
  expect(states.toSorted()).toEqual(["active", "cancelled", "cancelled"]);
  const living = tabs[states.indexOf("active")]?.body.id;
  expect((await readCart(stage, cartId)).body.paying?.id).toBe(living);
  expect((await stage.stockOf(variantId))?.claims?.split(", ").toSorted()).toEqual(["paying 2", "released 2", "released 2"]);
});

test("what was frozen is what is paid, whatever the shop changes meanwhile", async () => {
  const shop = await stage.openShop();
  const begun = await stage.reachOrder(shop, { quantity: 2 });
  await stage.owner.query("update variant set price_minor = 99000000 where id = $1", [begun.product.variantIds[0]]);
  await stage.owner.query("update product set deleted_at = now(), title = 'Otra' where id = $1", [begun.product.id]);
  await stage.owner.query("update shop set is_open = false where tenant_id = $1", [shop.tenantId]);
  await stage.pay(begun.checkoutUrl, "decline");
  await stage.orderReaches(begun, { paymentStatus: "failed" });
  const again = (await payAgain(stage, begun)).body;
  await stage.pay(again.checkoutUrl, "approve");
  await stage.orderReaches(begun, {
    status: "processed",
    totalMinor: 20_000_000,
    cartItems: [expect.objectContaining({ title: "Guía", unitPriceMinor: 10_000_000 })],
  });
  await settledAtOnce(stage, begun.id);
  const charges = await stage.payer.charges(shop.account);
  expect(charges.filter(({ state }) => state === "approved").map(({ amountMinor }) => amountMinor)).toEqual([20_000_000]);
});

test("leaving and coming back the next day finds the cart, and its stock is asked anew", async () => {
  const shop = await stage.openShop();
  const begun = await stage.reachOrder(shop, { quantity: 3 });
  await stage.timePasses(begun.id, 24 * 60);
  await stage.orderReaches(begun, { status: "expired", order: null });
  const { body: cart } = await readCart(stage, begun.cartId);
  expect(cart).toMatchObject({ lines: [{ variantId: begun.product.variantIds[0], quantity: 3 }], changes: [], paying: null, order: null });
  const again = (await stage.checkOut(shop, begun.cartId)).body;
  expect(again.status).toBe("active");
  await stage.pay(again.checkoutUrl, "approve");
  await stage.orderReaches(again, { status: "processed" });
  await settledAtOnce(stage, again.id);
  expect(await stage.stockOf(begun.product.variantIds[0])).toMatchObject({ onHand: 7 });
});

test("a total of 0 needs no provider: it is paid at once", async () => {
  const shop = await stage.openShop();
  const free = await stage.addProduct(shop, { ...digital, variants: [{ priceMinor: 0, onHand: null }] });
  const cartId = await stage.fill(shop, { [free.variantIds[0]]: 1 });
  expect((await quote(stage, cartId)).body).toMatchObject({ totals: { totalMinor: 0 }, payments: [], shippingOptions: [] });
  const { body: shown } = await readCart(stage, cartId);
  const { status, body: begun } = await sendOrder(stage, cartId, {
    customer: { ...buyer, email: `customer@${shop.link}.example` },
    acceptedTerms: true,
    seen: { totalMinor: 0, lines: shown.lines.map(({ variantId, quantity, unitPriceMinor }) => ({ variantId, quantity, unitPriceMinor })) },
  });
  expect(status).toBe(201);
  expect(new URL(begun.checkoutUrl).pathname).toBe(`/pay/return/${begun.id}/${begun.token}`);
  await stage.orderReaches(begun, { status: "processed", order: expect.objectContaining({ number: 1, total: 0, orderStatus: "paid" }) });
  await settledAtOnce(stage, begun.id);
});

test("rejected at one page, paid by another try: one order, and the end does not move", async () => {
  const shop = await stage.openShop();
  const begun = await stage.reachOrder(shop);
  await stage.pay(begun.checkoutUrl, "decline");
  await stage.orderReaches(begun, { paymentStatus: "failed", status: "active" });
  const again = await payAgain(stage, begun);
  expect(again).toMatchObject({ status: 201, body: { id: begun.id, sessionToken: begun.sessionToken, expiresAt: begun.expiresAt } });
  expect(again.body.reference).not.toBe(begun.reference);
  await stage.pay(again.body.checkoutUrl, "approve");
  await stage.orderReaches(begun, { status: "processed", paymentStatus: "paid" });
  await settledAtOnce(stage, begun.id);
  expect(await ordersOf(shop.tenantId)).toHaveLength(1);
  expect((await payAgain(stage, begun)).body.code).toBe("already_paid");
});

test("rejected at one provider, paid at another: one order, with the other's money", async () => {
  const shop = await stage.openShop();
  const other = await stage.addProvider(shop);
  const begun = await stage.reachOrder(shop);
  expect((await quote(stage, begun.cartId)).body.payments.map(({ provider }) => provider)).toEqual([shop.provider.id, other.id]);
  await stage.pay(begun.checkoutUrl, "decline");
  await stage.orderReaches(begun, { paymentStatus: "failed" });
  const again = (await payAgain(stage, begun, other.id)).body;
  const { chargeIds } = await other.payer.pay(again.checkoutUrl, "approve");
  await stage.orderReaches(begun, { status: "processed", order: expect.objectContaining({ number: 1, transactionId: chargeIds[0] }) });
  await settledAtOnce(stage, begun.id);
  expect(await stage.stockOf(begun.product.variantIds[0])).toEqual({ onHand: 9, claims: "booked 1" });
});

test("the page is told by server-sent events when the money is there", async () => {
  const shop = await stage.openShop();
  const begun = await stage.reachOrder(shop);
  const stop = new AbortController();
  const stream = await fetch(`${stage.appUrl}/store/order-sessions/${begun.id}/events?token=${begun.token}`, { signal: stop.signal });
  expect(stream.headers.get("content-type")).toContain("text/event-stream");
  const seen: string[] = [];
  const reading = (async () => {
    for await (const part of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) seen.push(part);
  })().catch(() => {});
  await eventually(async () => expect(seen.join("")).toContain('"status":"active"'));
  await stage.pay(begun.checkoutUrl, "approve");
  await eventually(async () => expect(seen.join("")).toContain('"status":"processed"'));
  stop.abort();
  await reading;
  await settledAtOnce(stage, begun.id);
});

test("what is not theirs looks like nothing to a stranger", async () => {
  const shop = await stage.openShop();
  const begun = await stage.reachOrder(shop);
  const wrong = `/store/order-sessions/${begun.id}?token=${"a".repeat(32)}`;
  expect(await ask(stage, wrong)).toMatchObject({ status: 404, body: { code: "order_unknown" } });
  const booking = await stage.reachPaymentPage(shop, {
    start: new Date(Math.ceil(Date.now() / 86_400_000 + 1) * 86_400_000).toISOString(),
  });
  expect((await ask(stage, `/store/order-sessions/${booking.id}?token=${booking.token}`)).body.code).toBe("order_unknown");
});
