import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { takesAmount } from "#domain/payment-provider.ts";
import { amounts, currencyOfSite, fromWire, toWire } from "#providers/payments/mercadopago/amounts.ts";
import { mercadopago } from "#providers/payments/mercadopago/mercadopago.ts";
import { stateOf } from "#providers/payments/mercadopago/payment.ts";
import { mercadopagoWebhook, signManifest } from "#providers/payments/mercadopago/webhook.ts";

const currencies = fc.constantFrom(...Object.values(currencyOfSite));

describe("amounts", () => {
  test("an amount goes out in whole units and comes back as it was", () => {
    expect([toWire(8_500_000, "COP"), toWire(1050, "ARS"), toWire(8500, "CLP")]).toEqual([85_000, 10.5, 8500]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 13 }), currencies, (amountMinor, currency) => {
        expect(fromWire(JSON.parse(JSON.stringify(toWire(amountMinor, currency))), currency)).toBe(amountMinor);
      }),
    );
  });

  test("a part of a minor unit is no amount, and neither is less than nothing", () => {
    for (const [amount, currency] of [
      [10.505, "ARS"],
      [0.5, "CLP"],
      [-1, "COP"],
      [Number.NaN, "COP"],
      [1e300, "COP"],
    ] as const)
      expect(fromWire(amount, currency)).toBeNull();
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 1, max: 9 }), (minor, tenth) => {
        expect(fromWire(Number(`${minor}.${tenth}`), "CLP")).toBeNull();
      }),
    );
  });

  test("pesos of Colombia are whole; those of Chile have no minor unit; other currencies are not taken", () => {
    const takes = (amountMinor: number, currency: string) => takesAmount({ amounts }, { amountMinor, currency });
    expect([takes(100_000, "COP"), takes(100_050, "COP"), takes(100_050, "ARS"), takes(501, "CLP"), takes(100_000, "USD")]).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
  });
});

// https://www.mercadopago.com.pe/developers/en/docs/checkout-api/response-handling/query-results
test.each([
  ["pending", "pending_waiting_transfer", "pending"],
  ["in_process", "pending_review_manual", "pending"],
  ["authorized", "pending_capture", "pending"],
  ["approved", "accredited", "approved"],
  ["approved", "partially_refunded", "partly_refunded"],
  ["in_mediation", null, "disputed"],
  ["rejected", "cc_rejected_insufficient_amount", "declined"],
  ["rejected", "bank_error", "error"],
  ["cancelled", "by_collector", "cancelled"],
  ["canceled", "by_payer", "cancelled"],
  ["cancelled", "expired", "expired"],
  ["refunded", "by_admin", "refunded"],
  ["charged_back", "in_process", "disputed"],
  ["charged_back", "settled", "charged_back"],
  ["charged_back", "reimbursed", "approved"],
  ["frozen_by_moon", "accredited", "pending"],
  ["constructor", "toString", "pending"],
] as const)("%s with %s is %s", (status, detail, state) => {
  expect(stateOf({ status, status_detail: detail })).toBe(state);
});

describe("the signature of a notice", () => {
  // Accepted by the official package, version 3.6.1.
  const vector = {
    id: "123456789",
    requestId: "2066ca19-c6f1-498a-be75-1923005edd06",
    ts: "1742505638683",
    webhookSecret: "mp_test_secret",
  };
  const v1 = "53c629a21a90883903f33f1ca4989e43737fb66ade11a325166e87319917de92";
  const notice = (
    changes: { v1?: string; id?: string; requestId?: string | null; ts?: string; query?: string; body?: string; header?: string } = {},
  ) => {
    const {
      id = vector.id,
      requestId = vector.requestId,
      ts = vector.ts,
      body = '{"type":"payment","action":"payment.updated"}',
    } = changes;
    const headers = new Headers({ "x-signature": changes.header ?? `ts=${ts},v1=${changes.v1 ?? v1}` });
    if (requestId !== null) headers.set("x-request-id", requestId);
    const url = new URL(`https://clinic.example/webhook?source_news=webhooks&data.id=${id}&type=payment${changes.query ?? ""}`);
    return mercadopagoWebhook({ rawBody: Buffer.from(body), headers, url, webhookSecret: vector.webhookSecret });
  };

  test("is that of the known vector, and its age proves nothing", () => {
    expect(signManifest(vector)).toBe(v1);
    expect(notice()).toMatchObject({
      isAboutCharge: true,
      isApproval: false,
      providerChargeId: "123456789",
      reference: null,
      eventKind: "payment.updated",
    });
    expect(notice({ header: ` ts = ${vector.ts} , v1 = ${v1.toUpperCase()} ` })).not.toBeNull();
  });

  test("fails with one byte of anything that it covers", () => {
    const forged = [
      { id: "123456788" },
      { requestId: "2066ca19-c6f1-498a-be75-1923005edd07" },
      { requestId: null },
      { ts: "1742505638684" },
      { v1: `${v1.slice(0, -1)}3` },
    ];
    for (const change of forged) expect(notice(change)).toBeNull();
    for (const header of ["", "v1=", `v1=${v1}`, `ts=${vector.ts}`, "ts=now,v1=x", "=,="]) expect(notice({ header })).toBeNull();
  });

  test("covers an id in the letters of the address, and in small ones", () => {
    const id = "ORD01J49MMW3SSBK5PSV3DFR32959";
    const sign = (spelling: string) => signManifest({ ...vector, id: spelling });
    expect(notice({ id, v1: sign(id) })).toMatchObject({ isAboutCharge: false });
    expect(notice({ id, v1: sign(id.toLowerCase()) })).toMatchObject({ isAboutCharge: false });
    expect(notice({ id: id.toLowerCase(), v1: sign(id) })).toBeNull();
  });

  test("leaves out the request's id where there is none", () => {
    expect(notice({ requestId: null, v1: signManifest({ ...vector, requestId: null }) })).not.toBeNull();
  });

  test("covers no body: what a body says, changed or broken, moves no charge", () => {
    const before = notice();
    for (const body of ['{"type":"payment","action":"payment.updated","data":{"id":"666"},"status":"approved"}', "not json", "", "null"])
      expect(notice({ body })).toMatchObject({ providerChargeId: "123456789", isApproval: false, eventKey: before?.eventKey });
  });

  test("a case of a bank leads to its payment, an order leads nowhere, and nobody can make many events of one", () => {
    const url = (type: string) => new URL(`https://clinic.example/webhook?data.id=${vector.id}&type=${type}`);
    const headers = new Headers({ "x-signature": `ts=${vector.ts},v1=${v1}`, "x-request-id": vector.requestId });
    const receive = (type: string, body: object) =>
      mercadopagoWebhook({ rawBody: Buffer.from(JSON.stringify(body)), headers, url: url(type), webhookSecret: vector.webhookSecret });
    expect(receive("topic_chargebacks_wh", { data: { id: vector.id, payment_id: 81_968_653_106 } })).toMatchObject({
      isAboutCharge: true,
      providerChargeId: "81968653106",
    });
    expect(receive("topic_chargebacks_wh", {})).toMatchObject({ isAboutCharge: false, providerChargeId: null });
    expect(receive("topic_merchant_order_wh", {})).toMatchObject({ isAboutCharge: false, providerChargeId: null });
    const keys = ["a", "b", "c", "subscription", "toString"].map((type) => receive(type, {})?.eventKey);
    expect(new Set(keys).size).toBe(1);
  });
});

test("older notices, which nobody signs, prove nothing", () => {
  const url = new URL("https://clinic.example/webhook?topic=payment&id=123456789");
  const input = { rawBody: Buffer.from("{}"), headers: new Headers(), url };
  expect(mercadopagoWebhook({ ...input, webhookSecret: "mp_test_secret" })).toBeNull();
  expect(mercadopago.verifyWebhook({ ...input, credentials: {} })).toBeNull();
});

test("an account is known by the end of its token, whatever secret comes before it", () => {
  const token = (secret: string, prefix = "APP_USR") => ({ accessToken: `${prefix}-1-2-${secret}-4455`, webhookSecret: "s".repeat(32) });
  expect([mercadopago.accountOf(token("a")), mercadopago.accountOf(token("b", "TEST")), mercadopago.accountOf({})]).toEqual([
    "4455",
    "4455",
    null,
  ]);
  const addresses = mercadopago.addresses.production;
  expect(() => mercadopago.create(token("a", "TEST"), "production", addresses)).toThrow(/test, not of production/);
  expect(() => mercadopago.create({ accessToken: "x" }, "test", addresses)).toThrow(/incomplete/);
});
