import { sql } from "kysely";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { askAgainHours, decideUnmatched, unmatchedMinutes } from "#domain/unmatched.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { metrics } from "#platform/metrics.ts";
import { withRequestId } from "#platform/request-id.ts";
import type { InboxEventRow } from "#platform/rows.ts";
import { inSpan } from "#platform/spans.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { logEvent } from "../log-event.ts";
import { connectedProvider } from "../payments/open-payment.ts";
import { settle } from "../settlement/settle.ts";
import { lockReference } from "./match-event.ts";
import { requestIdHeader, traceHeader } from "./receive-webhook.ts";
import { refundSignedIn, refundUnmatchedIn } from "./refund-unmatched.ts";

type InboxEvent = { tenantId: string; id: string; connectionId: string; reference: string; receivedAt: Date };

/** From a stored event to its effect. Safe to repeat: settling is, and the event is marked only afterwards. */
export async function settleInboxEvent(input: { tenantId: string; inboxEventId: string }): Promise<void> {
  const row = await inTenant(input.tenantId, (tx) =>
    tx.selectFrom("inbox_event").selectAll().where("id", "=", input.inboxEventId).executeTakeFirst(),
  );
  if (!row || row.state === "settled" || row.state === "ignored" || row.state === "refund_case") return;
  // Under the id of the request that brought the event, and in its trace.
  const headers = row.headers as Record<string, unknown>;
  const job = { name: "job settle-inbox-event", kind: "consumer", parent: headers[traceHeader] ?? null } as const;
  await withRequestId(headers[requestIdHeader], () => inSpan(job, () => settleStored(row)));
}

async function settleStored(row: InboxEventRow): Promise<void> {
  const place = { tenantId: row.tenant_id, connectionId: row.connection_id };
  crashPoint("event read, its charge not asked for");
  // The body names one reference, the provider another: what the signature does not cover is asked, not believed.
  const known = row.provider_charge_id ? await (await connectedProvider(place)).findCharge(row.provider_charge_id) : null;
  // Without any reference it waits under the charge's id.
  const reference = known?.reference ?? row.reference ?? row.provider_charge_id;
  if (!reference) return mark(row.tenant_id, row.id, "ignored");
  const { charges, matched } = await settle({ ...place, reference });
  crashPoint("charge settled, event not marked");
  // What is signed as approved, and what the provider's API does not show under the reference (yet), is not settled by what it does show.
  const isShown = row.provider_charge_id === null || charges.some((charge) => charge.providerChargeId === row.provider_charge_id);
  if (matched && (isShown || signedChargeOf(row)?.state !== "approved")) {
    metrics().settleSeconds.observe((Date.now() - row.received_at.getTime()) / 1000);
    return mark(row.tenant_id, row.id, "settled");
  }
  await keepUnmatched(row, { ...place, id: row.id, reference, receivedAt: row.received_at }, { charges, matched });
}

const signedChargeOf = (row: InboxEventRow) => paymentProvider(row.provider)?.signedCharge(row.body) ?? null;

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

/** What the provider's API says under the event's reference, and whether a payment of ours has it. */
type Asked = { charges: ChargeFact[]; matched: boolean };

/**
 * Nobody here knows the reference, or the provider's API does not show the approval. Wait for the checkout, or for the API (the polls ask it,
 * too); an approval that still has neither after 30 minutes must go back.
 */
async function keepUnmatched(row: InboxEventRow, event: InboxEvent, asked: Asked): Promise<void> {
  await inTenant(event.tenantId, async (tx) => {
    await lockReference(tx, event);
    const payment = await tx
      .selectFrom("payment")
      .select("id")
      .where("reference", "=", event.reference)
      .where("connection_id", "=", event.connectionId)
      .executeTakeFirst();
    const waitedMs = Date.now() - event.receivedAt.getTime();
    if (payment && !asked.matched) return enqueueSettle(tx, event, new Date());
    if (waitedMs >= unmatchedMinutes * 60_000) return endWaiting(tx, { row, event, asked });
    const moved = await tx
      .updateTable("inbox_event")
      .set({ state: "unmatched", reference: event.reference })
      .where("id", "=", event.id)
      .where("state", "=", "received")
      .executeTakeFirst();
    if (moved.numUpdatedRows) {
      const subject = { kind: "inbox_event", id: event.id } as const;
      const details = { reference: event.reference };
      await logEvent(tx, { tenantId: event.tenantId, subject, kind: "inbox_event.unmatched", details, actor: "provider" });
    }
    return enqueueSettle(tx, event, new Date(event.receivedAt.getTime() + unmatchedMinutes * 60_000 + 1000));
  });
}

/** Nothing came. Money that the provider's API tells of goes back; an approval that only the event tells of goes to a person. */
async function endWaiting(tx: Tx, { row, event, asked }: { row: InboxEventRow; event: InboxEvent; asked: Asked }): Promise<void> {
  const { charges, matched } = asked;
  const signed = signedChargeOf(row);
  const isMeant = (charge: ChargeFact) => row.provider_charge_id === null || charge.providerChargeId === row.provider_charge_id;
  const known = charges.find(isMeant) ?? null;
  const end = decideUnmatched({ signed: signed?.state ?? null, known: known?.state ?? null });
  // What the API shows under a reference of ours has been settled.
  let hasMoney = matched ? false : await refundUnmatchedIn(tx, { ...event, charges });
  if (end === "refund_signed" && signed) {
    await refundSignedIn(tx, { ...event, provider: row.provider, signed });
    hasMoney = true;
  }
  // Signed by the provider, and yet neither it nor its API tells anything: never dropped, and the doctor names it until it is clear.
  if (end === "ask_again" && !hasMoney) return enqueueSettle(tx, event, new Date(Date.now() + askAgainHours * 3_600_000));
  await tx
    .updateTable("inbox_event")
    .set({ state: hasMoney ? "refund_case" : "ignored", settled_at: sql`now()` })
    .where("id", "=", event.id)
    .execute();
}

async function enqueueSettle(tx: Tx, event: InboxEvent, at: Date): Promise<void> {
  const payload = JSON.stringify({ tenantId: event.tenantId, inboxEventId: event.id });
  await sql`select enqueue_job('settle-inbox-event', ${payload}::json, run_at := ${at}, job_key := ${`inbox-${event.id}`})`.execute(tx);
}
