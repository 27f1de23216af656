import { createHmac } from "node:crypto";
import { z } from "zod";
import type { ReceivedEvent, SignedCharge } from "#domain/payment-provider.ts";
import type { ChargeState } from "#domain/payment-states.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { isSameText } from "#platform/ids.ts";
import { fromStripe } from "./amounts.ts";
import { intentState, lastErrorShape, metadataNames } from "./charge-fact.ts";

export const signatureHeader = "stripe-signature";
/** Only into the past: https://docs.stripe.com/webhooks#replay-attacks */
const toleranceSeconds = 300;
const signaturesMax = 20;

const eventShape = z.object({
  id: z.string().min(1).max(255),
  object: z.literal("event"),
  type: z.string().min(1).max(100),
  livemode: z.boolean(),
  data: z.object({ object: z.record(z.string(), z.unknown()) }),
});
type StripeEvent = z.output<typeof eventShape>;

type WebhookInput = { rawBody: Uint8Array; headers: Headers; secrets: readonly string[]; isLive: boolean; nowMs?: number };

/** Returns null unless Stripe is proven to have sent it for this connection. Never throws. */
export function stripeWebhook({ rawBody, headers, secrets, isLive, nowMs = databaseNow() }: WebhookInput): ReceivedEvent | null {
  if (!isSigned({ rawBody, header: headers.get(signatureHeader) ?? "", secrets, nowMs })) return null;
  const event = parseEvent(Buffer.from(rawBody).toString());
  return event && event.livemode === isLive ? receivedEvent(event) : null;
}

/** While a secret is rolled there are several secrets, several signatures, or both. */
export function isSigned(input: { rawBody: Uint8Array; header: string; secrets: readonly string[]; nowMs: number }): boolean {
  const parts = input.header
    .split(",")
    .slice(0, signaturesMax)
    .map((part) => part.trim());
  const timestamp = parts.find((part) => part.startsWith("t="))?.slice(2) ?? "";
  if (!/^\d{1,12}$/.test(timestamp) || input.nowMs / 1000 - Number(timestamp) > toleranceSeconds) return false;
  const given = parts.filter((part) => part.startsWith("v1=")).map((part) => part.slice(3).toLowerCase());
  const expected = input.secrets.filter((secret) => secret !== "").map((secret) => signature(secret, timestamp, input.rawBody));
  return expected.some((right) => given.some((each) => isSameText(each, right)));
}

/** The key is the whole secret, `whsec_` and all. */
const signature = (secret: string, timestamp: string, rawBody: Uint8Array): string =>
  createHmac("sha256", secret).update(`${timestamp}.`).update(rawBody).digest("hex");

const text = z.string().min(1).max(255);
/** Charges, refunds and disputes name their payment intent, expanded or not. */
const subjectShape = z.object({
  payment_intent: z
    .union([text, z.object({ id: text }).transform(({ id }) => id)])
    .nullish()
    .catch(null),
  client_reference_id: text.nullish().catch(null),
  metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
});

/**
 * Kinds that are about money, by the first words. What becomes of a session that nobody paid, and
 * every kind that Stripe may invent, is stored all the same.
 */
const chargeKinds = ["checkout.session.completed", "checkout.session.async_payment_", "payment_intent.", "charge.", "refund."];

function receivedEvent({ id, type, data }: StripeEvent): ReceivedEvent {
  const { reference, chargeId } = subjectOf(type, data.object);
  const isAboutCharge = chargeId !== null && chargeKinds.some((kind) => type.startsWith(kind));
  const signed = isAboutCharge ? snapshotOf(type, data.object) : null;
  return {
    eventKey: id,
    eventKind: type,
    isAboutCharge,
    isApproval: signed?.state === "approved",
    reference: isAboutCharge ? reference : null,
    providerChargeId: isAboutCharge ? chargeId : null,
  };
}

function subjectOf(type: string, object: Record<string, unknown>): { reference: string | null; chargeId: string | null } {
  const subject = subjectShape.parse(object);
  const own = type.startsWith("payment_intent.") ? text.safeParse(object.id).data : subject.payment_intent;
  const named = text.safeParse(subject.metadata?.[metadataNames.reference]).data;
  return { reference: subject.client_reference_id ?? named ?? null, chargeId: own ?? null };
}

const guessShape = z.string().regex(/^[\w.:-]{1,255}$/);

/** Only chooses which secret to try first. Nothing else trusts it. */
export function guessReference(body: string): string | null {
  const event = parseEvent(body);
  if (!event) return null;
  return guessShape.safeParse(subjectOf(event.type, event.data.object).reference).data ?? null;
}

const moneyShape = z.object({
  amount: z.int().min(0),
  currency: z
    .string()
    .regex(/^[a-z]{3}$/)
    .transform((word) => word.toUpperCase()),
});
const sessionShape = z.object({ payment_status: z.string().max(64), amount_total: z.int().min(0), currency: z.string() });
const intentEventShape = z.object({ status: z.string().min(1).max(64), last_payment_error: lastErrorShape.nullish() });

/** Sessions and payments tell their state. Refunds and disputes come and go: Stripe is asked. */
function snapshotOf(
  type: string,
  object: Record<string, unknown>,
): Pick<SignedCharge, "state" | "providerStatus" | "amountMinor" | "currency"> | null {
  const isSession = type.startsWith("checkout.session.");
  const session = isSession ? sessionShape.safeParse(object).data : undefined;
  const intent = type.startsWith("payment_intent.") ? intentEventShape.safeParse(object).data : undefined;
  const money = moneyShape.safeParse(session ? { ...session, amount: session.amount_total } : object).data;
  const amountMinor = money ? fromStripe(money.amount, money.currency) : null;
  if (!money || amountMinor === null) return null;
  const amounts = { amountMinor, currency: money.currency };
  if (session) return { ...amounts, state: sessionState(type, session.payment_status), providerStatus: session.payment_status };
  return intent ? { ...amounts, state: intentState(intent), providerStatus: intent.status } : null;
}

/** A session can be complete long before a delayed method's money is there. */
function sessionState(type: string, paymentStatus: string): ChargeState {
  if (type === "checkout.session.async_payment_failed") return "declined";
  return paymentStatus === "paid" ? "approved" : "pending";
}

/** The signature was verified on receipt and covers every byte. The stored text is masked. */
export function stripeSignedCharge(storedBody: string): SignedCharge | null {
  const event = parseEvent(storedBody);
  if (!event) return null;
  const { chargeId } = subjectOf(event.type, event.data.object);
  const snapshot = snapshotOf(event.type, event.data.object);
  return chargeId !== null && snapshot ? { providerChargeId: chargeId, ...snapshot, unproven: [] } : null;
}

function parseEvent(body: string): StripeEvent | null {
  try {
    return eventShape.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}
