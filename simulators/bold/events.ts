import { randomUUID } from "node:crypto";
import { type DeliveryRules, deliverAfter, type Outgoing } from "../outgoing.ts";
import type { Knobs } from "./knobs.ts";
import { boldSignature, eventType, notificationBody } from "./notification.ts";
import { type BoldMerchant, type BoldPayment, type BoldWorld, rememberEvent } from "./world.ts";

/** The delay of the event after the redirect with the knob `event=after`. */
const afterRedirectMs = 1500;
const minutes = 60;

/** 200 within 2 seconds, else five retries: https://developers.bold.co/webhook */
const rules: DeliveryRules = {
  timeoutMs: 2000,
  retryAfterSeconds: [15 * minutes, 60 * minutes, 4 * 60 * minutes, 8 * 60 * minutes, 24 * 60 * minutes],
  isTaken: (_sent, { status }) => status === 200,
};

export type Subject = { merchant: BoldMerchant; payment: BoldPayment; knobs: Knobs };

/** Sends the event as the knobs say. Resolves after the first answer if it goes out now. */
export async function announce(world: BoldWorld, subject: Subject): Promise<Outgoing[]> {
  const { knobs, payment } = subject;
  if (knobs.event === "never" || knobs.event === "by_button" || eventType(payment.status) === null) return [];
  const first = composeEvent(world, subject);
  const events = Array.from({ length: knobs.eventCopies }, () => ({ ...first, id: randomUUID(), attempts: [] }));
  for (const event of events) rememberEvent(world, event);
  const waitMs = knobs.eventDelaySeconds * 1000 + (knobs.event === "after" ? afterRedirectMs : 0);
  await deliverAfter(world.clock, events, waitMs, knobs.retryIds === "same" ? rules : { ...rules, again: againFor(subject.merchant) });
  return events;
}

function composeEvent(world: BoldWorld, subject: Subject): Outgoing {
  const { merchant, payment, knobs } = subject;
  const signed = notificationBody({ merchant, payment, knobs, nowMs: world.clock.now() });
  const right = boldSignature(signed, merchant);
  const signature = knobs.signature === "right" ? right : boldSignature(`${signed} forged`, merchant);
  const sentAt = new Date(world.clock.now()).toISOString();
  return {
    id: randomUUID(),
    account: merchant.identityKey,
    chargeId: payment.id,
    reference: knobs.eventReference ?? payment.reference,
    status: payment.status,
    url: merchant.webhookUrl,
    headers: headersOf(signature),
    body: altered(signed, payment, knobs),
    sentAt,
    attempts: [],
    state: "waiting",
    nextAttemptAt: sentAt,
  };
}

const headersOf = (signature: string) => ({ "Content-Type": "application/json", "x-bold-signature": signature });

/** The same notification under an id of its own (knob `retryIds`). */
const againFor =
  (merchant: BoldMerchant) =>
  ({ body }: Outgoing) => {
    const fresh = body.replace(/"id":"[0-9a-f-]{36}"/, `"id":"${randomUUID()}"`);
    return { body: fresh, headers: headersOf(boldSignature(fresh, merchant)) };
  };

/** Changes made after the signing, for an altered event. */
function altered(body: string, payment: BoldPayment, { eventReference, eventCurrency, eventAmount }: Knobs): string {
  let text = body;
  if (eventReference !== undefined) text = text.replace(JSON.stringify(payment.reference), JSON.stringify(eventReference));
  if (eventCurrency !== undefined) text = text.replace(`"currency":"${payment.currency}"`, `"currency":"${eventCurrency}"`);
  if (eventAmount !== undefined) text = text.replace(`"total":${payment.total}`, `"total":${eventAmount}`);
  return text;
}
