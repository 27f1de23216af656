import { createHmac } from "node:crypto";
import { ProviderFailure } from "#domain/provider-failure.ts";

const emptySignature = '"firma_hmac":""';

/** The text that is kept and signed. Throws if the body has not exactly one empty `firma_hmac`. */
export function unsignedBody(bodyWithEmptySignature: object): string {
  const unsigned = JSON.stringify(bodyWithEmptySignature);
  // Quotes inside a customer's text are escaped, so only a real key matches.
  const at = unsigned.indexOf(emptySignature);
  if (at === -1 || at !== unsigned.lastIndexOf(emptySignature)) throw failure("the body must have one empty firma_hmac");
  return unsigned;
}

/**
 * Returns the exact text to send. `firma_hmac` is HMAC-SHA256 (hex) over the unsigned text, which
 * the merchant repeats.
 */
export function signBody(unsigned: string, hmacSecret: string): string {
  if (hmacSecret === "") throw failure("there is no secret to sign with");
  const signature = createHmac("sha256", hmacSecret).update(unsigned).digest("hex");
  const valueAt = unsigned.indexOf(emptySignature) + emptySignature.length - 1;
  return unsigned.slice(0, valueAt) + signature + unsigned.slice(valueAt);
}

export type WebhookHeaders = { "webhook-id": string; "webhook-timestamp": string; "webhook-signature": string };

/**
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md :
 * every retry has the same `id` and its own `timestamp` (Unix seconds). One signature per live
 * secret, newest first.
 */
export function standardWebhookHeaders(input: { id: string; timestamp: number; body: string; secrets: readonly string[] }): WebhookHeaders {
  const { id, timestamp, body, secrets } = input;
  if (secrets.length === 0) throw failure("there is no secret to sign with");
  if (!/^[\w-]{1,200}$/.test(id) || !Number.isSafeInteger(timestamp)) throw failure("the id or the time cannot be signed");
  const signatures = secrets.map(
    (secret) => `v1,${createHmac("sha256", keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest("base64")}`,
  );
  return { "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": signatures.join(" ") };
}

/** The key is the decoded base64 after `whsec_`, not the text. */
function keyOf(secret: string): Buffer {
  const encoded = secret.replace(/^whsec_/, "");
  const key = Buffer.from(encoded, "base64");
  const isWhole = key.toString("base64").replace(/=+$/, "") === encoded.replace(/=+$/, "");
  if (key.length < 16 || !isWhole) throw failure("the callback secret is not whsec_ and base64 of at least 16 bytes");
  return key;
}

const failure = (message: string) => new ProviderFailure({ provider: "callback", kind: "misconfigured", message });
