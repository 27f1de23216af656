import { Refusal } from "#contracts/problem.ts";
import type { ReceivedEvent } from "#domain/payment-provider.ts";
import { inBatches } from "#platform/batches.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { systemPool } from "#platform/db.ts";
import { requestId } from "#platform/request-id.ts";
import { traceparent } from "#platform/spans.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { type Connection, webhookCandidates } from "#queries/connections.ts";

export type Received = { answer: { status: number; body: string }; isNew: boolean };

/** Beside the provider's own headers in the inbox; never taken from outside. */
export const requestIdHeader = "konfirmado-request-id";
export const traceHeader = "konfirmado-traceparent";
const storedHeaders = [
  "content-type",
  "user-agent",
  "x-event-checksum",
  "x-request-id",
  "x-signature",
  "stripe-signature",
  "x-bold-signature",
];

/**
 * Verify → store → answer. 200 means "stored durably", nothing else; a delivery that is not proven genuine is `unauthorized` and leaves
 * nothing behind. Refuses: not_found (no such provider), unauthorized. A database that is down is the caller's 503.
 */
export async function receiveWebhook(input: {
  providerId: string;
  connectionId: string | null;
  rawBody: Uint8Array;
  headers: Headers;
  url: URL;
}): Promise<Received> {
  const definition = paymentProvider(input.providerId);
  if (!definition) throw new Refusal("not_found");
  const text = new TextDecoder("utf-8", { fatal: false }).decode(input.rawBody);
  const reference = input.connectionId ? null : guessReference(text);
  for (const connection of await webhookCandidates({ provider: input.providerId, connectionId: input.connectionId, reference })) {
    const event = definition.verifyWebhook({
      rawBody: input.rawBody,
      headers: input.headers,
      url: input.url,
      credentials: connection.credentials,
    });
    if (!event) continue;
    const kept: Record<string, string | null> = Object.fromEntries(
      storedHeaders.flatMap((name) => (input.headers.has(name) ? [[name, input.headers.get(name)]] : [])),
    );
    // The settling job goes on under this request's id, and in its trace.
    const cause = requestId();
    if (cause) kept[requestIdHeader] = cause;
    const trace = traceparent();
    if (trace) kept[traceHeader] = trace;
    crashPoint("webhook verified, not stored");
    const isNew = await storeEvent({ connection, event, body: definition.scrub(text), headers: JSON.stringify(kept) });
    crashPoint("webhook stored, not answered");
    return { answer: definition.webhookAnswer(event), isNew };
  }
  throw new Refusal("unauthorized");
}

/** Only to choose which secret to try first; nothing is trusted. */
function guessReference(text: string): string | null {
  return /"(?:reference|external_reference|client_reference_id|orderId)"\s*:\s*"([A-Za-z0-9_.:-]{1,255})"/.exec(text)?.[1] ?? null;
}

type Stored = { connection: Connection; event: ReceivedEvent; body: string; headers: string };

/** True if it is new. Deliveries that wait at the same moment are stored together; each is answered only once it is durable. */
const storeEvent = inBatches<Stored, boolean>({
  itemsMax: 64,
  atOnce: 1,
  order: (a, b) => (a.event.eventKey < b.event.eventKey ? -1 : 1),
  async ask(stored) {
    const { rows } = await systemPool().query<{ is_new: boolean }>({
      name: "receive-events",
      text: "select is_new from receive_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) is_new",
      values: [
        stored.map(({ connection }) => connection.tenantId),
        stored.map(({ connection }) => connection.id),
        stored.map(({ connection }) => connection.provider),
        stored.map(({ event }) => event.eventKey),
        stored.map(({ event }) => event.eventKind),
        stored.map(({ event }) => event.reference),
        stored.map(({ event }) => event.providerChargeId),
        stored.map(({ event }) => event.isAboutCharge),
        stored.map(({ body }) => body),
        stored.map(({ headers }) => headers),
      ],
    });
    return rows.map((row) => row.is_new);
  },
});
