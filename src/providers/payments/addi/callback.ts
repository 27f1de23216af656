import { z } from "zod";
import type { ReceivedEvent, SignedCharge, WebhookDelivery } from "#domain/payment-provider.ts";
import type { ChargeState } from "#domain/payment-states.ts";
import { env } from "#platform/env.ts";
import { isSameText, keyedHash, sha256Hex } from "#platform/ids.ts";
import type { AddiCredentials } from "./definition.ts";

/** Amounts and times are texts in the documentation's sample; numbers are read as well. */
const amount = z.union([z.string().regex(/^\d{1,12}(\.\d{1,4})?$/), z.number().min(0).max(1e12)]).transform((pesos) => {
  return Math.round(Number(pesos) * 100);
});
const callbackShape = z.object({
  orderId: z.string().regex(/^[\w.:-]{1,255}$/),
  applicationId: z.string().min(1).max(255),
  approvedAmount: amount,
  currency: z.string().regex(/^[A-Z]{3}$/),
  status: z.string().min(1).max(64),
  statusTimestamp: z.union([z.string().max(64), z.number()]),
});

/**
 * A word that only the order's own callback address holds. Addi signs nothing: with it, even
 * somebody who knows the Basic pair can tell of no order whose address they have not seen.
 */
export const orderWord = ({ allySlug }: Pick<AddiCredentials, "allySlug">, reference: string): string =>
  keyedHash(env().APP_SECRET, `addi|${allySlug}|${reference}`);

type Callback = Pick<WebhookDelivery, "rawBody" | "headers" | "url"> & { credentials: AddiCredentials };

/** Returns null unless Basic pair and order's word are right. Never throws. */
export function addiCallback({ rawBody, headers, url, credentials }: Callback): ReceivedEvent | null {
  const { callbackUser, callbackPassword } = credentials;
  const given = /^Basic\s+(\S+)\s*$/i.exec(headers.get("authorization") ?? "")?.[1] ?? "";
  const pair = Buffer.from(`${callbackUser}:${callbackPassword}`).toString("base64");
  if (!isSameText(given, pair)) return null;
  const callback = parsed(new TextDecoder().decode(rawBody));
  if (!callback || !isSameText(url.searchParams.get("t") ?? "", orderWord(credentials, callback.orderId))) return null;
  const { orderId, applicationId, status, statusTimestamp } = callback;
  return {
    // There is no delivery id. PENDING and then APPROVED are two events of one application.
    eventKey: sha256Hex([applicationId, status, statusTimestamp].join("|")),
    eventKind: status,
    isAboutCharge: true,
    isApproval: stateOf(status) === "approved",
    reference: orderId,
    providerChargeId: applicationId,
  };
}

/** `approvedAmount` is 0 unless approved. Whether it is what was asked is settling's to compare. */
export function provenCharge(storedBody: string): SignedCharge | null {
  const callback = parsed(storedBody);
  if (!callback) return null;
  const { applicationId: providerChargeId, status: providerStatus, approvedAmount: amountMinor, currency } = callback;
  return { providerChargeId, state: stateOf(providerStatus), providerStatus, amountMinor, currency, unproven: [] };
}

/** Only chooses which pair to try first. Nothing else trusts it. */
export const guessReference = (text: string): string | null => parsed(text)?.orderId ?? null;

const states: Record<string, ChargeState> = {
  APPROVED: "approved",
  PENDING: "pending",
  /** Addi said no. */
  REJECTED: "declined",
  /** The customer said no. */
  DECLINED: "declined",
  /** Time ran out. */
  ABANDONED: "expired",
  INTERNAL_ERROR: "error",
};

/** An unknown word means "still pending": never money, never a failure. */
const stateOf = (word: string): ChargeState => (Object.hasOwn(states, word) ? (states[word] ?? "pending") : "pending");

function parsed(text: string): z.output<typeof callbackShape> | null {
  try {
    return callbackShape.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
