import { createHash, randomUUID } from "node:crypto";
import { deliver } from "./deliver.ts";
import type { Knobs } from "./knobs.ts";
import type { WompiEvent, WompiMerchant, WompiTransaction } from "./shapes.ts";
import { eventChecksum } from "./signatures.ts";
import { transactionShape } from "./transaction-shape.ts";
import { rememberEvent, type WompiWorld } from "./world.ts";

/** The delay of the event after the redirect with the knob `event=after`. */
const afterRedirectMs = 1500;

/** The transaction that an event is about. A forged one may not exist. */
export type Subject = { merchant: WompiMerchant; transaction: WompiTransaction; knobs: Knobs };
type Told = Pick<Subject, "transaction" | "knobs"> & { merchant: Pick<WompiMerchant, "publicKey" | "eventsSecret"> };

/**
 * Sends the event as the knobs say: never, now or later, in one or many copies at once. Resolves
 * after the first answer when it goes out now.
 */
export async function announce(world: WompiWorld, subject: Subject): Promise<WompiEvent[]> {
  const { knobs } = subject;
  if (knobs.event === "never") return [];
  const waitMs = knobs.eventDelaySeconds * 1000 + (knobs.event === "after" ? afterRedirectMs : 0);
  const events = composeCopies(world, subject);
  if (waitMs === 0) {
    await Promise.all(events.map((event) => deliver(world, event)));
    return events;
  }
  for (const event of events) {
    const dueMs = world.clock.now() + waitMs;
    event.nextAttemptAt = new Date(dueMs).toISOString();
    world.clock.at(dueMs, () => deliver(world, event));
  }
  return events;
}

/** All copies have the same bytes, like one notification sent many times. */
function composeCopies(world: WompiWorld, subject: Subject): WompiEvent[] {
  const first = composeEvent(world, subject);
  const copies = Array.from({ length: subject.knobs.eventCopies }, () => ({ ...first, id: randomUUID(), attempts: [] }));
  for (const copy of copies) rememberEvent(world, copy);
  return copies;
}

function composeEvent(world: WompiWorld, subject: Subject): WompiEvent {
  const { merchant, transaction, knobs } = subject;
  const sentMs = world.clock.now();
  const { body, checksum } = eventBody(subject, sentMs);
  const sentAt = new Date(sentMs).toISOString();
  return {
    id: randomUUID(),
    publicKey: merchant.publicKey,
    transactionId: transaction.id,
    reference: knobs.eventReference ?? transaction.reference,
    status: transaction.status,
    url: merchant.eventsUrl,
    body,
    checksum,
    sentAt,
    attempts: [],
    state: "waiting",
    nextAttemptAt: sentAt,
  };
}

/** The text that goes out, and what its header says. */
export function eventBody({ merchant, transaction, knobs }: Told, sentMs: number): { body: string; checksum: string } {
  const timestamp = Math.floor(sentMs / 1000);
  const properties = knobs.eventProperties
    .split(",")
    .map((path) => path.trim())
    .filter((path) => path !== "");
  const shape = transactionShape(transaction);
  const right = eventChecksum({ data: { transaction: shape }, properties, timestamp, eventsSecret: merchant.eventsSecret });
  const checksum = knobs.checksum === "right" ? right : createHash("sha256").update(`${right} forged`).digest("hex");
  const isInside = knobs.timestampPosition === "signature";
  const body = {
    event: "transaction.updated",
    data: { transaction: { ...shape, ...alterations(knobs) } },
    sent_at: new Date(sentMs).toISOString(),
    ...(isInside ? {} : { timestamp }),
    signature: { checksum, properties, ...(isInside ? { timestamp } : {}) },
    environment: merchant.publicKey.startsWith("pub_prod_") ? "prod" : "test",
  };
  return { body: JSON.stringify(body), checksum };
}

/** Changes made after signing, for a forged or altered event. */
function alterations(knobs: Knobs) {
  return {
    ...(knobs.eventCurrency === undefined ? {} : { currency: knobs.eventCurrency }),
    ...(knobs.eventAmountInCents === undefined ? {} : { amount_in_cents: knobs.eventAmountInCents }),
    ...(knobs.eventReference === undefined ? {} : { reference: knobs.eventReference }),
  };
}
