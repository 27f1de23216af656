import { sql } from "kysely";
import type { ChargeFact } from "#domain/payment-provider.ts";
import type { ProviderFailure } from "#domain/provider-failure.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { systemDb } from "#platform/db.ts";
import { metrics } from "#platform/metrics.ts";
import { withRequestId } from "#platform/request-id.ts";
import type { InboxEventRow } from "#platform/rows.ts";
import { inSpan } from "#platform/spans.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { settleFacts, settleReadable } from "../settlement/settle.ts";
import { causeHeaders } from "./cause-headers.ts";
import { type Asked, keepUnmatched, signedChargeOf } from "./keep-unmatched.ts";
import { lookAtNamed, type PaymentPlace, placeOfPayment } from "./named-charge.ts";
import { isNotOurs } from "./not-ours.ts";

type Named = { tenantId: string; inboxEventId: string };

/** From a stored event to its effect. Safe to repeat: settling is, and the event is marked only afterwards. */
export async function settleInboxEvent(input: Named): Promise<void> {
  const row = await readEvent(input);
  if (!row || row.state === "settled" || row.state === "ignored" || row.state === "not_ours" || row.state === "refund_case") return;
  // Under the id of the request that brought the event, and in its trace.
  const headers = row.headers as Record<string, unknown>;
  const job = { name: "job settle-inbox-event", kind: "consumer", parent: headers[causeHeaders.trace] ?? null } as const;
  await withRequestId(headers[causeHeaders.requestId], () => inSpan(job, () => settleStored(row)));
}

/** With the payment under its reference, if there is one. Events and payments of one account may stand at two connections. */
type EventRow = InboxEventRow & PaymentPlace;

/** One round trip, by the intake's own role: a statement alone needs no transaction. */
async function readEvent({ tenantId, inboxEventId }: Named): Promise<EventRow | undefined> {
  return systemDb()
    .selectFrom("inbox_event as e")
    .leftJoin("payment as p", (join) => join.onRef("p.tenant_id", "=", "e.tenant_id").onRef("p.reference", "=", "e.reference"))
    .selectAll("e")
    .select(["p.connection_id as payment_connection_id", "p.provider_payment_id", "p.currency"])
    .where("e.tenant_id", "=", tenantId)
    .where("e.id", "=", inboxEventId)
    .executeTakeFirst();
}

async function settleStored(row: EventRow): Promise<void> {
  crashPoint("event read, its charge not asked for");
  const signed = fullySigned(row);
  const asked = signed ? await settleSigned(row, signed) : await askAndSettle(row);
  if (!asked) return mark(row, "ignored");
  crashPoint("charge settled, event not marked");
  const meant = asked.charges.find((charge) => charge.providerChargeId === row.provider_charge_id);
  // What is signed as approved, and what the provider's API does not show under the reference (yet), is not settled by what it does show.
  const isSettled =
    meant !== undefined || (!asked.failure && (row.provider_charge_id === null || signedChargeOf(row)?.state !== "approved"));
  if (asked.matched && isSettled) {
    metrics().settleSeconds.observe((Date.now() - row.received_at.getTime()) / 1000);
    return mark(row, "settled");
  }
  if (asked.failure) throw asked.failure;
  if (!asked.matched && (await isNotOurs(row, { reference: asked.reference, meant }))) return mark(row, "not_ours");
  await keepUnmatched(row, asked);
}

/** A signature that covers everything needs no call: the event itself is the provider's word, about its own connection. */
function fullySigned(row: EventRow): ChargeFact | null {
  if ((row.payment_connection_id ?? row.connection_id) !== row.connection_id) return null;
  if (paymentProvider(row.provider)?.capabilities.signatureCovers !== "all" || row.reference === null) return null;
  const signed = signedChargeOf(row);
  if (!signed || signed.unproven.length > 0 || signed.currency === null) return null;
  const { providerChargeId, state, providerStatus, amountMinor, currency } = signed;
  return { providerChargeId, reference: row.reference, state, providerStatus, amountMinor, currency, method: null, finalizedAt: null };
}

async function settleSigned(row: EventRow, signed: ChargeFact): Promise<AskedNow> {
  const place = { tenantId: row.tenant_id, connectionId: row.connection_id, reference: signed.reference };
  return { reference: signed.reference, ...(await settleFacts(place, [signed])), failure: null };
}

/** `failure`: a part of the answer could not be read; what could be is settled. */
type AskedNow = Asked & { failure: ProviderFailure | null };

/** Null if there is nothing to ask for: neither the event nor the provider names a reference. */
async function askAndSettle(row: EventRow): Promise<AskedNow | null> {
  // The body names one reference, the provider another: what the signature does not cover is asked, not believed.
  const { fact, connectionId, failure } = await lookAtNamed(row);
  // Without any reference it waits under the charge's id.
  const reference = fact?.reference ?? row.reference ?? row.provider_charge_id;
  if (!reference) return null;
  const payment = await placeOfPayment(row, reference);
  const at = payment?.payment_connection_id ?? connectionId;
  const known = { reference, providerPaymentId: payment?.provider_payment_id ?? null, currency: payment?.currency ?? fact?.currency ?? "" };
  const named = at === connectionId ? fact : null;
  const settled = await settleReadable({ tenantId: row.tenant_id, connectionId: at, payment: known, named });
  const asked = { reference, ...settled, failure: settled.failure ?? failure };
  // Another account has a sale under our reference: it is not what the payment's own account shows.
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
