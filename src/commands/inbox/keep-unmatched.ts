import { sql } from "kysely";
import type { ChargeFact, SignedCharge } from "#domain/payment-provider.ts";
import { askAgainHours, decideUnmatched, unmatchedMinutes } from "#domain/unmatched.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { InboxEventRow } from "#platform/rows.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { logEvent } from "../log-event.ts";
import { lockReference } from "../payments/match-waiting.ts";
import { refundSignedIn, refundUnmatchedIn } from "../refund-cases/refund-unmatched.ts";

/** What the provider's API says. `matched`: a payment of ours has the reference. */
export type Asked = { reference: string; charges: ChargeFact[]; matched: boolean };

export function signedChargeOf(row: InboxEventRow): SignedCharge | null {
  return paymentProvider(row.provider)?.signedCharge(row.body) ?? null;
}

/**
 * For an event whose reference is unknown, or whose approval the API does not show. It waits for
 * the checkout or for the API. After 30 minutes an approval goes back.
 */
export async function keepUnmatched(row: InboxEventRow, asked: Asked): Promise<void> {
  const { tenant_id: tenantId, id } = row;
  await inTenant(tenantId, async (tx) => {
    await lockReference(tx, { tenantId, reference: asked.reference });
    const payment = await tx
      .selectFrom("payment")
      .select("id")
      .where("reference", "=", asked.reference)
      .where("connection_id", "=", row.connection_id)
      .executeTakeFirst();
    if (payment && !asked.matched) return settleAgain(tx, row, new Date());
    if (Date.now() - row.received_at.getTime() >= unmatchedMinutes * 60_000) return endWaiting(tx, row, asked);
    const moved = await tx
      .updateTable("inbox_event")
      .set({ state: "unmatched", reference: asked.reference })
      .where("id", "=", id)
      .where("state", "=", "received")
      .executeTakeFirst();
    if (moved.numUpdatedRows) {
      const details = { reference: asked.reference };
      await logEvent(tx, { tenantId, subject: { kind: "inbox_event", id }, kind: "inbox_event.unmatched", details, actor: "provider" });
    }
    return settleAgain(tx, row, new Date(row.received_at.getTime() + unmatchedMinutes * 60_000 + 1000));
  });
}

/** Money that the API shows is refunded. One that only the event shows goes to a person. */
async function endWaiting(tx: Tx, row: InboxEventRow, { charges, matched, reference }: Asked): Promise<void> {
  const place = { tenantId: row.tenant_id, connectionId: row.connection_id };
  const signed = signedChargeOf(row);
  const isMeant = (charge: ChargeFact) => row.provider_charge_id === null || charge.providerChargeId === row.provider_charge_id;
  const end = decideUnmatched({ signed: signed?.state ?? null, known: charges.find(isMeant)?.state ?? null });
  // What the API shows under a reference of ours is already settled.
  let hasMoney = matched ? false : await refundUnmatchedIn(tx, { ...place, charges });
  if (end === "refund_signed" && signed) {
    await refundSignedIn(tx, { ...place, provider: row.provider, reference, signed });
    hasMoney = true;
  }
  // Signed, but neither the event nor the API shows a charge: kept, and listed by the doctor.
  if (end === "ask_again" && !hasMoney) return settleAgain(tx, row, new Date(Date.now() + askAgainHours * 3_600_000));
  await tx
    .updateTable("inbox_event")
    .set({ state: hasMoney ? "refund_case" : "ignored", settled_at: sql`now()` })
    .where("id", "=", row.id)
    .execute();
}

async function settleAgain(tx: Tx, row: InboxEventRow, at: Date): Promise<void> {
  const payload = JSON.stringify({ tenantId: row.tenant_id, inboxEventId: row.id });
  await sql`select enqueue_job('settle-inbox-event', ${payload}::json, run_at := ${at}, job_key := ${`inbox-${row.id}`})`.execute(tx);
}
