import { sql } from "kysely";
import type { ChargeFact } from "../../domain/payment-provider.ts";
import { crashPoint } from "../../platform/crash-points.ts";
import { inTenant, type Tx } from "../../platform/db.ts";
import { metrics } from "../../platform/metrics.ts";
import { withRequestId } from "../../platform/request-id.ts";
import type { InboxEventRow } from "../../platform/rows.ts";
import { logEvent } from "../log-event.ts";
import { lockReference } from "./match-event.ts";
import { connectedProvider } from "./open-payment.ts";
import { requestIdHeader } from "./receive-webhook.ts";
import { refundUnmatchedIn } from "./refund-unmatched.ts";
import { settle } from "./settle.ts";

/** Minutes that a verified event without a payment waits for its checkout, before an approval becomes a refund case. */
const unmatchedMinutes = 30;
/** Hours between asks about an event of which the provider's API knows nothing. */
const askAgainHours = 6;

type InboxEvent = { tenantId: string; id: string; connectionId: string; reference: string; receivedAt: Date };

/** From a stored event to its effect. Safe to repeat: settling is, and the event is marked only afterwards. */
export async function settleInboxEvent(input: { tenantId: string; inboxEventId: string }): Promise<void> {
  const row = await inTenant(input.tenantId, (tx) =>
    tx.selectFrom("inbox_event").selectAll().where("id", "=", input.inboxEventId).executeTakeFirst(),
  );
  if (!row || row.state === "settled" || row.state === "ignored" || row.state === "refund_case") return;
  // Under the id of the request that brought the event.
  await withRequestId((row.headers as Record<string, unknown>)[requestIdHeader], () => settleStored(row));
}

async function settleStored(row: InboxEventRow): Promise<void> {
  const place = { tenantId: row.tenant_id, connectionId: row.connection_id };
  crashPoint("event read, its charge not asked for");
  // The body names one reference, the provider another: what the signature does not cover is asked, not believed.
  const reference = (row.provider_charge_id ? await referenceOf(place, row.provider_charge_id) : null) ?? row.reference;
  if (!reference) return mark(row.tenant_id, row.id, "ignored");
  const { charges, matched } = await settle({ ...place, reference });
  crashPoint("charge settled, event not marked");
  if (matched) {
    metrics().settleSeconds.observe((Date.now() - row.received_at.getTime()) / 1000);
    return mark(row.tenant_id, row.id, "settled");
  }
  await keepUnmatched({ ...place, id: row.id, reference, receivedAt: row.received_at }, charges);
}

async function referenceOf(place: { tenantId: string; connectionId: string }, providerChargeId: string): Promise<string | null> {
  const charge = await (await connectedProvider(place)).findCharge(providerChargeId);
  return charge?.reference ?? null;
}

async function mark(tenantId: string, id: string, state: "settled" | "ignored"): Promise<void> {
  await inTenant(tenantId, (tx) =>
    tx
      .updateTable("inbox_event")
      .set({ state, settled_at: sql`now()` })
      .where("id", "=", id)
      .where("state", "in", ["received", "unmatched"])
      .execute(),
  );
}

/** Nobody here knows the reference. Wait for its checkout; an approval that still has none after 30 minutes must go back. */
async function keepUnmatched(event: InboxEvent, charges: ChargeFact[]): Promise<void> {
  await inTenant(event.tenantId, async (tx) => {
    await lockReference(tx, event);
    const payment = await tx
      .selectFrom("payment")
      .select("id")
      .where("reference", "=", event.reference)
      .where("connection_id", "=", event.connectionId)
      .executeTakeFirst();
    const waitedMs = Date.now() - event.receivedAt.getTime();
    if (payment) return enqueueSettle(tx, event, new Date());
    if (waitedMs < unmatchedMinutes * 60_000) {
      const moved = await tx
        .updateTable("inbox_event")
        .set({ state: "unmatched", reference: event.reference })
        .where("id", "=", event.id)
        .where("state", "=", "received")
        .executeTakeFirst();
      if (moved.numUpdatedRows) {
        const subject = { kind: "inbox_event", id: event.id } as const;
        await logEvent(tx, {
          tenantId: event.tenantId,
          subject,
          kind: "inbox_event.unmatched",
          details: { reference: event.reference },
          actor: "provider",
        });
      }
      return enqueueSettle(tx, event, new Date(event.receivedAt.getTime() + unmatchedMinutes * 60_000 + 1000));
    }
    // Signed by the provider, and yet its API knows nothing of it: never dropped. It is asked again, and the doctor names it until it is clear.
    if (charges.length === 0) return enqueueSettle(tx, event, new Date(Date.now() + askAgainHours * 3_600_000));
    const hasMoney = await refundUnmatchedIn(tx, { ...event, charges });
    await tx
      .updateTable("inbox_event")
      .set({ state: hasMoney ? "refund_case" : "ignored", settled_at: sql`now()` })
      .where("id", "=", event.id)
      .execute();
  });
}

async function enqueueSettle(tx: Tx, event: InboxEvent, at: Date): Promise<void> {
  const payload = JSON.stringify({ tenantId: event.tenantId, inboxEventId: event.id });
  await sql`select enqueue_job('settle-inbox-event', ${payload}::json, run_at := ${at}, job_key := ${`inbox-${event.id}`})`.execute(tx);
}
