import { createServer } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { PaymentProvider } from "#domain/payment-provider.ts";
import { mercadopago } from "#providers/payments/mercadopago/mercadopago.ts";
import { connectMercadopago, openAccountOfItsOwn, openMercadopagoStage } from "./mercadopago-stage.ts";
import { only, paymentSuite } from "./payment-suite.ts";
import { deliveriesOf, mercadopagoCredentials } from "./world.ts";

paymentSuite(mercadopago, openMercadopagoStage);

describe("Mercado Pago", () => {
  let own: Awaited<ReturnType<typeof openAccountOfItsOwn>>;
  beforeAll(async () => {
    own = await openAccountOfItsOwn();
  });
  afterAll(() => own.world.stop());
  afterEach(() => own.payer.calm(own.account));

  test("a page is for one payment: it ends with the claim, has no cash, and carries reference, session and notice address", async () => {
    const { payment, known } = await own.start({ sessionToken: "sess_abc" });
    const preference = await own.show(`/checkout/preferences/${known.providerPaymentId}`);
    expect(preference).toMatchObject({
      external_reference: payment.reference,
      items: [{ currency_id: "COP", quantity: 1, unit_price: 85_000 }],
      notification_url: `${payment.webhookUrl}?source_news=webhooks`,
      back_urls: { success: payment.returnUrl, pending: payment.returnUrl, failure: payment.returnUrl },
      expires: true,
      binary_mode: true,
      payment_methods: { excluded_payment_types: [{ id: "ticket" }, { id: "atm" }] },
      metadata: { session_token: "sess_abc" },
    });
    expect(new Date(preference.expiration_date_to)).toEqual(payment.expiresAt);
    expect(preference).not.toHaveProperty("auto_return");
    expect(preference).not.toHaveProperty("date_of_expiration");
  });

  test("the session's token is shown with each payment of the page, also found by our reference", async () => {
    const { payment, checkoutUrl, known } = await own.start({ sessionToken: "sess_abc" });
    const declined = await own.payer.pay(checkoutUrl, "decline");
    const approved = await own.payer.pay(checkoutUrl, "approve");
    for (const { chargeIds } of [declined, approved])
      expect(await own.show(`/v1/payments/${chargeIds[0]}`)).toMatchObject({
        external_reference: payment.reference,
        metadata: { session_token: "sess_abc" },
      });
    const { results } = await own.show(`/v1/payments/search?external_reference=${payment.reference}`);
    expect(results.map(({ metadata }: { metadata: object }) => metadata)).toEqual([
      { session_token: "sess_abc" },
      { session_token: "sess_abc" },
    ]);
    expect((await own.provider.findCharges(known)).charges.map(({ state }) => state).toSorted()).toEqual(["approved", "declined"]);
  });

  test("where the end can be honoured there is cash, and a ticket ends with the claim", async () => {
    const { payment, known } = await own.start({ mayBeSlow: true, returnUrl: "https://clinic.example/back" });
    const preference = await own.show(`/checkout/preferences/${known.providerPaymentId}`);
    expect(preference).toMatchObject({ binary_mode: false, auto_return: "approved" });
    expect(preference).not.toHaveProperty("payment_methods");
    expect(preference).not.toHaveProperty("metadata");
    expect(new Date(preference.date_of_expiration)).toEqual(payment.expiresAt);
  });

  test("one reference is one page, also after an answer that was lost", async () => {
    const { payment, known } = await own.start();
    expect((await own.provider.start(payment)).providerPaymentId).toBe(known.providerPaymentId);
    const lost = { ...payment, reference: `${payment.reference}-2` };
    await own.turn({ apiStatus: 502, apiFailures: 1, apiFailsAfter: "on" });
    await expect(own.provider.start(lost)).rejects.toMatchObject({ retriable: true });
    const again = await own.provider.start(lost);
    const { preferences } = await own.world.read(`/mercadopago/state?reference=${lost.reference}`);
    expect(preferences).toMatchObject([{ id: again.providerPaymentId }]);
  });

  test("keys of the old sandbox pay at its page", async () => {
    const accessToken = mercadopagoCredentials.accessToken.replace("APP_USR", "TEST").replace(/\d+$/, "100000010");
    const credentials = { ...mercadopagoCredentials, accessToken };
    await own.world.press("/mercadopago/panel/accounts", { ...credentials, webhookUrl: own.world.receiver.url });
    const { payment } = await own.start();
    expect((await connectMercadopago(credentials).start(payment)).checkoutUrl).toContain("sandbox=true");
    expect((await own.provider.start(payment)).checkoutUrl).not.toContain("sandbox");
  });

  test("a closed page takes no money, and what was begun there is cancelled for good", async () => {
    const { known, checkoutUrl } = await own.start();
    const { chargeIds } = await own.payer.pay(checkoutUrl, "pending");
    expect(await own.provider.close?.(known)).toBe("closed");
    expect(await own.provider.findCharge(chargeIds[0] ?? "")).toMatchObject({
      state: "cancelled",
      providerStatus: "cancelled/by_collector",
    });
    await expect(own.payer.pay(checkoutUrl, "approve")).rejects.toThrow("410");
  });

  test("a payment that is approved while it is cancelled wins", async () => {
    const { known, id } = await own.paid("pending");
    await own.turn({ cancelRace: "on" });
    expect(await own.provider.close?.(known)).toBe("already_paid");
    expect(await own.provider.findCharge(id)).toMatchObject({ state: "approved" });
  });

  test("a payment in a word that nobody knows cannot be cancelled, and is not called closed: it may still become money", async () => {
    const { known, checkoutUrl } = await own.start();
    const { chargeIds } = await own.payer.pay(checkoutUrl, "approve", { inUnknownWord: true });
    expect(await own.provider.close?.(known)).toBe("already_paid");
    expect(await own.provider.findCharge(chargeIds[0] ?? "")).toMatchObject({ state: "pending" });
    await expect(own.payer.pay(checkoutUrl, "approve")).rejects.toThrow("410");
  });

  test("a payment that cannot be read is not called closed", async () => {
    const { known } = await own.start();
    await own.turn({ apiBadRows: 1 });
    await expect(own.provider.close?.(known)).rejects.toMatchObject({ kind: "unexpected_reply" });
  });

  test("a search that lags behind is an empty list, and the payment's own address already tells", async () => {
    const { checkoutUrl, known } = await own.start();
    await own.turn({ searchLag: 1 });
    const { chargeIds } = await own.payer.pay(checkoutUrl, "approve");
    expect(await own.provider.findCharges(known)).toEqual({ charges: [], unreadable: [] });
    expect(await own.provider.findCharge(chargeIds[0] ?? "")).toMatchObject({ state: "approved" });
    expect((await own.provider.findCharges(known)).charges).toHaveLength(1);
  });

  test("what arrives, and when, is read from the payment", async () => {
    const { fact } = await own.paid();
    const { payout, finalizedAt } = (await fact()) ?? {};
    expect(payout).toEqual({ feeMinor: 279_650, netMinor: 8_220_350, arrivesAt: expect.any(Date) });
    expect(payout?.arrivesAt?.getTime()).toBeGreaterThan(finalizedAt?.getTime() ?? Number.POSITIVE_INFINITY);
  });

  test("a payment of another account is seen to be one", async () => {
    const { id } = await own.paid();
    const { accessToken } = mercadopagoCredentials;
    const foreign = { ...(await own.show(`/v1/payments/${id}`)), collector_id: 5 };
    await answering(200, foreign, async (provider) => expect(await provider.findCharge(id)).toMatchObject({ foreign: "account" }));
    const sandboxed = { ...foreign, collector_id: Number(accessToken.split("-").at(-1)), live_mode: false };
    await answering(200, sandboxed, async (provider) => expect(await provider.findCharge(id)).not.toHaveProperty("foreign"));
    const production = async (provider: PaymentProvider) => expect(await provider.findCharge(id)).toMatchObject({ foreign: "environment" });
    await answering(200, sandboxed, production, "production");
  });

  test("the connection test names the token that is wrong, of another country, or of the other mode", async () => {
    const open = async (accessToken: string, more: Record<string, string> = {}) => {
      await own.world.press("/mercadopago/panel/accounts", {
        accessToken,
        webhookSecret: "s".repeat(32),
        webhookUrl: own.world.receiver.url,
        ...more,
      });
      return connectMercadopago({ accessToken, webhookSecret: "s".repeat(32) }).test();
    };
    expect(await own.provider.test()).toEqual({
      ok: true,
      detail: "ok",
      refused: null,
      proven: ["accessToken"],
      unproven: ["webhookSecret"],
    });
    const stranger = connectMercadopago({ ...mercadopagoCredentials, accessToken: "APP_USR-1-2-3-77" });
    expect(await stranger.test()).toMatchObject({ ok: false, detail: "access_token_refused", refused: "accessToken" });
    expect(await open("APP_USR-1-2-a-78", { isTest: "false" })).toMatchObject({ ok: false, detail: "real_account" });
    const me = { id: 9, site_id: "MLV", tags: [] };
    await answering(200, me, async (provider) => expect(await provider.test()).toMatchObject({ detail: "country_not_supported" }));
    await answering(200, { ...me, site_id: "MCO" }, async (provider) =>
      expect(await provider.test()).toMatchObject({ detail: "account_unclear" }),
    );
    const tester = { id: 100_000_009, site_id: "MCO", tags: ["test_user"] };
    await answering(200, tester, async (provider) => expect(await provider.test()).toMatchObject({ detail: "test_account" }), "production");
  });

  test("one webhook of a payment that waits, and one more of its end", async () => {
    deliveriesOf(own.world);
    const { id } = await own.paid("pending");
    await own.payer.decide(id, "approved");
    const said = deliveriesOf(own.world).map(({ rawBody }) => JSON.parse(Buffer.from(rawBody).toString()));
    expect(said.filter(({ data }) => data.id === id).map(({ action }) => action)).toEqual(["payment.created", "payment.updated"]);
    expect(said.some((body) => JSON.stringify(body).includes("approved"))).toBe(false);
  });
});

describe("replies that are not as documented", () => {
  const payment = {
    id: 11,
    external_reference: "R-1",
    status: "approved",
    status_detail: "accredited",
    transaction_amount: 100,
    currency_id: "COP",
  };
  const page = (results: unknown[]) => ({ paging: { total: results.length, limit: 100, offset: 0 }, results });
  const known = { reference: "R-1", providerPaymentId: null, currency: "COP" };

  test.each<[string, number, unknown]>([
    ["not JSON", 200, "<html>"],
    ["another shape", 200, { results: {} }],
    ["a redirect", 302, ""],
  ])("%s is an unexpected reply, never a fact", async (_name, status, body) => {
    await answering(status, body, async (provider) => {
      await expect(provider.findCharges(known)).rejects.toMatchObject({ kind: "unexpected_reply" });
    });
  });

  test.each<[string, unknown]>([
    ["an amount with a fraction of a centavo", { ...payment, transaction_amount: 100.005 }],
    ["an amount as text", { ...payment, transaction_amount: "100" }],
    ["a currency that is none", { ...payment, currency_id: "pesos" }],
    ["another reference", { ...payment, external_reference: "R-2" }],
    ["no row at all", null],
  ])("%s is an unreadable row, and the row beside it is a fact", async (_name, row) => {
    await answering(200, page([row, { ...payment, id: 12 }]), async (provider) => {
      const { charges, unreadable } = await provider.findCharges(known);
      expect(charges.map(({ providerChargeId }) => providerChargeId)).toEqual(["12"]);
      expect(unreadable).toMatchObject([{ providerChargeId: row === null ? null : "11" }]);
    });
  });

  test("what is beside the money, and cannot be read, hides no money", async () => {
    const odd = { ...payment, refunds: [{ id: "x" }], fee_details: "many", transaction_details: 7, date_approved: 3, collector_id: {} };
    await answering(200, page([odd]), async (provider) => {
      const charge = only((await provider.findCharges(known)).charges);
      expect(charge).toMatchObject({ state: "approved", amountMinor: 10_000, payout: { feeMinor: null, netMinor: null, arrivesAt: null } });
      expect(charge).not.toHaveProperty("refunds");
    });
  });
});

/** A service that always answers this. */
async function answering(
  status: number,
  body: unknown,
  look: (provider: PaymentProvider) => Promise<void>,
  mode: "test" | "production" = "test",
) {
  const server = createServer((_request, response) =>
    response.writeHead(status, { location: "/" }).end(typeof body === "string" ? body : JSON.stringify(body)),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const apiUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  await look(mercadopago.create(mercadopagoCredentials, mode, { apiUrl, checkoutUrl: apiUrl }));
  server.closeAllConnections();
  server.close();
}
