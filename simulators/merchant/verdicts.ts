import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { isSameText } from "../same-text.ts";

export type Verdict = { verdict: "right" | "wrong" | "missing"; why: string };

/** Verifies `seguridad.firma_hmac` over the exact body with its value empty, by any live secret. */
export function judgeFirma(body: Buffer, secrets: string): Verdict {
  const firma = firmaIn(body);
  if (!firma) return { verdict: "missing", why: "seguridad.firma_hmac is not in the body" };
  // latin1 keeps every byte as one character, so the rest of the body stays as it was sent.
  const text = body.toString("latin1");
  const field = new RegExp(`("firma_hmac"\\s*:\\s*")${firma}"`);
  if (!field.test(text)) return { verdict: "wrong", why: "firma_hmac is not plain hex text" };
  const signed = Buffer.from(text.replace(field, '$1"'), "latin1");
  const isRight = split(secrets).some((secret) => isSameText(createHmac("sha256", secret).update(signed).digest("hex"), firma));
  return isRight ? { verdict: "right", why: "" } : { verdict: "wrong", why: "the HMAC of the body does not match" };
}

/** https://github.com/standard-webhooks/standard-webhooks : judged by its reference library. */
export function judgeStandardWebhook(body: Buffer, headers: Record<string, string>, secrets: string): Verdict {
  if (!headers["webhook-id"] || !headers["webhook-timestamp"] || !headers["webhook-signature"]) {
    return { verdict: "missing", why: "webhook-id, webhook-timestamp or webhook-signature is missing" };
  }
  let why = "";
  for (const secret of split(secrets)) {
    try {
      new Webhook(secret).verify(body, headers, { jsonParse: false });
      return { verdict: "right", why: "" };
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
    }
  }
  return { verdict: "wrong", why };
}

const split = (secrets: string): string[] =>
  secrets
    .split(",")
    .map((secret) => secret.trim())
    .filter((secret) => secret !== "");

function firmaIn(body: Buffer): string | null {
  try {
    const firma: unknown = JSON.parse(body.toString("utf8"))?.seguridad?.firma_hmac;
    return typeof firma === "string" && /^\w+$/.test(firma) ? firma : null;
  } catch {
    return null; // not JSON: there is no firma in it
  }
}
