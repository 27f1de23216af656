import { createHmac } from "node:crypto";
import { z } from "zod";
import type { ReceivedEvent } from "#domain/payment-provider.ts";
import { isSameText, sha256Hex } from "#platform/ids.ts";

export const signatureHeader = "x-signature";
export const requestIdHeader = "x-request-id";

/** Nothing in the body is signed. It only says what to ask for. */
const bodyShape = z.object({
  type: z.string().nullish().catch(null),
  action: z.string().nullish().catch(null),
  data: z
    .object({ payment_id: z.union([z.int(), z.string()]).transform(String).nullish().catch(null) })
    .nullish()
    .catch(null),
});

type WebhookInput = { rawBody: Uint8Array; headers: Headers; url: URL; webhookSecret: string };

/**
 * Returns null unless the id in the address is proven to come from Mercado Pago. Never throws.
 * The older notices (IPN, `?topic=payment&id=`) are signed by nobody. We ask for none of them
 * (preference.ts), and one that comes is not proven, so nothing of it is stored: a stranger could
 * fill the inbox. The same holds where real deliveries to test keys do not match the panel's secret
 * (https://github.com/mercadopago/sdk-java/issues/420): polling finds what such a notice tells.
 */
export function mercadopagoWebhook({ rawBody, headers, url, webhookSecret }: WebhookInput): ReceivedEvent | null {
  const signature = readSignature(headers.get(signatureHeader));
  const dataId = url.searchParams.get("data.id");
  const requestId = headers.get(requestIdHeader);
  if (!signature || webhookSecret === "" || dataId === null || !/^[\w-]{1,64}$/.test(dataId)) return null;
  const { ts, v1 } = signature;
  // The documents once asked for lower case, and its own libraries keep the case:
  // https://github.com/mercadopago/sdk-nodejs/pull/439
  const spellings = [...new Set([dataId, dataId.toLowerCase()])];
  if (!spellings.some((id) => isSameText(v1, signManifest({ id, requestId, ts, webhookSecret })))) return null;
  return eventOf({ url, dataId, delivery: requestId ?? ts, body: parseBody(rawBody) });
}

/** A part that is missing is left out of the manifest altogether. `ts` is as it came. */
export function signManifest(input: { id: string; requestId: string | null; ts: string; webhookSecret: string }): string {
  const { id, requestId, ts, webhookSecret } = input;
  const manifest = `id:${id};${requestId === null ? "" : `request-id:${requestId};`}ts:${ts};`;
  return createHmac("sha256", webhookSecret).update(manifest).digest("hex");
}

/** `ts` counts milliseconds. Retries come for days, so its age proves nothing. */
function readSignature(header: string | null): { ts: string; v1: string } | null {
  const parts = new Map(
    (header ?? "").split(",").map((part) => {
      const at = part.indexOf("=");
      return [part.slice(0, at).trim(), part.slice(at + 1).trim()] as const;
    }),
  );
  const ts = parts.get("ts") ?? "";
  const v1 = parts.get("v1")?.toLowerCase() ?? "";
  return /^\d{1,16}$/.test(ts) && /^[0-9a-f]{64}$/.test(v1) ? { ts, v1 } : null;
}

/** By the `type` of the address or body. Both are unsigned, so a known delivery has few keys. */
const kinds = { payment: "payment", chargeback: "topic_chargebacks_wh" } as const;

type Proven = { url: URL; dataId: string; delivery: string; body: z.output<typeof bodyShape> | null };

function eventOf({ url, dataId, delivery, body }: Proven): ReceivedEvent {
  const type = url.searchParams.get("type") ?? body?.type ?? "";
  const kind = Object.values(kinds).find((known) => known === type) ?? "other";
  // A bank's case names its payment in the body: asking for another one would do no harm.
  const named = kind === kinds.payment ? dataId : kind === kinds.chargeback ? (body?.data?.payment_id ?? "") : "";
  const isAboutCharge = /^\d{1,20}$/.test(named);
  const word = body?.action || type;
  return {
    // The body's own id is not reliable, and not signed. A repeat has the same request id.
    eventKey: sha256Hex([kind, dataId, delivery].join("|")),
    eventKind: /^[\w.-]{1,100}$/.test(word) ? word : kind,
    isAboutCharge,
    isApproval: false,
    reference: null,
    providerChargeId: isAboutCharge ? named : null,
  };
}

function parseBody(rawBody: Uint8Array): z.output<typeof bodyShape> | null {
  try {
    return bodyShape.safeParse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(rawBody))).data ?? null;
  } catch {
    return null;
  }
}
