import { createHmac, randomUUID } from "node:crypto";
import type { Knobs } from "./knobs.ts";
import type { BoldMerchant, BoldPayment } from "./world.ts";

const types: Record<string, string | null> = {
  APPROVED: "SALE_APPROVED",
  REJECTED: "SALE_REJECTED",
  VOIDED: "VOID_APPROVED",
  // No event of a failed or a pending try is documented.
  FAILED: null,
  PENDING: null,
};

/** Returns null where Bold has no event. */
export const eventType = (status: string): string | null => (Object.hasOwn(types, status) ? (types[status] ?? null) : `SALE_${status}`);

const sources: Record<BoldPayment["method"], string> = {
  CARD_WEB: "/payments/links",
  NEQUI: "/payments/nequi",
  PSE: "/payments/pse/payments",
  BOTON_BANCOLOMBIA: "/payments/vnp/bancolombia",
};

/** The exact text that goes out: https://developers.bold.co/webhook */
export function notificationBody(input: {
  merchant: Pick<BoldMerchant, "number">;
  payment: BoldPayment;
  knobs: Knobs;
  nowMs: number;
}): string {
  const { merchant, payment, knobs, nowMs } = input;
  const body = {
    id: randomUUID(),
    type: eventType(payment.status) ?? `SALE_${payment.status}`,
    subject: payment.id,
    source: sources[payment.method],
    spec_version: "1.0",
    time: "nanoseconds",
    data: notificationData(merchant, payment, knobs),
    datacontenttype: "application/json",
  };
  // More digits than a double holds, so the number is written as text.
  return JSON.stringify(body).replace('"nanoseconds"', `${nowMs}${"123457"}`);
}

function notificationData(merchant: Pick<BoldMerchant, "number">, payment: BoldPayment, knobs: Knobs) {
  const isSample = knobs.notificationShape === "sample";
  const net = payment.total - payment.tip;
  const base = Math.round(net / 1.19);
  const brand = isSample ? { franchise: "VISA" } : { brand: "VISA" };
  const card = {
    ...brand,
    cardholder_name: payment.payer.name ?? "TITULAR DE PRUEBA",
    masked_pan: "411111****1111",
    installments: 1,
    card_type: "CREDIT",
  };
  return {
    payment_id: payment.id,
    merchant_id: String(merchant.number),
    created_at: payment.createdAt.replace("Z", "+00:00"),
    amount: {
      ...(isSample ? {} : { currency: payment.currency }),
      total: payment.total,
      taxes: [{ base, type: "VAT", value: net - base }],
      tip: payment.tip,
    },
    user_id: "90b6a2ff",
    metadata: { reference: knobs.referenceInEvent === "null" ? null : payment.reference },
    bold_code: payment.status === "REJECTED" ? "B051" : "B000",
    payer_email: payment.payer.email,
    payment_method: payment.method,
    ...(payment.method === "CARD_WEB" && { card }),
    ...(payment.status === "APPROVED" && { approval_number: "123456" }),
    ...(payment.method === "NEQUI" ? {} : { integration: "LINK" }),
  };
}

/** The key is empty in test mode. Over the base64 of the bytes. */
export function boldSignature(body: string, merchant: Pick<BoldMerchant, "mode" | "secretKey">): string {
  const key = merchant.mode === "test" ? "" : merchant.secretKey;
  return createHmac("sha256", key).update(Buffer.from(body).toString("base64")).digest("hex");
}
