import { Refusal } from "#contracts/problem.ts";
import type { ReceivedEvent } from "#domain/payment-provider.ts";
import { inBatches } from "#platform/batches.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { systemPool } from "#platform/db.ts";
import { isDatabaseDown } from "#platform/db-errors.ts";
import { logger } from "#platform/logger.ts";
import { metrics } from "#platform/metrics.ts";
import { requestId } from "#platform/request-id.ts";
import { traceparent } from "#platform/tracing/spans.ts";
import type { WebhookAnswer } from "#providers/payments/definition.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { type Connection, webhookCandidates } from "#queries/connections.ts";
import { causeHeaders } from "./cause-headers.ts";

export type Received = { answer: WebhookAnswer; isNew: boolean };
type Delivery = { providerId: string; connectionId: string | null; rawBody: Uint8Array; headers: Headers; url: URL };

/** Kept for every provider. Each definition adds its own headers. */
const keptHeaders = ["content-type", "user-agent"];

/**
 * Verify → store → answer. 200 means stored durably. A delivery without proof is `unauthorized` and
 * leaves nothing behind. Refuses: not_found (no such provider), unauthorized, database_unavailable.
 */
export async function receiveWebhook({ providerId, connectionId, rawBody, headers, url }: Delivery): Promise<Received> {
  const definition = paymentProvider(providerId);
  if (!definition) throw new Refusal("not_found");
  const text = new TextDecoder("utf-8", { fatal: false }).decode(rawBody);
  const reference = connectionId ? null : definition.guessReference(text);
  const candidates = await webhookCandidates({ provider: providerId, connectionId, reference });
  const delivery = { rawBody, headers, url, isOnlyCandidate: candidates.length === 1 };
  for (const connection of candidates) {
    const event = definition.verifyWebhook({ ...delivery, credentials: connection.credentials, mode: connection.mode });
    if (!event) continue;
    crashPoint("webhook verified, not stored");
    const kept = { ...headersToKeep(headers, definition.webhookHeaders), [causeHeaders.mode]: connection.mode };
    const isNew = await storeEvent({ connection, event, body: definition.scrub(text), headers: kept }).catch(notStored);
    if (isNew && !event.isAboutCharge) metrics().otherEvents.inc({ provider: providerId });
    crashPoint("webhook stored, not answered");
    return { answer: definition.webhookAnswer(event, rawBody), isNew };
  }
  throw new Refusal("unauthorized");
}

/** Whatever the reason, the provider must send it again. */
function notStored(error: unknown): never {
  if (isDatabaseDown(error)) throw error;
  logger().error({ error }, "a verified webhook could not be stored");
  throw new Refusal("database_unavailable");
}

/** Adds the request's id and trace, under which the settling job continues. */
function headersToKeep(headers: Headers, ofProvider: readonly string[]): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of [...keptHeaders, ...ofProvider]) {
    const value = headers.get(name);
    if (value !== null) kept[name] = value;
  }
  const cause = requestId();
  if (cause) kept[causeHeaders.requestId] = cause;
  const trace = traceparent();
  if (trace) kept[causeHeaders.trace] = trace;
  return kept;
}

type Stored = { connection: Connection; event: ReceivedEvent; body: string; headers: Record<string, string> };

/** Returns whether the event is new. Batches the deliveries; each is answered once durable. */
const storeEvent = inBatches<Stored, boolean>({
  itemsMax: 64,
  atOnce: 1,
  compare: (a, b) => (a.event.eventKey < b.event.eventKey ? -1 : 1),
  tenantOf: ({ connection }) => connection.tenantId,
  async ask(stored) {
    const events = stored.map(({ connection, event, body, headers }) => ({
      tenantId: connection.tenantId,
      connectionId: connection.id,
      provider: connection.provider,
      ...event,
      body,
      headers,
    }));
    const { rows } = await systemPool().query<{ is_new: boolean }>({
      name: "receive-events",
      text: "select is_new from receive_events($1) is_new",
      values: [JSON.stringify(events)],
    });
    return rows.map((row) => row.is_new);
  },
});
