import { createHmac } from "node:crypto";

/**
 * https://github.com/mercadopago/devsite-docs webhooks.en.md
 * signs the id of the address, the request's id and the time in milliseconds. Never the body.
 */
export function noticeSignature(input: { dataId: string; requestId: string; ts: string; secret: string }): string {
  const { dataId, requestId, ts, secret } = input;
  return createHmac("sha256", secret).update(`id:${dataId};request-id:${requestId};ts:${ts};`).digest("hex");
}
