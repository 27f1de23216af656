import Stripe from "stripe";
import { describe, expect, test } from "vitest";
import { isSigned, stripeSignedCharge, stripeWebhook } from "#providers/payments/stripe/webhook.ts";

const secret = "whsec_test_secret";
const vector = {
  body: '{"id":"evt_test_1","object":"event","type":"checkout.session.completed"}',
  header: "t=1700000000,v1=ca796b857b81e24d595a4c37abf88d2fafb533a32ede6ce4cfc9b0e892a35b08",
  nowMs: 1_700_000_000_000,
};
type Change = { body?: string; header?: string; secrets?: string[]; nowMs?: number };
const check = ({ body = vector.body, header = vector.header, secrets = [secret], nowMs = vector.nowMs }: Change = {}) =>
  isSigned({ rawBody: Buffer.from(body), header, secrets, nowMs });

describe("Stripe-Signature", () => {
  test("the vector that the official package accepts is accepted, and every change of it is not", () => {
    expect(check()).toBe(true);
    expect(check({ body: `${vector.body} ` })).toBe(false);
    expect(check({ header: vector.header.replace("t=1700000000", "t=1700000001") })).toBe(false);
    expect(check({ header: vector.header.replace("v1=", "v0=") })).toBe(false);
    expect(check({ secrets: ["whsec_other"] })).toBe(false);
  });

  test.each(["", "t=1700000000", "v1=ca796b", "t=,v1=", "t=-1,v1=x", "nothing", "t=1e9,v1=x"])("%j proves nothing", (header) => {
    expect(check({ header })).toBe(false);
  });

  test("an empty secret is none, even for whoever signs with it", () => {
    const header = Stripe.webhooks.generateTestHeaderString({ payload: vector.body, secret: "x", timestamp: 1_700_000_000 });
    expect(check({ header, secrets: [""] })).toBe(false);
    expect(check({ secrets: [] })).toBe(false);
  });

  test("older than 300 seconds is too old; a clock that is ahead is not", () => {
    expect(check({ nowMs: vector.nowMs + 300_000 })).toBe(true);
    expect(check({ nowMs: vector.nowMs + 301_000 })).toBe(false);
    expect(check({ nowMs: vector.nowMs - 86_400_000 })).toBe(true);
  });

  test("while a secret is rolled, either secret and either signature will do", () => {
    expect(check({ secrets: ["whsec_new", secret] })).toBe(true);
    const two = vector.header.replace("v1=", `v1=${"0".repeat(64)},v1=`);
    expect(check({ header: two })).toBe(true);
    expect(check({ header: two, secrets: ["whsec_new"] })).toBe(false);
  });

  test("what the official package signs, we accept, and what we accept, it reads", () => {
    const payload = JSON.stringify({ id: "evt_1", object: "event", type: "customer.created", livemode: false, data: { object: {} } });
    const header = Stripe.webhooks.generateTestHeaderString({ payload, secret });
    expect(Stripe.webhooks.constructEvent(payload, header, secret).id).toBe("evt_1");
    const headers = new Headers({ "stripe-signature": header });
    expect(stripeWebhook({ rawBody: Buffer.from(payload), headers, secrets: [secret], isLive: false })).toEqual({
      eventKey: "evt_1",
      eventKind: "customer.created",
      isAboutCharge: false,
      isApproval: false,
      reference: null,
      providerChargeId: null,
    });
    expect(stripeWebhook({ rawBody: Buffer.from(payload), headers, secrets: [secret], isLive: true })).toBeNull();
  });
});

const session = {
  id: "cs_test_1",
  payment_intent: "pi_1",
  client_reference_id: "KF-1",
  amount_total: 8_500_000,
  currency: "cop",
  payment_status: "paid",
};
const read = (type: string, object: object) => {
  const payload = JSON.stringify({ id: "evt_1", object: "event", type, livemode: false, data: { object } });
  const headers = new Headers({ "stripe-signature": Stripe.webhooks.generateTestHeaderString({ payload, secret }) });
  return {
    event: stripeWebhook({ rawBody: Buffer.from(payload), headers, secrets: [secret], isLive: false }),
    signed: stripeSignedCharge(payload),
  };
};

describe("what an event says", () => {
  test.each([
    ["checkout.session.completed", "paid", "approved"],
    ["checkout.session.completed", "unpaid", "pending"],
    ["checkout.session.completed", "a new word", "pending"],
    ["checkout.session.async_payment_succeeded", "paid", "approved"],
    ["checkout.session.async_payment_failed", "unpaid", "declined"],
  ])("%s that is %s is %s", (type, paymentStatus, state) => {
    const { event, signed } = read(type, { ...session, payment_status: paymentStatus });
    expect(event).toMatchObject({ isAboutCharge: true, isApproval: state === "approved", reference: "KF-1", providerChargeId: "pi_1" });
    expect(signed).toMatchObject({ providerChargeId: "pi_1", state, amountMinor: 8_500_000, currency: "COP", unproven: [] });
  });

  test("an expired session tells of no charge, so it can never outdo an approval", () => {
    const { event } = read("checkout.session.expired", { ...session, payment_status: "unpaid" });
    expect(event).toMatchObject({ isAboutCharge: false, isApproval: false, providerChargeId: null });
  });

  test.each([
    ["charge.refunded", { id: "ch_1", payment_intent: "pi_1", metadata: { reference: "KF-1" } }, "KF-1"],
    ["refund.failed", { id: "re_1", payment_intent: "pi_1", metadata: {} }, null],
    ["charge.dispute.created", { id: "du_1", payment_intent: { id: "pi_1" } }, null],
  ])("%s leads to its payment, and proves no state by itself", (type, object, reference) => {
    const { event, signed } = read(type, object);
    expect(event).toMatchObject({ isAboutCharge: true, isApproval: false, providerChargeId: "pi_1", reference });
    expect(signed).toBeNull();
  });

  test("a declined payment is one; what has no payment, and a kind that nobody knows, is stored and no more", () => {
    const payment = { id: "pi_1", amount: 100, currency: "usd", status: "requires_payment_method", last_payment_error: {} };
    expect(read("payment_intent.payment_failed", payment).signed).toMatchObject({ state: "declined" });
    for (const [type, object] of [
      ["checkout.session.completed", { ...session, payment_intent: null }],
      ["charge.succeeded", {}],
      ["future.kind", session],
    ] as const)
      expect(read(type, object).event).toMatchObject({ isAboutCharge: false, providerChargeId: null });
  });
});
