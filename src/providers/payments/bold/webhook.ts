import { createHmac } from "node:crypto";
import { z } from "zod";
import type { ReceivedEvent, SignedCharge, WebhookDelivery } from "#domain/payment-provider.ts";
import { isSameText, sha256Hex } from "#platform/ids.ts";
import { moneyOf, notificationShape, stateOfType } from "./notification.ts";

export const signatureHeader = "x-bold-signature";

const eventShape = z.object({ id: z.string().min(1).max(255), type: z.string().min(1).max(64), subject: z.string().max(255).nullish() });
const isAboutMoney = (type: string): boolean => /^(SALE|VOID)_/.test(type);

type Signed = Pick<WebhookDelivery, "rawBody" | "headers" | "mode" | "isOnlyCandidate"> & { secretKey: string };

/** Returns null unless Bold has signed exactly these bytes for this connection. Never throws. */
export function boldWebhook({ rawBody, headers, mode, isOnlyCandidate = false, secretKey }: Signed): ReceivedEvent | null {
  const given = headers.get(signatureHeader)?.toLowerCase() ?? "";
  const keys = mode === "test" && isOnlyCandidate ? [secretKey, testKey] : [secretKey];
  if (secretKey === "" || !keys.some((key) => isSameText(given, boldSignature(rawBody, key)))) return null;
  const told = jsonOf(new TextDecoder().decode(rawBody));
  const event = eventShape.safeParse(told).data;
  if (!event) return null;
  const { id, type, subject } = event;
  // A notification has an id of its own. Whether a retry keeps it is not documented: two rows of
  // one (subject, type) settle the same charge in the same state, which changes nothing more.
  const eventKey = sha256Hex([id, subject, type].join("|"));
  const about = isAboutMoney(type) ? (notificationShape.safeParse(told).data ?? null) : null;
  if (isAboutMoney(type) && !about) return null;
  return {
    eventKey,
    eventKind: type,
    isAboutCharge: about !== null,
    isApproval: type === "SALE_APPROVED",
    reference: about?.data.metadata?.reference ?? null,
    providerChargeId: about?.data.payment_id ?? null,
  };
}

/**
 * Bold signs with an empty key in test mode alone: https://developers.bold.co/webhook. It says
 * nothing about whose event it is, so it counts only where no other connection can be meant.
 */
const testKey = "";

/**
 * Over the base64 of the raw bytes. `time` counts nanoseconds, which JSON.parse would round, so the
 * body is never written anew.
 */
export function boldSignature(rawBody: Uint8Array, key: string): string {
  return createHmac("sha256", key).update(Buffer.from(rawBody).toString("base64")).digest("hex");
}

/** The signature was verified on receipt. The stored text differs only in what is masked. */
export function boldSignedCharge(storedBody: string): SignedCharge | null {
  const event = parsed(notificationShape, storedBody);
  // A void that was rejected proves nothing about the sale.
  if (!event || !isAboutMoney(event.type) || event.type === "VOID_REJECTED") return null;
  return {
    providerChargeId: event.data.payment_id,
    state: stateOfType(event.type),
    providerStatus: event.type,
    ...moneyOf(event),
    currency: event.data.amount.currency ?? null,
    unproven: [],
  };
}

const guessShape = z.object({ data: z.object({ metadata: z.object({ reference: z.string().regex(/^[\w.:-]{1,255}$/) }) }) });

/** Only chooses which secret to try first. Nothing else trusts it. */
export function guessReference(text: string): string | null {
  return parsed(guessShape, text)?.data.metadata.reference ?? null;
}

function parsed<S extends z.ZodType>(shape: S, text: string): z.output<S> | null {
  return shape.safeParse(jsonOf(text)).data ?? null;
}

/** Undefined for what is no JSON: no shape takes that. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
