import { z } from "zod";
import { type ReceivedEvent, type SignedCharge, type UnprovenFact, unprovenFacts } from "#domain/payment-provider.ts";
import { isSameText, sha256Hex } from "#platform/ids.ts";
import { stateOf } from "./api.ts";

/**
 * `timestamp` is at the top in real deliveries, but inside `signature` in the English docs:
 * https://docs.wompi.co/docs/colombia/eventos/
 */
const eventShape = z.object({
  event: z.string().min(1).max(100),
  data: z.record(z.string(), z.unknown()),
  timestamp: z.int().min(0).optional(),
  signature: z.object({
    checksum: z.string().regex(/^[0-9a-f]{64}$/i),
    properties: z.array(z.string().min(1).max(200)).min(1).max(20),
    timestamp: z.int().min(0).optional(),
  }),
  environment: z.enum(["test", "prod"]),
});
/** Only what the engine uses. The unsigned reference finds the payment, but never settles it. */
const transactionShape = z.object({
  id: z.string().min(1).max(255),
  status: z.string().min(1).max(64),
  reference: z.string().min(1).max(255).nullish().catch(null),
});
export const checksumHeader = "x-event-checksum";
const mustBeSigned = ["transaction.id", "transaction.status"];

type WebhookInput = { rawBody: Uint8Array; headers: Headers; eventsSecret: string; environment: "test" | "prod" };

/** Returns null unless the event is proven to come from Wompi for this connection. Never throws. */
export function wompiWebhook({ rawBody, headers, eventsSecret, environment }: WebhookInput): ReceivedEvent | null {
  const event = readEvent(rawBody);
  if (!event || eventsSecret === "" || event.environment !== environment) return null;
  const { properties } = event.signature;
  const timestamp = event.timestamp ?? event.signature.timestamp;
  if (timestamp === undefined) return null;
  const expected = eventChecksum({ data: event.data, properties, timestamp, eventsSecret });
  const inHeader = headers.get(checksumHeader);
  const given = [event.signature.checksum, ...(inHeader === null ? [] : [inHeader])];
  if (expected === null || !given.every((checksum) => isSameText(checksum.toLowerCase(), expected))) return null;
  if (event.event !== "transaction.updated") return otherEvent(event.event, expected);
  const transaction = transactionShape.safeParse(event.data.transaction);
  if (!transaction.success || !mustBeSigned.every((path) => properties.includes(path))) return null;
  const { id, status, reference } = transaction.data;
  return {
    // Wompi gives no delivery id. The same change of the same charge is the same event.
    eventKey: sha256Hex(`${id}|${status}|${timestamp}`),
    eventKind: event.event,
    isAboutCharge: true,
    isApproval: stateOf(status) === "approved",
    reference: reference ?? null,
    providerChargeId: id,
  };
}

const guessShape = z.object({ reference: z.string().regex(/^[\w.:-]{1,255}$/) });

/** Only chooses which secret to try first. Nothing else trusts it. */
export function guessReference(text: string): string | null {
  return guessShape.safeParse(parseText(text)?.data.transaction).data?.reference ?? null;
}

const signedShape = z.object({
  id: z.string().min(1).max(255),
  status: z.string().min(1).max(64),
  amount_in_cents: z.int().min(0).catch(0),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullish()
    .catch(null),
});
const pathOf: Record<UnprovenFact, string> = {
  amount: "transaction.amount_in_cents",
  currency: "transaction.currency",
  reference: "transaction.reference",
};

/** The checksum was verified on receipt. The stored text differs only in what is masked. */
export function wompiSignedCharge(storedBody: string): SignedCharge | null {
  const event = parseText(storedBody);
  const transaction = signedShape.safeParse(event?.data.transaction);
  if (!event || !transaction.success || !mustBeSigned.every((path) => event.signature.properties.includes(path))) return null;
  const { id, status, amount_in_cents: amountMinor, currency } = transaction.data;
  const unproven = unprovenFacts.filter((fact) => !event.signature.properties.includes(pathOf[fact]));
  return {
    providerChargeId: id,
    state: stateOf(status),
    providerStatus: status,
    amountMinor,
    currency: unproven.includes("currency") ? null : (currency ?? null),
    unproven,
  };
}

/** Hashes the values at `properties`, timestamp and secret. Returns null without plain values. */
export function eventChecksum(input: {
  data: unknown;
  properties: readonly string[];
  timestamp: number;
  eventsSecret: string;
}): string | null {
  const values = input.properties.map((path) => textAt(input.data, path));
  if (values.some((value) => value === null || value === "")) return null;
  return sha256Hex(values.join("") + String(input.timestamp) + input.eventsSecret);
}

const otherEvent = (eventKind: string, checksum: string): ReceivedEvent => ({
  eventKey: sha256Hex(`${eventKind}|${checksum}`),
  eventKind,
  isAboutCharge: false,
  isApproval: false,
  reference: null,
  providerChargeId: null,
});

type WompiEvent = z.output<typeof eventShape>;
/** A delivery without a connection is tried with many secrets, but parsed once. */
const readBefore = new WeakMap<Uint8Array, WompiEvent | null>();

function readEvent(rawBody: Uint8Array): WompiEvent | null {
  let event = readBefore.get(rawBody);
  if (event === undefined) {
    event = parseEvent(rawBody);
    readBefore.set(rawBody, event);
  }
  return event;
}

function parseEvent(rawBody: Uint8Array): WompiEvent | null {
  try {
    return parseText(new TextDecoder("utf-8", { fatal: true }).decode(rawBody));
  } catch {
    return null;
  }
}

function parseText(text: string): WompiEvent | null {
  try {
    return eventShape.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function textAt(root: unknown, path: string): string | null {
  let value = root;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return null;
    value = Reflect.get(value, key);
  }
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : null;
}
