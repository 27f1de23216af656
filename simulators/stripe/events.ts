import { randomUUID } from "node:crypto";
import { deliver } from "./deliver.ts";
import type { Knobs } from "./knobs.ts";
import type { StripeAccount, StripeEvent } from "./shapes.ts";
import { isLive, newId, remember, type StripeWorld, secondsNow } from "./world.ts";

/** The version that this endpoint was made for: events are written in it. */
export const apiVersion = "2026-10-28.endive";
/** The delay of the event after the redirect with the knob `event=after`. */
const afterRedirectMs = 1500;

/** What an endpoint of ours listens to: docs/providers/stripe.md. Others are not sent to it. */
export const listenedTo = [
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
  "checkout.session.expired",
  "payment_intent.payment_failed",
  "payment_intent.canceled",
  "charge.refunded",
  "charge.refund.updated",
  "refund.failed",
  "charge.dispute.created",
  "charge.dispute.updated",
  "charge.dispute.closed",
  "charge.dispute.funds_withdrawn",
  "charge.dispute.funds_reinstated",
];

export type News = { type: string; object: object; intentId?: string | null; reference?: string | null };
type Telling = { account: StripeAccount; knobs: Knobs };

/**
 * Makes the events and sends those to which the endpoint listens, as the knobs say: never, now or
 * later, in one or many copies at once. Resolves after the first answers if they go out now.
 */
export async function announce(world: StripeWorld, { account, knobs }: Telling, news: News[]): Promise<StripeEvent[]> {
  const made = news.map((each) => compose(world, { account, knobs }, each));
  for (const event of made) remember(world.events, event);
  if (knobs.event === "never") return [];
  const wanted = made.filter(({ type }) => (account.enabledEvents ?? listenedTo).includes(type));
  const ordered = knobs.eventOrder === "reversed" ? wanted.toReversed() : wanted;
  const waitMs = knobs.eventDelaySeconds * 1000 + (knobs.event === "after" ? afterRedirectMs : 0);
  const sent = ordered.flatMap((event) => copiesOf(world, event, knobs.eventCopies));
  if (waitMs > 0) {
    for (const event of sent) deliverLater(world, event, world.clock.now() + waitMs);
    return sent;
  }
  // One after the other, so that `eventOrder` means something. Copies go out at once.
  for (const { eventId } of ordered) await Promise.all(sent.filter((each) => each.eventId === eventId).map((each) => deliver(world, each)));
  return sent;
}

function copiesOf(world: StripeWorld, first: StripeEvent, count: number): StripeEvent[] {
  const more = Array.from({ length: count - 1 }, () => remember(world.events, { ...first, id: randomUUID(), attempts: [] }));
  return [first, ...more];
}

function deliverLater(world: StripeWorld, event: StripeEvent, dueMs: number): void {
  event.nextAttemptAt = new Date(dueMs).toISOString();
  world.clock.at(dueMs, () => deliver(world, event));
}

/** The event once more: the same event, signed at a new time. */
export async function tellAgain(world: StripeWorld, { account, knobs }: Telling, known: StripeEvent): Promise<StripeEvent[]> {
  const first = remember(world.events, { ...known, id: randomUUID(), attempts: [], signature: knobs.signature, url: account.eventsUrl });
  first.secrets = secretsOf(account);
  first.body = altered(known.body, knobs);
  const copies = copiesOf(world, first, knobs.eventCopies);
  await Promise.all(copies.map((copy) => deliver(world, copy)));
  return copies;
}

function compose(world: StripeWorld, { account, knobs }: Telling, { type, object, intentId = null, reference = null }: News): StripeEvent {
  const created = secondsNow(world);
  const eventId = newId("evt_1");
  const body = {
    id: eventId,
    object: "event",
    api_version: apiVersion,
    created,
    data: { object },
    livemode: isLive(account),
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  };
  return {
    id: randomUUID(),
    eventId,
    accountId: account.accountId,
    type,
    intentId,
    reference: knobs.eventReference ?? reference,
    body: altered(JSON.stringify(body), knobs),
    secrets: secretsOf(account),
    signature: hasAlterations(knobs) ? "wrong" : knobs.signature,
    url: account.eventsUrl,
    created,
    attempts: [],
    state: "waiting",
    nextAttemptAt: null,
  };
}

/** Several while the secret is rolled: each signs. */
export const secretsOf = ({ webhookSecret }: Pick<StripeAccount, "webhookSecret">): string[] =>
  webhookSecret.split(",").map((secret) => secret.trim());

const hasAlterations = ({ eventReference, eventCurrency, eventAmount }: Knobs): boolean =>
  [eventReference, eventCurrency, eventAmount].some((change) => change !== undefined);

/** Changes that are made after signing: no such event can carry a right signature. */
function altered(body: string, { eventReference, eventCurrency, eventAmount }: Knobs): string {
  const event = JSON.parse(body) as { data: { object: Record<string, unknown> } };
  const { object } = event.data;
  if (eventReference !== undefined) Object.assign(object, { client_reference_id: eventReference, metadata: { reference: eventReference } });
  if (eventCurrency !== undefined) object.currency = eventCurrency.toLowerCase();
  if (eventAmount !== undefined) object["amount_total" in object ? "amount_total" : "amount"] = eventAmount;
  return JSON.stringify(event);
}
