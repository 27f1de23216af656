import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventChecksum } from "#providers/payments/wompi/webhook.ts";
import { signIntegrity, wompi } from "#providers/payments/wompi/wompi.ts";

// https://docs.wompi.co/docs/colombia/widget-checkout-web/ ; the event checksum that /eventos/ prints is not the hash of its own example string.
describe("the integrity signature", () => {
  const input = {
    reference: "sk8-438k4-xmxm392-sn2m",
    amountInCents: 2_490_000,
    currency: "COP",
    expirationTime: "",
    integritySecret: "prod_integrity_Z5mMke9x0k8gpErbDqwrJXMqsI6SFli6",
  };
  const withEnd = { ...input, expirationTime: "2023-06-09T20:28:50.000Z" };
  const plain = "37c8407747e595535433ef8f6a811d853cd943046624a0ec04662b17bbf33bf5";
  const ending = "e972f58e7de36b283fbb93d9318d39a54ffdff4e8e917b534f30d63c9d7bb89c";

  test("is that of the documentation, without and with an end", () => {
    expect(signIntegrity(input)).toBe(plain);
    expect(signIntegrity(withEnd)).toBe(ending);
  });

  test("is another one when one byte of anything changes", () => {
    for (const change of [
      { reference: "sk8-438k4-xmxm392-sn2n" },
      { amountInCents: 2_490_001 },
      { currency: "COQ" },
      { integritySecret: `${input.integritySecret.slice(0, -1)}7` },
    ]) {
      expect(signIntegrity({ ...input, ...change })).not.toBe(plain);
      expect(signIntegrity({ ...withEnd, ...change })).not.toBe(ending);
    }
    expect(signIntegrity({ ...withEnd, expirationTime: "2023-06-09T20:28:50.001Z" })).not.toBe(ending);
  });
});

describe("the event checksum", () => {
  const properties = ["transaction.id", "transaction.status", "transaction.amount_in_cents"];
  const vectors = [
    {
      id: "1234-1610641025-49201",
      amount: 4_490_000,
      timestamp: 1_530_291_411,
      eventsSecret: "prod_events_OcHnIzeBl5socpwByQ4hA52Em3USQ93Z",
      out: "5a18ec5e8fdb7df463e9f94774cba8f583ba21bd04a09ceff2ea68a4bc0aefbe",
    },
    {
      id: "12015602-1769351602-78650",
      amount: 8_500_000,
      timestamp: 1_769_351_608,
      eventsSecret: "test_events_SIMULATOR",
      out: "5ccb1e7e2f412c629c5c37ed1b1c860ed128ddfd43dce17a137ca894ca470072",
    },
  ];
  test.each(vectors)(
    "of $id is the SHA-256 of the documented string, and changes with every part",
    ({ id, amount, timestamp, eventsSecret, out }) => {
      const checksum = (
        changes: { id?: string; status?: string; amount?: number; timestamp?: number; eventsSecret?: string; properties?: string[] } = {},
      ) => {
        const given = { id, status: "APPROVED", amount, timestamp, eventsSecret, properties, ...changes };
        const data = { transaction: { id: given.id, status: given.status, amount_in_cents: given.amount } };
        return eventChecksum({ data, properties: given.properties, timestamp: given.timestamp, eventsSecret: given.eventsSecret });
      };
      expect(checksum()).toBe(out);
      const changes = [
        { id: `${id}0` },
        { status: "APPROVEE" },
        { amount: amount + 1 },
        { timestamp: timestamp + 1 },
        { eventsSecret: `${eventsSecret}x` },
        { properties: properties.toReversed() },
      ];
      for (const change of changes) expect(checksum(change)).not.toBe(out);
      for (const path of ["transaction.nothing", "transaction", "__proto__", "transaction.constructor.name"])
        expect(checksum({ properties: [...properties, path] })).toBeNull();
    },
  );
});

describe("verification of webhooks", () => {
  const credentials = {
    publicKey: "pub_test_a",
    privateKey: "prv_test_a",
    eventsSecret: "test_events_a",
    integritySecret: "test_integrity_a",
  };
  const usual = ["transaction.id", "transaction.status", "transaction.amount_in_cents"];
  const transaction = { id: "1-2-3", status: "APPROVED", amount_in_cents: 8_500_000, reference: "R-1", currency: "COP" };
  type Shape = { data?: object; event?: string; environment?: string; properties?: string[]; inside?: boolean; timestamp?: unknown };
  function signed({
    data = { transaction },
    event = "transaction.updated",
    environment = "test",
    properties = usual,
    inside = false,
    timestamp = 1_769_351_608,
  }: Shape) {
    const checksum =
      eventChecksum({ data, properties, timestamp: Number(timestamp), eventsSecret: credentials.eventsSecret }) ?? "0".repeat(64);
    const body = {
      event,
      data,
      sent_at: "x",
      ...(inside ? {} : { timestamp }),
      signature: { checksum, properties, ...(inside ? { timestamp } : {}) },
      environment,
    };
    return { body, checksum };
  }
  const verify = (body: unknown, headers: Record<string, string> = {}, given: unknown = credentials) =>
    wompi.verifyWebhook({
      rawBody: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
      headers: new Headers(headers),
      url: new URL("http://x"),
      credentials: given,
    });

  test("a signed event is accepted with its timestamp at the top or inside, its properties in any order, its checksum in capitals", () => {
    const { body, checksum } = signed({});
    expect(verify(body)).toMatchObject({
      isAboutCharge: true,
      isApproval: true,
      reference: "R-1",
      providerChargeId: "1-2-3",
      eventKind: "transaction.updated",
    });
    expect(verify(body, { "x-event-checksum": checksum.toUpperCase() })).not.toBeNull();
    expect(verify(signed({ inside: true }).body)).not.toBeNull();
    expect(verify(signed({ properties: [...usual.toReversed(), "transaction.reference"] }).body)).not.toBeNull();
  });

  test("what is signed must cover id and status", () => {
    for (const properties of [["transaction.id"], ["transaction.status", "transaction.amount_in_cents"], ["transaction.reference"]])
      expect(verify(signed({ properties }).body)).toBeNull();
  });

  test("header and body must agree, and the environment must be the connection's", () => {
    expect(verify(signed({}).body, { "x-event-checksum": "0".repeat(64) })).toBeNull();
    expect(verify(signed({ environment: "prod" }).body)).toBeNull();
    expect(verify(signed({ environment: "" }).body)).toBeNull();
  });

  test("an empty or missing secret is a no, even for a checksum made with it", () => {
    const { body } = signed({});
    const checksum = eventChecksum({ data: body.data, properties: usual, timestamp: 1_769_351_608, eventsSecret: "" });
    const forged = { ...body, signature: { ...body.signature, checksum } };
    for (const eventsSecret of ["", undefined, null]) expect(verify(forged, {}, { ...credentials, eventsSecret })).toBeNull();
  });

  test("another kind of event is accepted, and says nothing about money", () => {
    const { body } = signed({
      event: "nequi_token.updated",
      data: { nequi_token: { id: "n-1", status: "APPROVED" } },
      properties: ["nequi_token.id", "nequi_token.status"],
    });
    expect(verify(body)).toMatchObject({ isAboutCharge: false, reference: null, providerChargeId: null, eventKind: "nequi_token.updated" });
  });

  test("two changes of one charge have two keys; the same change again has the same", () => {
    const key = (status: string, timestamp = 1_769_351_608) =>
      verify(signed({ data: { transaction: { ...transaction, status } }, timestamp }).body)?.eventKey;
    expect(key("APPROVED")).toBe(key("APPROVED"));
    expect(new Set([key("APPROVED"), key("VOIDED"), key("APPROVED", 1_769_351_609)]).size).toBe(3);
  });

  test("whatever comes, it never throws and never accepts", () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.json().map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(anything, fc.string(), (rawBody, checksum) => {
        const headers = new Headers(/^[\x21-\x7e]+$/.test(checksum) ? { "x-event-checksum": checksum } : {});
        expect(wompi.verifyWebhook({ rawBody, headers, url: new URL("http://x"), credentials })).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  test("an event whose fields are anything at all never throws and, unsigned, is never accepted", () => {
    const value = fc.jsonValue({ maxDepth: 2 });
    const part = fc.record({
      event: value,
      data: value,
      timestamp: value,
      environment: fc.constantFrom("test", "prod", 1),
      signature: fc.oneof(
        value,
        fc.record({
          checksum: fc.stringMatching(/^[0-9a-f]{64}$/),
          properties: fc.array(fc.oneof(fc.string(), fc.constant("__proto__"), fc.constant("transaction.id"))),
          timestamp: value,
        }),
      ),
    });
    fc.assert(
      fc.property(part, (body) => {
        expect(verify(JSON.stringify({ ...signed({}).body, ...body }))).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  test("a true event with any one byte of it changed is refused, or says the same", () => {
    const { body } = signed({});
    const text = Buffer.from(JSON.stringify(body));
    const meant = verify(body);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(text);
        changed.writeUInt8((text.at(at) ?? 0) ^ flip, at);
        const verified = wompi.verifyWebhook({ rawBody: changed, headers: new Headers(), url: new URL("http://x"), credentials });
        // Neither the reference nor the kind is signed: settle asks the provider about the charge, whose id and status are.
        if (verified?.isAboutCharge) expect(verified).toMatchObject({ eventKey: meant?.eventKey, providerChargeId: "1-2-3" });
      }),
      { numRuns: 1000 },
    );
  });
});

describe("what a stored event proves by itself", () => {
  const transaction = { id: "12-1-1", status: "APPROVED", amount_in_cents: 5_000_000, currency: "COP", reference: "R-1" };
  const stored = (properties: string[], changes: object = {}) =>
    JSON.stringify({
      event: "transaction.updated",
      data: { transaction: { ...transaction, ...changes } },
      timestamp: 1,
      signature: { checksum: "a".repeat(64), properties },
      environment: "test",
    });
  const usual = ["transaction.id", "transaction.status", "transaction.amount_in_cents"];

  test("is id, status and amount; currency and reference are named as not proven", () => {
    const told = { providerChargeId: "12-1-1", state: "approved", providerStatus: "APPROVED", amountMinor: 5_000_000 };
    expect(wompi.signedCharge(stored(usual))).toEqual({ ...told, currency: null, unproven: ["currency", "reference"] });
    expect(wompi.signedCharge(stored([...usual, "transaction.currency", "transaction.reference"]))).toEqual({
      ...told,
      currency: "COP",
      unproven: [],
    });
  });

  test("is nothing if the status is not signed, and an unknown word is no approval", () => {
    expect(wompi.signedCharge(stored(["transaction.id", "transaction.amount_in_cents"]))).toBeNull();
    expect(wompi.signedCharge(stored(["transaction.status"]))).toBeNull();
    expect(wompi.signedCharge(stored(usual, { status: "APPROVED_MAYBE" }))?.state).toBe("pending");
  });
});
