import { createHash, createHmac, randomUUID } from "node:crypto";
import { orderWord } from "#providers/payments/addi/callback.ts";
import type { Request } from "./http-load.ts";

/** A genuine delivery of an approval that nobody has told before, as its provider signs it. */
export type NextEvent = (account: { path: string; credentials: Record<string, string>; serial: number }) => Request;

const amount = 10_000_000;
const hmac = (key: string, text: string): string => createHmac("sha256", key).update(text).digest("hex");
const referenceOf = (serial: number): string => `KF-BENCH${serial}`;
const seconds = (): number => Math.floor(Date.now() / 1000);

/** By provider. One without a line here is not measured, and the bench says so. */
export const nextEventOf: Readonly<Record<string, NextEvent>> = {
  wompi({ path, credentials, serial }) {
    const transaction = {
      id: `1-${serial}-9`,
      status: "APPROVED",
      amount_in_cents: amount,
      reference: referenceOf(serial),
      currency: "COP",
    };
    const timestamp = seconds();
    const checksum = createHash("sha256").update(`${transaction.id}APPROVED${amount}${timestamp}${credentials.eventsSecret}`).digest("hex");
    const signature = { checksum, properties: ["transaction.id", "transaction.status", "transaction.amount_in_cents"] };
    const event = { event: "transaction.updated", data: { transaction }, timestamp, signature, environment: "test" };
    return { method: "POST", path, headers: { "x-event-checksum": checksum }, body: JSON.stringify(event) };
  },

  mercadopago({ path, credentials, serial }) {
    const [id, requestId, ts] = [String(90_000_000 + serial), randomUUID(), String(Date.now())];
    const v1 = hmac(credentials.webhookSecret ?? "", `id:${id};request-id:${requestId};ts:${ts};`);
    const body = JSON.stringify({ id: serial, type: "payment", action: "payment.updated", data: { id } });
    const headers = { "x-signature": `ts=${ts},v1=${v1}`, "x-request-id": requestId };
    return { method: "POST", path: `${path}?data.id=${id}&type=payment`, headers, body };
  },

  stripe({ path, credentials, serial }) {
    const intent = { id: `pi_${serial}`, object: "payment_intent", status: "succeeded", amount, amount_received: amount, currency: "cop" };
    const object = { ...intent, livemode: false, metadata: { reference: referenceOf(serial) } };
    const event = { id: `evt_${serial}`, object: "event", type: "payment_intent.succeeded", livemode: false, data: { object } };
    const body = JSON.stringify(event);
    const t = seconds();
    return {
      method: "POST",
      path,
      headers: { "stripe-signature": `t=${t},v1=${hmac(credentials.webhookSecret ?? "", `${t}.${body}`)}` },
      body,
    };
  },

  bold({ path, credentials, serial }) {
    const money = { currency: "COP", total: amount / 100, taxes: [], tip: 0 };
    const data = {
      payment_id: `CP${serial}`,
      merchant_id: "M",
      amount: money,
      metadata: { reference: referenceOf(serial) },
      payment_method: "CARD",
    };
    const about = {
      id: randomUUID(),
      type: "SALE_APPROVED",
      subject: `CP${serial}`,
      source: "/payments",
      spec_version: "1.0",
      time: Date.now() * 1e6,
    };
    const body = JSON.stringify({ ...about, data, datacontenttype: "application/json" });
    const signature = hmac(credentials.secretKey ?? "", Buffer.from(body).toString("base64"));
    return { method: "POST", path, headers: { "x-bold-signature": signature }, body };
  },

  addi({ path, credentials, serial }) {
    const approved = {
      orderId: referenceOf(serial),
      applicationId: `app-${serial}`,
      approvedAmount: String(amount / 100),
      currency: "COP",
    };
    const body = JSON.stringify({ ...approved, status: "APPROVED", statusTimestamp: String(Date.now()) });
    const proof = Buffer.from(`${credentials.callbackUser}:${credentials.callbackPassword}`).toString("base64");
    const word = orderWord({ allySlug: credentials.allySlug ?? "" }, approved.orderId);
    return { method: "POST", path: `${path}?t=${word}`, headers: { authorization: `Basic ${proof}` }, body };
  },
};
