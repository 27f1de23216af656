import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PaymentProvider, StartPayment } from "#domain/payment-provider.ts";
import { newReference } from "#platform/ids.ts";
import { connectPayment, paymentProvider } from "#providers/payments/registry.ts";
import { wompi } from "#providers/payments/wompi/wompi.ts";
import type { PayMethod } from "../support/payers/payer.ts";
import { testedWompi } from "../support/payers/wompi.ts";
import { only, type PaymentStage, paymentSuite } from "./payment-suite.ts";
import { deliveriesOf, type ProviderWorld, startProviderWorld, wompiCredentials } from "./world.ts";

const payment = (changes: Partial<StartPayment> = {}): StartPayment => ({
  reference: newReference(),
  amountMinor: 8_500_000,
  currency: "COP",
  expiresAt: new Date(Date.now() + 600_000),
  returnUrl: "http://localhost:3000/pay/return/abc",
  description: "Consulta",
  locale: "es",
  customer: { name: "Ana María Pérez", email: "ana.perez@example.com", phone: "+573001234567", document: null },
  webhookUrl: "http://localhost:3000/api/webhooks/wompi/1",
  mayBeSlow: false,
  sessionToken: null,
  ...changes,
});

/** Wompi gives a payment no name of its own. */
const known = (reference: string) => ({ reference, providerPaymentId: null, currency: "COP" });

async function openStage(): Promise<PaymentStage> {
  const world = await startProviderWorld();
  return {
    secrets: [wompiCredentials.privateKey, wompiCredentials.eventsSecret, wompiCredentials.integritySecret],
    provider: connectPayment({ provider: "wompi", mode: "test", credentials: wompiCredentials }),
    payment,
    payer: testedWompi.payer(world.url),
    account: { credentials: wompiCredentials, webhookUrl: world.receiver.url },
    newChargeId: testedWompi.newChargeId,
    deliveries: () => deliveriesOf(world),
    stop: world.stop,
  };
}

paymentSuite(wompi, openStage);

describe("Wompi", () => {
  // One of these tests moves the simulated clock, which never goes back.
  let world: ProviderWorld;
  beforeEach(async () => {
    world = await startProviderWorld();
  });
  afterEach(() => world.stop());
  const connect = (credentials: unknown = wompiCredentials) => connectPayment({ provider: "wompi", mode: "test", credentials });

  test("the page of the payment opens, with the customer's phone split into prefix and number", async () => {
    const { checkoutUrl } = await connect().start(payment());
    const url = new URL(checkoutUrl);
    expect(url.searchParams.get("customer-data:phone-number-prefix")).toBe("+57");
    expect(url.searchParams.get("customer-data:phone-number")).toBe("3001234567");
    expect(url.searchParams.has("language")).toBe(false);
    expect((await fetch(checkoutUrl)).status).toBe(200);
  });

  test("the page refuses an address in which anything was changed", async () => {
    const { checkoutUrl } = await connect().start(payment());
    for (const [name, value] of Object.entries({
      "amount-in-cents": "8400000",
      reference: "KF-X",
      "expiration-time": "2030-01-01T00:00:00.000Z",
    })) {
      const url = new URL(checkoutUrl);
      url.searchParams.set(name, value);
      expect((await fetch(url)).status).toBe(422);
    }
  });

  test("after a decline and another try, both charges are found under one reference", async () => {
    const asked = payment();
    const { checkoutUrl } = await connect().start(asked);
    const { pay } = testedWompi.payer(world.url);
    await pay(checkoutUrl, "decline_and_stay");
    await pay(checkoutUrl, "approve");
    const states = (await connect().findCharges(known(asked.reference))).charges.map((charge) => charge.state);
    expect(states.toSorted()).toEqual(["approved", "declined"]);
  });

  test("what was never approved does not go back; a void needs a card; a refund needs to be switched on; only the whole amount goes back; a void twice is one void", async () => {
    const payer = testedWompi.payer(world.url);
    const account = { credentials: wompiCredentials, webhookUrl: world.receiver.url };
    const charge = async (method: PayMethod, outcome: "approve" | "decline" = "approve") => {
      const asked = payment();
      await payer.pay((await connect().start(asked)).checkoutUrl, outcome, { method });
      const { providerChargeId } = only((await connect().findCharges(known(asked.reference))).charges);
      return {
        payment: known(asked.reference),
        providerChargeId,
        amountMinor: asked.amountMinor,
        currency: "COP",
        idempotencyKey: asked.reference,
      };
    };
    const declined = await charge("card", "decline");
    expect(await connect().refund({ ...declined, method: "void" })).toMatchObject({ result: "refused", detail: "charge_not_approved" });
    const nequi = await charge("wallet");
    expect(await connect().refund({ ...nequi, method: "void" })).toMatchObject({ result: "refused", detail: "only_cards_can_be_voided" });
    expect(await connect().refund({ ...nequi, amountMinor: 100_000, method: "refund" })).toMatchObject({
      result: "refused",
      detail: "only_whole_refunds",
    });
    await world.press("/wompi/panel/knobs", { publicKey: wompiCredentials.publicKey, refunds: "off" });
    expect(await connect().refund({ ...nequi, method: "refund" })).toMatchObject({ result: "refused", providerStatus: "404" });
    await payer.calm(account);
    const card = await charge("card");
    expect(await connect().refund({ ...card, method: "void" })).toMatchObject({
      result: "accepted",
      providerRefundId: null,
      providerStatus: "VOIDED",
      isFinal: true,
    });
    expect(await connect().refund({ ...card, method: "void" })).toMatchObject({ result: "accepted", isFinal: true });
    const old = await charge("card");
    await world.press("/clock/advance", { seconds: 86_400 * 2 });
    expect(await connect().refund({ ...old, method: "void" })).toMatchObject({ result: "refused", providerStatus: "422" });
    expect(await connect().refund({ ...old, method: "refund" })).toMatchObject({
      result: "accepted",
      providerRefundId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      providerStatus: "APPROVED",
      isFinal: true,
    });
    expect(await connect().refund({ ...old, method: "refund" })).toMatchObject({ result: "refused", providerStatus: "422" });
  });

  test("keys that mix test and production, or belong to the other mode, are refused at once", () => {
    const mixed = { ...wompiCredentials, integritySecret: "prod_integrity_x" };
    expect(() => connect(mixed)).toThrow(/mix test and production/);
    expect(() => connect({ ...wompiCredentials, eventsSecret: "" })).toThrow(/incomplete/);
    expect(() => connectPayment({ provider: "wompi", mode: "production", credentials: wompiCredentials })).toThrow(/production/);
    expect(paymentProvider("__proto__")).toBeNull();
  });

  test("the connection test names the key that is wrong", async () => {
    expect(await connect({ ...wompiCredentials, publicKey: "pub_test_other" }).test()).toMatchObject({
      ok: false,
      detail: "public_key_refused",
    });
    expect(await connect({ ...wompiCredentials, privateKey: "prv_test_other" }).test()).toMatchObject({
      ok: false,
      detail: "private_key_refused",
    });
  });
});

describe("replies that are not as documented", () => {
  const transaction = { id: "1-1-1", reference: "R-1", status: "APPROVED", amount_in_cents: 100, currency: "COP" };
  const replies: Record<string, [status: number, body: unknown]> = {
    "not JSON": [200, "<html>"],
    "another shape": [200, { data: {} }],
    "a redirect": [302, ""],
    "a megabyte too much": [200, `"${"x".repeat(1024 * 1024)}"`],
  };
  test.each(Object.entries(replies))("%s is an unexpected reply, never a fact", async (_name, [status, body]) => {
    await answering(status, body, async (provider) => {
      await expect(provider.findCharges(known("R-1"))).rejects.toMatchObject({ kind: "unexpected_reply" });
    });
  });

  const rows: Record<string, unknown> = {
    "an amount with a fraction": { ...transaction, amount_in_cents: 100.5 },
    "an amount as text": { ...transaction, amount_in_cents: "100" },
    "a currency that is none": { ...transaction, currency: "pesos" },
    "another reference": { ...transaction, reference: "R-2" },
    "no row at all": null,
  };
  test.each(Object.entries(rows))("%s is an unreadable row, and the row beside it is a fact", async (_name, row) => {
    await answering(200, { data: [row, { ...transaction, id: "1-1-2" }] }, async (provider) => {
      const { charges, unreadable } = await provider.findCharges(known("R-1"));
      expect(charges.map(({ providerChargeId }) => providerChargeId)).toEqual(["1-1-2"]);
      expect(unreadable).toMatchObject([{ providerChargeId: row === null ? null : "1-1-1" }]);
    });
  });
});

/** A service that always answers this. */
async function answering(status: number, body: unknown, look: (provider: PaymentProvider) => Promise<void>): Promise<void> {
  const server = createServer((_request, response) =>
    response.writeHead(status, { location: "/" }).end(typeof body === "string" ? body : JSON.stringify(body)),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const apiUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  await look(wompi.create(wompiCredentials, "test", { apiUrl, checkoutUrl: apiUrl }));
  server.closeAllConnections();
  server.close();
}
