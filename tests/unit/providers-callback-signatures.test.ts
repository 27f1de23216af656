import { createHmac } from "node:crypto";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { signBody, standardWebhookHeaders, unsignedBody } from "#providers/callbacks/sign.ts";

describe("Standard Webhooks headers", () => {
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const body = '{"type":"contact.created","timestamp":"2022-11-03T20:26:10.344522Z","data":{"id":"1f81eb52-5198-4599-803e-771906343485"}}';
  const input = { id: "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", timestamp: 1_674_087_231, body, secrets: [secret] };
  const signature = "v1,ARw42xaAApl/nxRo+iPGYwSaMQaOwMo2eyH5JBRA+bQ=";

  test("carry the signature of the reference vector, and another when one byte changes", () => {
    expect(standardWebhookHeaders(input)).toEqual({
      "webhook-id": input.id,
      "webhook-timestamp": "1674087231",
      "webhook-signature": signature,
    });
    for (const change of [
      { id: "msg_2KWPBgLlAfxdpx2AI54pPJ85f4X" },
      { timestamp: 1_674_087_232 },
      { body: `${body} ` },
      { secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx"] },
    ]) {
      expect(standardWebhookHeaders({ ...input, ...change })["webhook-signature"]).not.toBe(signature);
    }
  });

  test("are accepted by the reference library with either secret while they rotate", () => {
    const old = `whsec_${Buffer.alloc(24, 9).toString("base64")}`;
    const timestamp = Math.floor(Date.now() / 1000);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        const headers = standardWebhookHeaders({ id: "evt-1", timestamp, body: text, secrets: [secret, old] });
        for (const known of [secret, old]) new Webhook(known).verify(text, headers);
        expect(() => new Webhook(`whsec_${Buffer.alloc(24, 8).toString("base64")}`).verify(text, headers)).toThrow();
      }),
      { numRuns: 50 },
    );
  });

  test("are never made without a whole secret, or for an id that could shift the signed text", () => {
    for (const secrets of [[], [""], ["whsec_"], ["whsec_short"], ["whsec_not base64 at all!!!!!!!!!!"]])
      expect(() => standardWebhookHeaders({ ...input, secrets })).toThrow();
    expect(() => standardWebhookHeaders({ ...input, id: "a.1" })).toThrow();
  });
});

describe("firma_hmac", () => {
  const bodyOf = (name: string) => ({ usuario: { nombre: name }, seguridad: { timestamp: "2026-11-23T13:00:00.000Z", firma_hmac: "" } });

  test("signs the exact text that is sent with its own value empty, whatever a customer typed", () => {
    const anyCharacter = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));
    const names = fc.oneof(fc.string({ unit: anyCharacter }), fc.constant('","firma_hmac":""'), fc.constant('\\"firma_hmac\\":\\"\\"'));
    fc.assert(
      fc.property(names, (name) => {
        const sent = signBody(unsignedBody(bodyOf(name)), "a-merchant-secret");
        const firma: unknown = JSON.parse(sent).seguridad.firma_hmac;
        const emptied = sent.replace(`"firma_hmac":"${String(firma)}"`, '"firma_hmac":""');
        expect(createHmac("sha256", "a-merchant-secret").update(emptied).digest("hex")).toBe(firma);
        expect(JSON.parse(sent).usuario.nombre).toBe(JSON.parse(JSON.stringify(name)));
      }),
    );
  });

  test("is another with another secret, and is refused without a secret or a place for it", () => {
    expect(signBody(unsignedBody(bodyOf("Ana")), "a")).not.toBe(signBody(unsignedBody(bodyOf("Ana")), "b"));
    expect(() => signBody(unsignedBody(bodyOf("Ana")), "")).toThrow();
    expect(() => signBody(unsignedBody({ seguridad: {} }), "a")).toThrow();
    expect(() => signBody(unsignedBody({ firma_hmac: "", seguridad: { firma_hmac: "" } }), "a")).toThrow();
    expect(() => signBody(unsignedBody({ seguridad: { firma_hmac: "x" } }), "a")).toThrow();
  });
});
