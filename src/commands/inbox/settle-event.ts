import { sql } from "kysely";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { systemDb } from "#platform/db.ts";
import { metrics } from "#platform/metrics.ts";
import { withRequestId } from "#platform/request-id.ts";
import type { InboxEventRow } from "#platform/rows.ts";
import { inSpan } from "#platform/spans.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { connectedProvider } from "../connections/connected-provider.ts";
import { settle, settleFacts } from "../settlement/settle.ts";
import { causeHeaders } from "./cause-headers.ts";
import { type Asked, keepUnmatched, signedChargeOf, waitForProvider } from "./keep-unmatched.ts";

/** `tries`: how often in a row the provider's API did not answer. */
type Named = { tenantId: string; inboxEventId: string; tries?: number | undefined };

/** Safe to repeat: settling is, and the event is marked afterwards. */
export async function settleInboxEvent(input: Named): Promise<void> {
  const row = await readEvent(input);
  if (!row || row.state === "settled" || row.state === "ignored" || row.state === "refund_case") return;
  // Continues under the id and in the trace of the request that brought the event.
  const headers = row.headers as Record<string, unknown>;
  const job = { name: "job settle-inbox-event", kind: "consumer", parent: headers[causeHeaders.trace] ?? null } as const;
  await withRequestId(headers[causeHeaders.requestId], () => inSpan(job, () => settleOrWait(row, input.tries ?? 0)));
}

async function settleOrWait(row: EventRow, tries: number): Promise<void> {
  try {
    await settleStored(row);
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    await waitForProvider(row, { failure: error, tries });
  }
}

/** With what the provider calls the payment under this reference, if there is one. */
type EventRow = InboxEventRow & { provider_payment_id: string | null; currency: string | null };

/** One round trip as the system role. A single statement needs no transaction. */
async function readEvent({ tenantId, inboxEventId }: Named): Promise<EventRow | undefined> {
  return systemDb()
    .selectFrom("inbox_event as e")
    .leftJoin("payment as p", (join) => join.onRef("p.tenant_id", "=", "e.tenant_id").onRef("p.reference", "=", "e.reference"))
    .selectAll("e")
    .select(["p.provider_payment_id", "p.currency"])
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
  // A signed approval that the API does not show yet is not settled by what the API does show.
  const isShown = row.provider_charge_id === null || asked.charges.some((charge) => charge.providerChargeId === row.provider_charge_id);
  if (asked.matched && (isShown || signedChargeOf(row)?.state !== "approved")) {
    metrics().settleSeconds.observe((Date.now() - row.received_at.getTime()) / 1000);
    return mark(row, "settled");
  }
  await keepUnmatched(row, asked);
}

const placeOf = (row: EventRow) => ({ tenantId: row.tenant_id, connectionId: row.connection_id });

/** If the signature covers everything, the event is the provider's word and no call is needed. */
function fullySigned(row: EventRow): ChargeFact | null {
  if (paymentProvider(row.provider)?.capabilities.signatureCovers !== "all" || row.reference === null) return null;
  const signed = signedChargeOf(row);
  if (!signed || signed.unproven.length > 0 || signed.currency === null) return null;
  const { providerChargeId, state, providerStatus, amountMinor, currency } = signed;
  return { providerChargeId, reference: row.reference, state, providerStatus, amountMinor, currency, method: null, finalizedAt: null };
}

async function settleSigned(row: EventRow, signed: ChargeFact): Promise<Asked> {
  return { reference: signed.reference, ...(await settleFacts({ ...placeOf(row), reference: signed.reference }, [signed])) };
}

/** Returns null if neither the event nor the provider names a reference. */
async function askAndSettle(row: EventRow): Promise<Asked | null> {
  const place = placeOf(row);
  // The signature may not cover the reference in the body, so the provider is asked for it.
  const known = row.provider_charge_id ? await (await connectedProvider(place)).findCharge(row.provider_charge_id) : null;
  // Without any reference the event waits under the charge's id.
  const reference = known?.reference ?? row.reference ?? row.provider_charge_id;
  if (!reference) return null;
  const payment = { reference, providerPaymentId: row.provider_payment_id, currency: row.currency ?? known?.currency ?? "" };
  return { reference, ...(await settle({ ...place, payment })) };
}

async function mark(row: EventRow, state: "settled" | "ignored"): Promise<void> {
  await systemDb()
    .updateTable("inbox_event")
    .set({ state, settled_at: sql`now()` })
    .where("tenant_id", "=", row.tenant_id)
    .where("id", "=", row.id)
    .where("state", "in", ["received", "unmatched"])
    .execute();
}
