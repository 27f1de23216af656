import { sql } from "kysely";
import type { ChargeFact, SignedCharge } from "#domain/payment-provider.ts";
import type { ProviderFailure } from "#domain/provider-failure.ts";
import {
  askAgainDaysMax,
  askAgainHours,
  decideUnmatched,
  silentHoursMax,
  takeUpAgainSeconds,
  unmatchedMinutes,
} from "#domain/unmatched.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { logger } from "#platform/logger.ts";
import type { InboxEventRow } from "#platform/rows.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { logEvent } from "../log-event.ts";
import { lockReference } from "../payments/match-waiting.ts";
import { refundSignedIn, refundUnmatchedIn } from "../refund-cases/refund-unmatched.ts";
import { keepClaim } from "../settlement/keep-claim.ts";
import { countSilence, recordSilence } from "../settlement/record-silence.ts";
import { isForeignReference } from "./not-ours.ts";

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
      .select(["id", "checkout_id"])
      .where("reference", "=", asked.reference)
      .where("connection_id", "=", row.connection_id)
      .executeTakeFirst();
    if (payment && !asked.matched) return settleAgain(tx, row, new Date(databaseNow()));
    if (isOlderThan(row, unmatchedMinutes)) return endWaiting(tx, row, asked);
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
    if (payment && row.is_approval) await keepClaim(tx, { checkoutId: payment.checkout_id, minutes: unmatchedMinutes + lateMinutes });
    return settleAgain(tx, row, new Date(row.received_at.getTime() + unmatchedMinutes * 60_000 + 1000));
  });
}

/**
 * The provider's API did not answer: the event is retried ever more rarely. A proven approval keeps
 * its slot meanwhile. After three days the event ends by what its signature proves.
 */
export async function waitForProvider(row: InboxEventRow, { failure, tries }: { failure: ProviderFailure; tries: number }): Promise<void> {
  const { tenant_id: tenantId, reference } = row;
  countSilence(failure);
  const known = reference ?? row.provider_charge_id;
  let tell = (): void => {};
  await inTenant(tenantId, async (tx) => {
    if (known !== null) await lockReference(tx, { tenantId, reference: known });
    const payment =
      reference === null
        ? undefined
        : await tx
            .selectFrom("payment")
            .select(["id", "checkout_id", "can_be_asked"])
            .where("reference", "=", reference)
            .executeTakeFirst();
    if (payment?.can_be_asked) tell = await recordSilence(tx, { tenantId, paymentId: payment.id, failure });
    else if (!payment && tries === 0)
      tell = () => logger().warn({ tenantId, inboxEventId: row.id, message: failure.message }, "no answer about a webhook's charge");
    if (known !== null && isOlderThan(row, silentHoursMax * 60))
      return endWaiting(tx, row, { reference: known, charges: [], matched: payment !== undefined });
    const seconds = takeUpAgainSeconds(tries);
    if (payment && row.is_approval)
      await keepClaim(tx, { checkoutId: payment.checkout_id, minutes: Math.ceil(seconds / 60) + lateMinutes });
    await settleAgain(tx, row, new Date(databaseNow() + seconds * 1000), tries + 1);
  });
  tell();
}

/** A job may wait so long for its turn. */
const lateMinutes = 10;

const isOlderThan = (row: InboxEventRow, minutes: number): boolean => databaseNow() - row.received_at.getTime() >= minutes * 60_000;

/** Money that the API shows is refunded. One that only the event shows goes to a person. */
async function endWaiting(tx: Tx, row: InboxEventRow, { charges, matched, reference }: Asked): Promise<void> {
  const place = { tenantId: row.tenant_id, connectionId: row.connection_id };
  const signed = signedChargeOf(row);
  const isMeant = (charge: ChargeFact) => row.provider_charge_id === null || charge.providerChargeId === row.provider_charge_id;
  const known = charges.find(isMeant)?.state ?? null;
  const end = decideUnmatched({ signed: signed?.state ?? null, known });
  if (end === "ignore" && signed?.state === "approved") await tellContradiction(tx, row, known);
  if (!matched && isForeignReference(row, reference)) return endAs(tx, row, end === "ignore" ? "ignored" : "not_ours");
  // What the API shows under a reference of ours is already settled.
  let hasMoney = matched ? false : await refundUnmatchedIn(tx, { ...place, charges });
  if (end === "refund_signed" && signed) {
    await refundSignedIn(tx, { ...place, provider: row.provider, reference, signed });
    hasMoney = true;
  }
  // Signed, but neither the event nor the API shows a charge: kept for a month, and listed by the
  // doctor.
  if (end === "ask_again" && !hasMoney && !isOlderThan(row, askAgainDaysMax * 1440))
    return settleAgain(tx, row, new Date(databaseNow() + askAgainHours * 3_600_000));
  await endAs(tx, row, hasMoney ? "refund_case" : "ignored");
}

async function endAs(tx: Tx, row: InboxEventRow, state: "refund_case" | "ignored" | "not_ours"): Promise<void> {
  await tx.updateTable("inbox_event").set({ state, settled_at: sql`now()` }).where("id", "=", row.id).execute();
}

/** Proven in test mode, for a connection that takes real money now. */
export async function ignorePlayMoney(row: InboxEventRow): Promise<void> {
  await inTenant(row.tenant_id, async (tx) => {
    if (row.is_approval) await tellContradiction(tx, row, "test_mode");
    await endAs(tx, row, "ignored");
  });
}

/** No approval is ignored without a word. */
async function tellContradiction(tx: Tx, { tenant_id: tenantId, id }: InboxEventRow, known: string | null): Promise<void> {
  const subject = { kind: "inbox_event", id } as const;
  await logEvent(tx, { tenantId, subject, kind: "inbox_event.contradicted", details: { known }, actor: "provider" });
}

async function settleAgain(tx: Tx, row: InboxEventRow, at: Date, tries = 0): Promise<void> {
  const payload = JSON.stringify({ tenantId: row.tenant_id, inboxEventId: row.id, tries });
  await sql`select enqueue_job('settle-inbox-event', ${payload}::json, run_at := ${at}, job_key := ${`inbox-${row.id}`})`.execute(tx);
}
