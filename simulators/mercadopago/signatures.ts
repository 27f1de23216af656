import { createHmac } from "node:crypto";

/**
 * https://www.mercadopago.com.co/developers/en/docs/checkout-pro/additional-content/notifications/webhooks
 * signs the id of the address, the request's id and the time in milliseconds. Never the body.
 */
export function noticeSignature(input: { dataId: string; requestId: string; ts: string; secret: string }): string {
  const { dataId, requestId, ts, secret } = input;
  return createHmac("sha256", secret).update(`id:${dataId};request-id:${requestId};ts:${ts};`).digest("hex");
}
