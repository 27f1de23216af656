import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sessionParams, startStripe, stripeAccount } from "./world.ts";

let world: Awaited<ReturnType<typeof startStripe>>;
let stripe: Stripe;
beforeAll(async () => {
  world = await startStripe();
  stripe = world.client();
});
afterAll(() => world.stop());

/** By the simulated clock, which other tests move on. */
const secondsFromNow = async (seconds: number) => {
  const { now } = (await (await fetch(`${world.url}/clock`)).json()) as { now: string };
  return Math.floor(Date.parse(now) / 1000) + seconds;
};
const pay = (session: Stripe.Checkout.Session, fields: Record<string, string | number> = {}) =>
  world.press(new URL(session.url ?? "").pathname, fields);

describe("the simulated Stripe, read by the official package", () => {
  test("a session is made, read, listed by its payment, and expired once", async () => {
    const session = await stripe.checkout.sessions.create(sessionParams());
    expect(session).toMatchObject({
      object: "checkout.session",
      status: "open",
      payment_status: "unpaid",
      amount_total: 8_500_000,
      payment_intent: null,
    });
    expect(session.id).toMatch(/^cs_test_/);
    expect(session.expires_at - session.created).toBe(24 * 3600);
    expect((await stripe.checkout.sessions.expire(session.id)).status).toBe("expired");
    await expect(stripe.checkout.sessions.expire(session.id)).rejects.toMatchObject({ type: "StripeInvalidRequestError", statusCode: 400 });
    const read = await stripe.checkout.sessions.retrieve(session.id);
    expect(read).toMatchObject({ status: "expired", url: null });
  });

  test("an end is at least 30 minutes and at most 24 hours away", async () => {
    for (const [seconds, isTaken] of [
      [29 * 60, false],
      [31 * 60, true],
      [24 * 3600 - 60, true],
      [24 * 3600 + 60, false],
    ] as const) {
      const made = stripe.checkout.sessions.create(sessionParams({ expires_at: await secondsFromNow(seconds) }));
      if (isTaken) expect((await made).status).toBe("open");
      else await expect(made).rejects.toMatchObject({ statusCode: 400, param: "expires_at" });
    }
  });

  test("a session that is past its end is expired, and nobody can pay it", async () => {
    const session = await stripe.checkout.sessions.create(sessionParams({ expires_at: await secondsFromNow(31 * 60) }));
    await world.press("/clock/advance", { seconds: 32 * 60 });
    expect((await pay(session)).status).toBe(410);
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("expired");
  });

  test.each([
    ["line_items", { line_items: [] }],
    [
      "line_items[0][price_data][currency]",
      { line_items: [{ quantity: 1, price_data: { currency: "xxx", unit_amount: 1000, product_data: { name: "A" } } }] },
    ],
    ["customer_email", { customer_email: "nobody" }],
    ["client_reference_id", { client_reference_id: "x".repeat(201) }],
  ])("a wrong %s is an error that names it", async (param, changes) => {
    await expect(stripe.checkout.sessions.create(sessionParams(changes))).rejects.toMatchObject({ statusCode: 400, param });
  });

  test("the same key repeats the first answer, and says so; other parameters are an error; a refused validation is not kept", async () => {
    const options = { idempotencyKey: "key-1" };
    const first = await stripe.checkout.sessions.create(sessionParams(), options);
    const again = await stripe.checkout.sessions.create(sessionParams(), options);
    expect(again.id).toBe(first.id);
    const headers = {
      authorization: `Bearer ${stripeAccount.secretKey}`,
      "idempotency-key": "key-2",
      "content-type": "application/x-www-form-urlencoded",
    };
    const post = (body: string) => fetch(`${world.url}/v1/refunds`, { method: "POST", headers, body });
    expect((await post("payment_intent=pi_1")).headers.get("idempotent-replayed")).toBeNull();
    await expect(stripe.checkout.sessions.create(sessionParams({ locale: "fr" }), options)).rejects.toMatchObject({
      type: "StripeIdempotencyError",
    });
    await expect(stripe.checkout.sessions.create(sessionParams({ line_items: [] }), { idempotencyKey: "key-3" })).rejects.toThrow();
    expect((await stripe.checkout.sessions.create(sessionParams(), { idempotencyKey: "key-3" })).status).toBe("open");
    await world.press("/clock/advance", { seconds: 86_401 });
    // After a day the key is forgotten: the same key makes a second session.
    expect((await stripe.checkout.sessions.create(sessionParams(), options)).id).not.toBe(first.id);
  });

  test("a replayed answer carries its header, a refusal too", async () => {
    const session = await stripe.checkout.sessions.create(sessionParams());
    const expire = () =>
      fetch(`${world.url}/v1/checkout/sessions/${session.id}/expire`, {
        method: "POST",
        headers: { authorization: `Basic ${Buffer.from(`${stripeAccount.secretKey}:`).toString("base64")}`, "idempotency-key": "key-4" },
      });
    expect((await expire()).headers.get("idempotent-replayed")).toBeNull();
    const again = await expire();
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([200, "true"]);
  });

  test("a paid session shows its payment, charge and balance when asked to", async () => {
    const session = await stripe.checkout.sessions.create(sessionParams());
    expect((await pay(session)).body.redirectUrl).toBe(`http://127.0.0.1:9/pay/return?session=${session.id}`);
    const expand = ["payment_intent.latest_charge.balance_transaction", "payment_intent.latest_charge.refunds"];
    const read = await stripe.checkout.sessions.retrieve(session.id, { expand });
    expect(read).toMatchObject({
      status: "complete",
      payment_status: "paid",
      url: null,
      payment_intent: {
        status: "succeeded",
        amount_received: 8_500_000,
        metadata: { reference: "R-1" },
        latest_charge: {
          paid: true,
          disputed: false,
          refunds: { data: [] },
          balance_transaction: { object: "balance_transaction", currency: "cop" },
        },
      },
    });
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ payment_intent: expect.stringMatching(/^pi_/) });
    await expect(stripe.checkout.sessions.expire(session.id)).rejects.toMatchObject({ statusCode: 400 });
  });

  test.each([
    ["4000000000000002", "generic_decline"],
    ["4000000000009995", "insufficient_funds"],
    ["4000000000000069", "expired_card"],
    ["4000000000000127", "incorrect_cvc"],
    ["4000000000000119", "processing_error"],
  ])("%s is declined with %s, and the page stays open for another card", async (card, code) => {
    const session = await stripe.checkout.sessions.create(sessionParams());
    const { body } = await pay(session, { card });
    const intent = await stripe.paymentIntents.retrieve(body.intentIds[0], { expand: ["latest_charge"] });
    expect(intent).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { decline_code: code },
      latest_charge: { status: "failed" },
    });
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
    await pay(session, { card: "4242 4242 4242 4242" });
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe("succeeded");
  });

  test("the card 0259 is disputed: the money and a fee are gone, and it cannot be refunded", async () => {
    const session = await stripe.checkout.sessions.create(sessionParams());
    const { body } = await pay(session, { card: "4000000000000259" });
    const [dispute] = (await stripe.disputes.list({ payment_intent: body.intentIds[0] })).data;
    expect(dispute).toMatchObject({
      status: "needs_response",
      is_charge_refundable: false,
      balance_transactions: [{ amount: -8_500_000, type: "adjustment" }],
    });
    expect(dispute?.balance_transactions[0]?.fee).toBeGreaterThan(0);
    await expect(stripe.refunds.create({ payment_intent: body.intentIds[0] })).rejects.toMatchObject({ code: "charge_disputed" });
  });

  test("refunds are counted, and more than is left is refused", async () => {
    const session = await stripe.checkout.sessions.create(sessionParams());
    const intent = (await pay(session)).body.intentIds[0];
    const part = await stripe.refunds.create({ payment_intent: intent, amount: 500_000, metadata: { refund_key: "k" } });
    expect(part).toMatchObject({ status: "succeeded", metadata: { refund_key: "k" } });
    await expect(stripe.refunds.create({ payment_intent: intent, amount: 8_500_000 })).rejects.toMatchObject({
      statusCode: 400,
      param: "amount",
    });
    await stripe.refunds.create({ payment_intent: intent });
    await expect(stripe.refunds.create({ payment_intent: intent })).rejects.toMatchObject({ code: "charge_already_refunded" });
    expect((await stripe.refunds.list({ payment_intent: intent })).data.map(({ amount }) => amount)).toEqual([8_000_000, 500_000]);
  });

  test("a stranger's key, no key and another account's payment lead nowhere", async () => {
    await expect(world.client("sk_test_stranger").accounts.retrieveCurrent()).rejects.toMatchObject({
      type: "StripeAuthenticationError",
      statusCode: 401,
    });
    expect((await fetch(`${world.url}/v1/account`)).status).toBe(401);
    expect((await stripe.accounts.retrieveCurrent()).id).toBe(stripeAccount.accountId);
    await world.press("/stripe/panel/accounts", {
      ...stripeAccount,
      accountId: "acct_1second",
      secretKey: "sk_test_second",
      eventsUrl: world.receiver.url,
    });
    const session = await stripe.checkout.sessions.create(sessionParams());
    await expect(world.client("sk_test_second").checkout.sessions.retrieve(session.id)).rejects.toMatchObject({
      code: "resource_missing",
      statusCode: 404,
    });
  });

  test("a list is read page by page", async () => {
    const session = await stripe.checkout.sessions.create(sessionParams());
    const intent = (await pay(session)).body.intentIds[0];
    for (let n = 0; n < 5; n += 1) await stripe.refunds.create({ payment_intent: intent, amount: 1000 });
    const first = await stripe.refunds.list({ payment_intent: intent, limit: 2 });
    expect([first.data.length, first.has_more]).toEqual([2, true]);
    const rows: string[] = [];
    for await (const refund of stripe.refunds.list({ payment_intent: intent, limit: 2 })) rows.push(refund.id);
    expect(new Set(rows).size).toBe(5);
  });
});
