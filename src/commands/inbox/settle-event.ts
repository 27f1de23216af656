import { sql } from "kysely";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { isBehind } from "#domain/unmatched.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { systemDb } from "#platform/db.ts";
import { isOurReference } from "#platform/ids.ts";
import { metrics } from "#platform/metrics.ts";
import { withRequestId } from "#platform/request-id.ts";
import type { InboxEventRow } from "#platform/rows.ts";
import { inSpan } from "#platform/tracing/spans.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { endSilence } from "../settlement/record-silence.ts";
import { settle, settleFacts } from "../settlement/settle.ts";
import { causeHeaders } from "./cause-headers.ts";
import { type Asked, ignorePlayMoney, keepUnmatched, signedChargeOf, waitForProvider } from "./keep-unmatched.ts";
import { lookAtNamed, type PaymentPlace, placeOfPayment, rememberNamed } from "./named-charge.ts";
import { isNotOurs } from "./not-ours.ts";

/** `tries`: how often in a row the provider's API did not answer. */
type Named = { tenantId: string; inboxEventId: string; tries?: number | undefined };

/** Safe to repeat: settling is, and the event is marked afterwards. */
export async function settleInboxEvent(input: Named): Promise<void> {
  const row = await readEvent(input);
  if (!row || row.state === "settled" || row.state === "ignored" || row.state === "not_ours" || row.state === "refund_case") return;
  // Continues under the id and in the trace of the request that brought the event.
  const headers = row.headers as Record<string, unknown>;
  const job = { name: "job settle-inbox-event", kind: "consumer", parent: headers[causeHeaders.trace] ?? null } as const;
  await withRequestId(headers[causeHeaders.requestId], () => inSpan(job, () => settleOrWait(row, input.tries ?? 0)));
}

async function settleOrWait(row: EventRow, tries: number): Promise<void> {
  try {
    await settleStored(row, tries);
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    // The answer may have named the reference before the failure.
    const known = await readEvent({ tenantId: row.tenant_id, inboxEventId: row.id });
    await waitForProvider(known ?? row, { failure: error, tries });
  }
}

/**
 * A provider may prove nothing in test mode, where one signs with an empty key. What was taken then
 * is no word about a connection that takes real money now.
 */
const isPlayMoney = ({ headers, connection_mode: mode }: EventRow): boolean =>
  mode === "production" && (headers as Record<string, unknown>)[causeHeaders.mode] === "test";

/** With the payment under this reference, if there is one. It may belong to another connection. */
type EventRow = InboxEventRow & PaymentPlace & { connection_mode: string | null };

/** One round trip as the system role. A single statement needs no transaction. */
async function readEvent({ tenantId, inboxEventId }: Named): Promise<EventRow | undefined> {
  return systemDb()
    .selectFrom("inbox_event as e")
    .leftJoin("payment as p", (join) => join.onRef("p.tenant_id", "=", "e.tenant_id").onRef("p.reference", "=", "e.reference"))
    .leftJoin("connection as n", (join) => join.onRef("n.tenant_id", "=", "e.tenant_id").onRef("n.id", "=", "e.connection_id"))
    .selectAll("e")
    .select(["p.connection_id as payment_connection_id", "p.provider_payment_id", "p.currency", "n.mode as connection_mode"])
    .where("e.tenant_id", "=", tenantId)
    .where("e.id", "=", inboxEventId)
    .executeTakeFirst();
}

async function settleStored(row: EventRow, tries: number): Promise<void> {
  if (isPlayMoney(row)) return ignorePlayMoney(row);
  crashPoint("event read, its charge not asked for");
  const signed = fullySigned(row);
  const asked = signed ? await settleSigned(row, signed) : await askAndSettle(row);
  if (!asked) return mark(row, "ignored");
  crashPoint("charge settled, event not marked");
  const meant = asked.charges.find((charge) => charge.providerChargeId === row.provider_charge_id);
  // A signed word that the API does not show yet is not settled by what the API does show.
  const signedState = signedChargeOf(row)?.state ?? null;
  const isLagging = meant !== undefined && isBehind({ shown: meant.state, signed: signedState });
  if (asked.matched && isLagging) throw behind(row, meant);
  const mayBeMissing = row.provider_charge_id === null || signedState !== "approved";
  if (asked.matched && (meant || (mayBeMissing && !asked.failure))) {
    if (tries > 0) await endSilence({ tenantId: row.tenant_id, reference: asked.reference });
    metrics().settleSeconds.observe((databaseNow() - row.received_at.getTime()) / 1000);
    return mark(row, "settled");
  }
  if (asked.failure) throw asked.failure;
  if (!asked.matched && (await isNotOurs(row, { reference: asked.reference, meant }))) {
    // Another merchant's payment, which was polled too soon to see what is signed.
    if (isOurReference(asked.reference) && isLagging) throw behind(row, meant);
    return mark(row, "not_ours");
  }
  await keepUnmatched(row, asked);
}

function behind({ provider }: EventRow, { state }: ChargeFact): ProviderFailure {
  return new ProviderFailure({ provider, kind: "unexpected_reply", message: `${provider}: the charge is still shown as ${state}` });
}

/** If the signature covers everything, the event is the provider's word and no call is needed. */
function fullySigned(row: EventRow): ChargeFact | null {
  // Whether another connection has the same account is the API's to say.
  if ((row.payment_connection_id ?? row.connection_id) !== row.connection_id) return null;
  if (paymentProvider(row.provider)?.capabilities.signatureCovers !== "all" || row.reference === null) return null;
  const signed = signedChargeOf(row);
  if (!signed || signed.unproven.length > 0 || signed.currency === null) return null;
  const { unproven: _, currency, ...told } = signed;
  return { ...told, reference: row.reference, currency, method: null, finalizedAt: null };
}

async function settleSigned(row: EventRow, signed: ChargeFact): Promise<AskedNow> {
  const place = { tenantId: row.tenant_id, connectionId: row.connection_id, reference: signed.reference };
  return { reference: signed.reference, ...(await settleFacts(place, [signed])), failure: null };
}

/** `failure` is set if a part of the answer could not be read. The rest is settled. */
type AskedNow = Asked & { failure: ProviderFailure | null };

/** Returns null if neither the event nor the provider names a reference. */
async function askAndSettle(row: EventRow): Promise<AskedNow | null> {
  // The signature may not cover the reference in the body, so the provider is asked for it.
  const { fact, connectionId, failure } = await lookAtNamed(row);
  if (fact) await rememberNamed(row, fact);
  // Without any reference the event waits under the charge's id.
  const reference = fact?.reference ?? row.reference ?? row.provider_charge_id;
  if (!reference) return null;
  const payment = await placeOfPayment(row, reference);
  const at = payment?.payment_connection_id ?? connectionId;
  const known = { reference, providerPaymentId: payment?.provider_payment_id ?? null, currency: payment?.currency ?? fact?.currency ?? "" };
  const named = at === connectionId ? fact : null;
  const settled = await settle({ tenantId: row.tenant_id, connectionId: at, payment: known, named });
  const asked = { reference, ...settled, failure: settled.failure ?? failure };
  // Another account has a sale under our reference, which the payment's own account does not show.
  const isElsewhere = fact && named === null && !settled.charges.some((charge) => charge.providerChargeId === fact.providerChargeId);
  return isElsewhere ? { ...asked, charges: [fact], matched: false } : asked;
}

async function mark(row: EventRow, state: "settled" | "ignored" | "not_ours"): Promise<void> {
  await systemDb()
    .updateTable("inbox_event")
    .set({ state, settled_at: sql`now()` })
    .where("tenant_id", "=", row.tenant_id)
    .where("id", "=", row.id)
    .where("state", "in", ["received", "unmatched"])
    .execute();
}
