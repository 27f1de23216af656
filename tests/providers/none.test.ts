import { describe, expect, test } from "vitest";
import { type StartPayment, takesAmount } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { connectPayment, freeProvider, paymentProvider } from "#providers/payments/registry.ts";

const definition = paymentProvider(freeProvider);
const provider = connectPayment({ provider: freeProvider, mode: "production", credentials: null });
const payment: StartPayment = {
  reference: "KF-FREE",
  amountMinor: 0,
  currency: "COP",
  expiresAt: new Date(),
  returnUrl: "http://localhost:3000/pay/return/abc",
  description: "Consulta",
  locale: "es",
  customer: { name: "Ana", email: "ana@example.com", phone: "+573001234567", document: null },
  webhookUrl: "http://localhost:3000/api/webhooks/none/1",
  mayBeSlow: false,
  sessionToken: null,
};
const known = (changes = {}) => ({ reference: "KF-FREE", providerPaymentId: null, currency: "COP", ...changes });

describe("a checkout of amount 0 needs no provider's page", () => {
  test("its page is the way back", async () => {
    expect(await provider.start(payment)).toEqual({ checkoutUrl: payment.returnUrl, providerPaymentId: null });
  });

  test("whatever costs something, however little, is not free", async () => {
    for (const amountMinor of [1, 100, 0.5, -1, Number.NaN, Number.MAX_SAFE_INTEGER])
      await expect(provider.start({ ...payment, amountMinor })).rejects.toBeInstanceOf(ProviderFailure);
    await expect(provider.start({ ...payment, currency: "ZZZ" })).rejects.toMatchObject({ kind: "refused" });
  });

  test("only 0 fits the capabilities, so that no price passes as free", () => {
    const fits = (amountMinor: number) => definition !== null && takesAmount(definition.capabilities, { amountMinor, currency: "COP" });
    expect([0, 1, 100, 150_000, 8_500_000, 2 ** 50].filter(fits)).toEqual([0]);
  });

  test("it is approved at once: one charge of 0 in the payment's currency, always under the same id", async () => {
    for (const currency of ["COP", "EUR"]) {
      const charges = (await provider.findCharges(known({ currency }))).charges;
      expect(charges).toMatchObject([{ state: "approved", reference: "KF-FREE", amountMinor: 0, currency }]);
      expect((await provider.findCharges(known({ currency }))).charges).toEqual(charges);
      expect(await provider.findCharge(charges[0]?.providerChargeId ?? "")).toEqual(charges[0]);
    }
  });

  test("two payments have two charges, and an id of anything else has none", async () => {
    const [one] = (await provider.findCharges(known())).charges;
    const [other] = (await provider.findCharges(known({ reference: "KF-OTHER" }))).charges;
    expect(one?.providerChargeId).not.toBe(other?.providerChargeId);
    for (const id of ["", "no-such-charge", "free:", "free:COP:", "free:pesos:KF-FREE"]) expect(await provider.findCharge(id)).toBeNull();
  });

  test("no webhook is ever genuine", () => {
    const rawBody = Buffer.from('{"reference":"KF-FREE","status":"APPROVED"}');
    const url = new URL("http://localhost/api/webhooks/none");
    for (const credentials of [null, {}, { secret: "" }])
      expect(definition?.verifyWebhook({ rawBody, headers: new Headers(), url, credentials })).toBeNull();
    expect(definition?.signedCharge(rawBody.toString())).toBeNull();
    expect(definition?.guessReference(rawBody.toString())).toBeNull();
  });

  test("nothing was paid, so nothing goes back", async () => {
    const [charge] = (await provider.findCharges(known())).charges;
    const request = { payment: known(), providerChargeId: charge?.providerChargeId ?? "", idempotencyKey: "case-1" };
    for (const method of ["void", "refund"] as const)
      for (const amountMinor of [0, 100])
        expect(await provider.refund({ ...request, amountMinor, currency: "COP", method })).toMatchObject({ result: "refused" });
    expect(definition?.capabilities.refunds).toMatchObject({ voidByApi: false, refundByApi: false });
  });

  test("it connects without credentials and has nothing that could be wrong", async () => {
    expect(await provider.test()).toEqual({ ok: true, detail: "ok", refused: null, proven: [], unproven: [] });
  });
});
