import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sessionParams, startStripe, stripeAccount } from "./world.ts";

let world: Awaited<ReturnType<typeof startStripe>>;
beforeEach(async () => {
  world = await startStripe();
});
afterEach(() => world.stop());

const paid = async (fields: Record<string, string | number> = {}) => {
  const session = await world.client().checkout.sessions.create(sessionParams());
  const { body } = await world.press(new URL(session.url ?? "").pathname, fields);
  return { session, intentId: String(body.intentIds?.[0]) };
};
const received = () => world.receiver.received.splice(0);
const read = ({ body, headers }: ReturnType<typeof received>[number], secret = stripeAccount.webhookSecret) =>
  Stripe.webhooks.constructEvent(body, String(headers["stripe-signature"]), secret);
const types = () => received().map((delivery) => read(delivery).type);

describe("the simulated Stripe's webhooks", () => {
  test("are verified by the official package, and by nobody's other secret", async () => {
    const { session, intentId } = await paid();
    const [delivery] = world.receiver.received;
    if (!delivery) throw new Error("nothing came");
    expect(read(delivery)).toMatchObject({
      type: "checkout.session.completed",
      livemode: false,
      api_version: "2026-10-28.endive",
      data: { object: { id: session.id, payment_status: "paid", payment_intent: intentId, client_reference_id: "R-1" } },
    });
    expect(() => read(delivery, "whsec_other")).toThrow();
    expect(() => read({ ...delivery, body: `${delivery.body} ` })).toThrow();
  });

  test("carry two signatures while the secret is rolled, one for each secret", async () => {
    await world.press("/stripe/panel/accounts", { ...stripeAccount, webhookSecret: "whsec_old,whsec_new", eventsUrl: world.receiver.url });
    await paid();
    const [delivery] = received();
    if (!delivery) throw new Error("nothing came");
    expect(String(delivery.headers["stripe-signature"]).match(/v1=/g)).toHaveLength(2);
    for (const secret of ["whsec_old", "whsec_new"]) expect(read(delivery, secret).object).toBe("event");
  });

  test("are sent again until a 2xx comes, signed anew, three times in a sandbox", async () => {
    world.receiver.answers.push(500, 302, 503, 500, 500);
    await paid();
    for (const seconds of [600, 3000, 7200, 86_400]) await world.press("/clock/advance", { seconds });
    const all = received();
    expect(all).toHaveLength(4);
    expect(new Set(all.map(({ body }) => body)).size).toBe(1);
    expect(new Set(all.map(({ headers }) => headers["stripe-signature"])).size).toBe(4);
  });

  test("go on for three days with a live account", async () => {
    const live = { ...stripeAccount, accountId: "acct_1live", secretKey: "sk_live_suite", eventsUrl: world.receiver.url };
    await world.press("/stripe/panel/accounts", live);
    world.receiver.answers.push(...Array.from({ length: 20 }, () => 500));
    const session = await world.client(live.secretKey).checkout.sessions.create(sessionParams());
    expect(session.id).toMatch(/^cs_live_/);
    await world.press(new URL(session.url ?? "").pathname, {});
    await world.press("/clock/advance", { seconds: 2 * 86_400 });
    const afterTwoDays = world.receiver.received.length;
    await world.press("/clock/advance", { seconds: 86_400 });
    expect(world.receiver.received.length).toBeGreaterThan(afterTwoDays);
    await world.press("/clock/advance", { seconds: 5 * 86_400 });
    expect(received().at(-1)).toBeDefined();
    expect(world.receiver.received).toEqual([]);
  });

  test("come doubled and in reverse order if a knob says so", async () => {
    await world.turn({ eventCopies: 2, eventOrder: "reversed" });
    await paid({ card: "4000000000000259" });
    const all = received().map((delivery) => read(delivery));
    const kinds = all.map(({ type }) => type);
    expect(kinds.at(0)).toBe("charge.dispute.funds_withdrawn");
    expect(kinds.at(-1)).toBe("checkout.session.completed");
    expect(all).toHaveLength(6);
    expect(new Set(all.map(({ id }) => id)).size).toBe(3);
  });

  test("tell of a delayed method twice: complete without the money, then with it or never", async () => {
    for (const [decision, last] of [
      ["approve", "succeeded"],
      ["decline", "failed"],
    ] as const) {
      const { intentId } = await paid({ method: "oxxo" });
      const [completed] = received().map((delivery) => read(delivery));
      expect(completed).toMatchObject({
        type: "checkout.session.completed",
        data: { object: { status: "complete", payment_status: "unpaid" } },
      });
      await world.press("/clock/advance", { seconds: 2 * 86_400 });
      await world.press(`/stripe/payments/${intentId}/decide`, { decision });
      expect(types()).toEqual([`checkout.session.async_payment_${last}`]);
    }
  });

  test("say that a session expired, a day after it was paid, if a knob says so", async () => {
    await paid({ lateExpired: "on" });
    expect(types()).toEqual(["checkout.session.completed"]);
    await world.press("/clock/advance", { seconds: 86_400 });
    expect(types()).toEqual(["checkout.session.expired"]);
  });

  test("tell of a refund, of its failure days later, and of a dispute to its end", async () => {
    await world.turn({ refunds: "later" });
    const { intentId } = await paid();
    await world.client().refunds.create({ payment_intent: intentId });
    await world.press("/clock/advance", { seconds: 5 * 86_400 });
    expect(types()).toEqual(["checkout.session.completed", "charge.refunded", "refund.failed"]);
    const opened = (await world.press(`/stripe/payments/${intentId}/dispute`, { kind: "inquiry" })).body.dispute;
    await world.press(`/stripe/disputes/${opened.id}/escalate`);
    await world.press(`/stripe/disputes/${opened.id}/close`, { decision: "won" });
    expect(types()).toEqual([
      "charge.dispute.created",
      "charge.dispute.updated",
      "charge.dispute.funds_withdrawn",
      "charge.dispute.closed",
      "charge.dispute.funds_reinstated",
    ]);
    const dispute = await world.client().disputes.retrieve(opened.id);
    expect(dispute.balance_transactions.map(({ amount }) => amount)).toEqual([-8_500_000, 8_500_000]);
  });

  test("a dispute comes also on what was refunded already", async () => {
    const { intentId } = await paid();
    await world.client().refunds.create({ payment_intent: intentId });
    await world.press("/clock/advance", { seconds: 1 });
    await world.press(`/stripe/payments/${intentId}/dispute`, { kind: "dispute" });
    expect(types()).toContain("charge.dispute.created");
  });

  test("are listed for 30 days, each once, those too that were never sent", async () => {
    await world.turn({ event: "never" });
    await paid();
    expect(received()).toEqual([]);
    const list = () => world.client().events.list({ type: "checkout.session.completed", limit: 100 });
    expect((await list()).data).toMatchObject([{ object: "event", type: "checkout.session.completed" }]);
    await world.press("/clock/advance", { seconds: 31 * 86_400 });
    expect((await list()).data).toEqual([]);
  });

  test("reach only an endpoint that listens to their kind", async () => {
    await world.stop();
    world = await startStripe({ enabledEvents: ["payment_intent.succeeded"] });
    await paid();
    expect(types()).toEqual(["payment_intent.succeeded"]);
  });
});
