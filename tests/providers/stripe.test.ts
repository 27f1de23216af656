import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RefundRequest, StartPayment } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { resetEnv } from "#platform/env.ts";
import { newReference } from "#platform/ids.ts";
import { connectPayment } from "#providers/payments/registry.ts";
import { slowMethods } from "#providers/payments/stripe/session.ts";
import { stripe } from "#providers/payments/stripe/stripe.ts";
import type { PaymentHabits } from "../support/payers/payer.ts";
import { testedStripe } from "../support/payers/stripe.ts";
import { stripeKeys } from "../support/payers/stripe-keys.ts";
import { only, type PaymentStage, paymentSuite } from "./payment-suite.ts";
import { type ProviderWorld, startProviderWorld } from "./world.ts";

const payment = (changes: Partial<StartPayment> = {}): StartPayment => ({
  reference: newReference(),
  amountMinor: 8_500_000,
  currency: "COP",
  expiresAt: new Date(Date.now() + 600_000),
  returnUrl: "http://localhost:3000/pay/return/abc",
  description: "Consulta",
  locale: "es",
  customer: { name: "Ana María Pérez", email: "ana.perez@example.com", phone: "+573001234567", document: null },
  webhookUrl: "http://localhost:3000/api/webhooks/stripe/1",
  mayBeSlow: false,
  sessionToken: null,
  ...changes,
});

async function openStage(): Promise<PaymentStage & { world: ProviderWorld }> {
  const world = await startProviderWorld();
  Object.assign(process.env, testedStripe.environment(world.url));
  resetEnv();
  const payer = testedStripe.payer(world.url);
  const account = await payer.openAccount(world.receiver.url);
  const { secretKey, webhookSecret } = stripeKeys(account);
  return {
    world,
    secrets: [secretKey, webhookSecret],
    provider: connectPayment({ provider: "stripe", mode: "test", credentials: account.credentials }),
    payment,
    payer,
    account,
    newChargeId: testedStripe.newChargeId,
    deliveries: () =>
      world.receiver.received.splice(0).map(({ body, headers }) => ({
        rawBody: Buffer.from(body),
        headers: new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      })),
    stop: world.stop,
  };
}

paymentSuite(stripe, openStage);

describe("Stripe", () => {
  let stage: PaymentStage & { world: ProviderWorld };
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.stop());

  const start = async (changes: Partial<StartPayment> = {}) => {
    const asked = payment(changes);
    const { checkoutUrl, providerPaymentId } = await stage.provider.start(asked);
    return { asked, checkoutUrl, known: { reference: asked.reference, providerPaymentId, currency: asked.currency } };
  };
  const paid = async (changes: Partial<StartPayment> = {}, habits: PaymentHabits = {}) => {
    const started = await start(changes);
    await stage.payer.pay(started.checkoutUrl, "approve", habits);
    const charge = only((await stage.provider.findCharges(started.known)).charges);
    const request = (given: Partial<RefundRequest> = {}): RefundRequest => ({
      payment: started.known,
      providerChargeId: charge.providerChargeId,
      amountMinor: charge.amountMinor,
      currency: charge.currency,
      idempotencyKey: `case-${started.asked.reference}`,
      method: "refund",
      ...given,
    });
    const look = async () => only((await stage.provider.findCharges(started.known)).charges);
    return { ...started, charge, request, look };
  };
  const moneyBack = () => {
    const { moneyBack: hands } = stage.payer;
    if (!hands?.refund || !hands.failRefund || !hands.balance || !hands.dispute || !hands.decideDispute)
      throw new Error("money cannot go back");
    return {
      refund: hands.refund,
      failRefund: hands.failRefund,
      balance: hands.balance,
      dispute: hands.dispute,
      decideDispute: hands.decideDispute,
    };
  };
  const state = async () => stage.world.read(`/stripe/state?accountId=${stripeKeys(stage.account).accountId}`);
  const turn = (knobs: Record<string, string | number>) =>
    stage.world.press("/stripe/panel/knobs", { accountId: stripeKeys(stage.account).accountId, ...knobs });

  test("begun again, also at once and a minute later, a payment has the same page", async () => {
    const asked = payment();
    const pages = await Promise.all([1, 2].map(() => stage.provider.start(asked).catch((error: unknown) => error)));
    const first = await stage.provider.start(asked);
    await stage.world.press("/clock/advance", { seconds: 60 });
    expect(await stage.provider.start(asked)).toEqual(first);
    // Of two at once, one may be told to wait. It never gets another session.
    for (const page of pages)
      expect(page instanceof ProviderFailure ? page.kind : page).toEqual(page instanceof ProviderFailure ? "unreachable" : first);
    expect((await state()).sessions).toHaveLength(1);
  });

  test("the key of a payment with other parameters is refused, and makes no second session", async () => {
    const { asked } = await start();
    await expect(stage.provider.start({ ...asked, amountMinor: 9_000_000 })).rejects.toMatchObject({ kind: "refused" });
    expect((await state()).sessions).toHaveLength(1);
  });

  test("the session carries our reference in all three places, our language, no recovery, and no slow method unless it may", async () => {
    const { asked } = await start();
    const slow = await start({ mayBeSlow: true, locale: "pt" });
    const [first, second] = (await state()).sessions;
    expect(first).toMatchObject({
      clientReferenceId: asked.reference,
      metadata: { reference: asked.reference },
      intentMetadata: { reference: asked.reference },
      locale: "es-419",
      customerEmail: asked.customer.email,
      cancelUrl: asked.returnUrl,
    });
    expect(first.excludedMethods).toEqual([...slowMethods]);
    expect(second).toMatchObject({ clientReferenceId: slow.asked.reference, locale: "pt-BR", excludedMethods: [] });
  });

  test.each([5, 30, 60, 120])(
    "a hold of %i minutes: the page is open at its end, and Stripe takes the end that we name",
    async (minutes) => {
      const asked = payment({ expiresAt: new Date(Date.now() + minutes * 60_000) });
      await stage.provider.start(asked);
      const [session] = (await state()).sessions;
      expect(session.expiresAt * 1000).toBeGreaterThan(asked.expiresAt.getTime());
      expect(session.expiresAt - session.created).toBeGreaterThanOrEqual(30 * 60);
      expect(session.expiresAt - session.created).toBeLessThan(24 * 3600);
    },
  );

  test.each(["JPY", "CLP", "ISK", "EUR", "MXN"])("%s goes there and comes back", async (currency) => {
    const { charge } = await paid({ currency, amountMinor: 2500 });
    expect(charge).toMatchObject({ state: "approved", currency, amountMinor: 2500 });
  });

  test("a session that was never stored was seen by nobody: there is no charge, and nothing to close", async () => {
    const unknown = { reference: newReference(), providerPaymentId: null, currency: "COP" };
    await stage.payer.behave(stage.account, { fails: { status: 503, times: 1 } });
    expect(await stage.provider.findCharges(unknown)).toEqual({ charges: [], unreadable: [] });
    expect(await stage.provider.close?.(unknown)).toBe("closed");
  });

  test("a session that Stripe does not know is a failure, never an empty answer", async () => {
    const unknown = { reference: newReference(), providerPaymentId: "cs_test_of_somebody_else", currency: "COP" };
    await expect(stage.provider.findCharges(unknown)).rejects.toMatchObject({ retriable: false });
    await expect(stage.provider.close?.(unknown)).rejects.toMatchObject({ retriable: false });
  });

  test("after a decline the same page can still be paid, and it is one charge", async () => {
    const { checkoutUrl, known } = await start();
    await stage.payer.pay(checkoutUrl, "decline_and_stay");
    expect((await stage.provider.findCharges(known)).charges).toMatchObject([{ state: "declined" }]);
    await stage.payer.pay(checkoutUrl, "approve");
    expect((await stage.provider.findCharges(known)).charges).toMatchObject([{ state: "approved" }]);
  });

  test("closed after a decline, the page takes no money any more", async () => {
    const { checkoutUrl, known } = await start();
    await stage.payer.pay(checkoutUrl, "decline_and_stay");
    expect(await stage.provider.close?.(known)).toBe("closed");
    await expect(stage.payer.pay(checkoutUrl, "approve")).rejects.toThrow();
    expect((await stage.provider.findCharges(known)).charges).toMatchObject([{ state: "cancelled" }]);
  });

  test("complete but unpaid is not closed: it must be looked at, and the money still comes or fails", async () => {
    for (const decision of ["approved", "declined"] as const) {
      const { checkoutUrl, known } = await start({ mayBeSlow: true });
      await stage.payer.pay(checkoutUrl, "pending");
      expect(await stage.provider.close?.(known)).toBe("already_paid");
      const { providerChargeId, state: before } = only((await stage.provider.findCharges(known)).charges);
      expect(before).toBe("pending");
      stage.deliveries();
      await stage.payer.decide(providerChargeId, decision);
      expect((await stage.provider.findCharges(known)).charges).toMatchObject([{ state: decision }]);
      const event = stripe.verifyWebhook({
        ...only(stage.deliveries()),
        url: new URL("http://localhost/"),
        credentials: stage.account.credentials,
      });
      expect(event).toMatchObject({ isApproval: decision === "approved", providerChargeId });
    }
  });

  test("complete, and its delayed payment has failed: nobody can pay that page any more, so it is closed", async () => {
    const { checkoutUrl, known } = await start({ mayBeSlow: true });
    await stage.payer.pay(checkoutUrl, "pending");
    const { providerChargeId } = only((await stage.provider.findCharges(known)).charges);
    await stage.payer.decide(providerChargeId, "declined");
    expect(await stage.provider.close?.(known)).toBe("closed");
  });

  test("what arrives, and when, comes with the money", async () => {
    const { charge } = await paid();
    const { payout } = charge;
    expect((payout?.feeMinor ?? 0) + (payout?.netMinor ?? 0)).toBe(charge.amountMinor);
    expect(payout?.arrivesAt?.getTime()).toBeGreaterThan(charge.finalizedAt?.getTime() ?? Number.POSITIVE_INFINITY);
  });

  test("a part goes back, then the rest; each refund once, under its own key", async () => {
    const { charge, request, look } = await paid();
    const part = request({ amountMinor: 2_000_000, idempotencyKey: "case-part" });
    const answer = await stage.provider.refund(part);
    expect(answer).toMatchObject({ result: "accepted", providerRefundId: expect.stringMatching(/^re_/) });
    expect(await stage.provider.refund(part)).toEqual(answer);
    // Stripe forgets a key after a day. The refund itself remembers it.
    await stage.world.press("/clock/advance", { seconds: 2 * 86_400 });
    expect(await stage.provider.refund(part)).toMatchObject({ result: "accepted", providerRefundId: answer.providerRefundId });
    expect(await look()).toMatchObject({
      state: "partly_refunded",
      refunds: [{ amountMinor: 2_000_000, state: "done", idempotencyKey: "case-part", providerRefundId: answer.providerRefundId }],
    });
    expect(await stage.provider.refund(request({ idempotencyKey: "case-too-much" }))).toMatchObject({ result: "refused" });
    await stage.provider.refund(request({ amountMinor: charge.amountMinor - 2_000_000, idempotencyKey: "case-rest" }));
    expect((await look()).state).toBe("refunded");
    expect(await stage.provider.refund(request({ idempotencyKey: "case-more" }))).toMatchObject({
      result: "refused",
      detail: "charge_already_refunded",
    });
  });

  test("a refund in the panel is seen, and is not ours", async () => {
    const { charge, look } = await paid();
    stage.deliveries();
    const id = await moneyBack().refund(charge.providerChargeId, 500_000);
    expect(await look()).toMatchObject({
      state: "partly_refunded",
      refunds: [{ providerRefundId: id, amountMinor: 500_000, idempotencyKey: null }],
    });
    const event = stripe.verifyWebhook({
      ...only(stage.deliveries()),
      url: new URL("http://localhost/"),
      credentials: stage.account.credentials,
    });
    expect(event).toMatchObject({
      eventKind: "charge.refunded",
      isAboutCharge: true,
      isApproval: false,
      providerChargeId: charge.providerChargeId,
    });
  });

  test("without enough balance a refund waits, and goes out when there is", async () => {
    const { request, look } = await paid();
    await moneyBack().balance(stage.account, "short");
    expect(await stage.provider.refund(request())).toMatchObject({ result: "accepted", detail: "short_of_balance" });
    expect(await look()).toMatchObject({ state: "refunding", refunds: [{ state: "short_of_balance" }] });
    await moneyBack().balance(stage.account, "enough");
    expect(await look()).toMatchObject({ state: "refunded", refunds: [{ state: "done" }] });
  });

  test("a refund that is refused for want of balance can be sent again under the same key", async () => {
    const { request, look } = await paid();
    await turn({ refunds: "no_balance" });
    expect(await stage.provider.refund(request())).toMatchObject({ result: "refused", detail: "short_of_balance" });
    await turn({ refunds: "succeeded" });
    expect(await stage.provider.refund(request())).toMatchObject({ result: "accepted" });
    expect((await look()).refunds).toHaveLength(1);
  });

  test("a refund fails days later: the money is here again, and the failure is told", async () => {
    const { request, look } = await paid();
    await turn({ refunds: "later" });
    const { providerRefundId } = await stage.provider.refund(request());
    expect((await look()).state).toBe("refunded");
    await stage.world.press("/clock/advance", { seconds: 5 * 86_400 });
    expect(await look()).toMatchObject({ state: "approved", refunds: [{ providerRefundId, state: "failed" }] });
    expect((await state()).events.map(({ type }: { type: string }) => type)).toContain("refund.failed");
    expect(await stage.provider.refund(request())).toMatchObject({ result: "refused", detail: "refund_failed", providerRefundId });
  });

  test("a dispute blocks our refund, takes a fee, and is won or lost; an inquiry does none of it", async () => {
    for (const decision of ["won", "lost"] as const) {
      const { charge, request, look } = await paid();
      const id = await moneyBack().dispute(charge.providerChargeId, "dispute");
      expect(await look()).toMatchObject({
        state: "disputed",
        disputes: [{ providerDisputeId: id, kind: "dispute", state: "needs_response", isRefundable: false, feeMinor: expect.any(Number) }],
      });
      expect(only((await look()).disputes ?? []).evidenceDueAt).toBeInstanceOf(Date);
      expect(await stage.provider.refund(request())).toMatchObject({ result: "refused", detail: "charge_disputed" });
      await moneyBack().decideDispute(id, decision);
      expect(await look()).toMatchObject({ state: decision === "won" ? "approved" : "charged_back", disputes: [{ state: decision }] });
    }
    const { charge, request, look } = await paid();
    const inquiry = await moneyBack().dispute(charge.providerChargeId, "inquiry");
    expect(await look()).toMatchObject({ state: "approved", disputes: [{ kind: "inquiry", isRefundable: true, feeMinor: null }] });
    expect(await stage.provider.refund(request())).toMatchObject({ result: "accepted" });
    await moneyBack().decideDispute(inquiry, "won");
    expect(await look()).toMatchObject({ state: "refunded", disputes: [{ state: "won" }] });
  });

  test("an inquiry that the bank makes a dispute of takes the money then", async () => {
    const { charge, look } = await paid();
    const id = await moneyBack().dispute(charge.providerChargeId, "inquiry");
    await stage.world.press(`/stripe/disputes/${id}/escalate`);
    expect(await look()).toMatchObject({ state: "disputed", disputes: [{ kind: "dispute", isRefundable: false }] });
  });

  test("more refunds than Stripe shows with a charge are all found", async () => {
    const { charge, look } = await paid();
    for (let n = 0; n < 12; n += 1) await moneyBack().refund(charge.providerChargeId, 100_000);
    expect((await look()).refunds).toHaveLength(12);
  });

  test("keys of the other mode, an empty secret and a key that is none are refused at once", () => {
    const connect = (changes: object, mode: "test" | "production" = "test") =>
      connectPayment({ provider: "stripe", mode, credentials: { ...stage.account.credentials, ...changes } });
    expect(() => connect({}, "production")).toThrow(/production/);
    expect(() => connect({ webhookSecret: "" })).toThrow(/incomplete/);
    expect(() => connect({ secretKey: "pk_test_51abc" })).toThrow(/incomplete/);
    expect(connect({ secretKey: "rk_test_51abc" }).id).toBe("stripe");
    expect(connect({ webhookSecret: "whsec_old, whsec_new" }).id).toBe("stripe");
  });

  test("the connection test names the field that is wrong", async () => {
    const connect = (changes: object) =>
      connectPayment({ provider: "stripe", mode: "test", credentials: { ...stage.account.credentials, ...changes } });
    expect(await connect({ secretKey: "sk_test_other" }).test()).toMatchObject({
      ok: false,
      refused: "secretKey",
      detail: "secret_key_refused",
    });
    expect(await connect({ accountId: "acct_1other" }).test()).toMatchObject({ ok: false, refused: "accountId", detail: "other_account" });
    await turn({ apiStatus: 503 });
    await expect(connect({}).test()).rejects.toMatchObject({ kind: "unreachable" });
  });

  test("an account is known by its id, whichever secrets it has", () => {
    const { accountId } = stripeKeys(stage.account);
    expect(stripe.accountOf({ ...stage.account.credentials, webhookSecret: "whsec_new" })).toBe(accountId);
    expect(stripe.accountOf({})).toBeNull();
  });
});
