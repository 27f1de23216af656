import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { graceSecondsOf, pageEnd, pageEndAtProvider, payingGraceSeconds, paymentsPerCheckoutMax } from "#domain/hold-times.ts";
import type { PaymentCapabilities } from "#domain/payment-provider.ts";
import { nextPollAt } from "#domain/poll-ladder.ts";
import { databaseNow } from "#platform/connection-check.ts";
import type { Tx } from "#platform/db.ts";
import { newId, newReference } from "#platform/ids.ts";
import type { PaymentRow } from "#platform/rows.ts";
import { logEvent } from "../log-event.ts";
import { wantPagesClosed } from "./close-page.ts";
import { settleWaiting } from "./match-waiting.ts";
import { findPaymentConnection, type PaymentConnection, requirePayable } from "./payment-connection.ts";
import { requireDocument } from "./require-document.ts";
import { schedulePoll } from "./schedule-poll.ts";

/** The row of what is paid. Amounts are in minor units. */
export type Payable = { tenant_id: string; id: string; amount_minor: number; currency: string; ends_at: Date };
/** `hasDocument`: the customer gave one, for a provider that asks for it. */
type Opening = { checkout: Payable; provider: string | undefined; hasDocument?: boolean; now: Date };

/**
 * The one way to a payment, for the first try and for every other. The row is committed before the
 * customer leaves; its polling and expiry are scheduled with it, so a lost webhook or a crash loses
 * nothing. Refuses: provider_not_offered, amount_not_payable, document_required, too_many_payments.
 */
export async function openPayment(tx: Tx, { checkout, provider, hasDocument = false, now }: Opening): Promise<PaymentRow> {
  const { tenant_id: tenantId, amount_minor: amountMinor, currency } = checkout;
  const connection = await findPaymentConnection(tx, { tenantId, provider, amountMinor });
  const capabilities = requirePayable(connection.provider, { amountMinor, currency });
  requireDocument(connection.provider, hasDocument);
  await refuseTooMany(tx, checkout);
  // One page at a time: money that comes by an older one all the same is sent back.
  await wantPagesClosed(tx, { tenantId, checkoutId: checkout.id });
  const payment = await insertPayment(tx, { checkout, connection, capabilities, endsAt: pageEnd({ endsAt: checkout.ends_at, now }) });
  // The customer is paying again, so nothing has failed until this try is declined too.
  await tx
    .updateTable("checkout")
    .set({ payment_status: "pending", updated_at: sql`now()` })
    .where("id", "=", checkout.id)
    .where("payment_status", "=", "failed")
    .execute();
  if (payment.can_be_asked) await schedulePoll(tx, { tenantId, paymentId: payment.id, at: firstPoll(payment, now) });
  await scheduleExpiry(tx, checkout);
  await settleWaiting(tx, { tenantId, reference: payment.reference });
  await logEvent(tx, {
    tenantId,
    subject: { kind: "checkout", id: checkout.id },
    kind: "payment.started",
    details: { paymentId: payment.id, provider: connection.provider, reference: payment.reference },
    actor: "customer",
  });
  return payment;
}

/** A free checkout is paid at once. Otherwise the customer needs a moment. */
function firstPoll(payment: PaymentRow, now: Date): Date {
  if (payment.amount_minor === 0) return now;
  const { expires_at: expiresAt, grace_seconds: graceSeconds, payable_until: payableUntil } = payment;
  return nextPollAt({ now, polls: 0, expiresAt, graceSeconds, payableUntil, isPaid: false }) ?? now;
}

export async function refuseTooMany(tx: Tx, checkout: Payable): Promise<void> {
  const { count } = await tx
    .selectFrom("payment")
    .select((columns) => columns.fn.countAll<number>().as("count"))
    .where("checkout_id", "=", checkout.id)
    .executeTakeFirstOrThrow();
  if (count >= paymentsPerCheckoutMax) throw new Refusal("too_many_payments");
}

type Insert = {
  checkout: Payable;
  connection: PaymentConnection;
  capabilities: PaymentCapabilities;
  endsAt: Date;
  providerPaymentId?: string;
};

export function insertPayment(tx: Tx, { checkout, connection, capabilities, endsAt, providerPaymentId }: Insert): Promise<PaymentRow> {
  const { pageMinutesMin, pendingHoursMax } = capabilities;
  // The row's own time, which the provider is told the page's end by, is the database's.
  const pageEndsAt = pageEndAtProvider({ expiresAt: endsAt, createdAt: new Date(databaseNow()), pageMinutesMin });
  return tx
    .insertInto("payment")
    .values({
      tenant_id: checkout.tenant_id,
      id: newId(),
      checkout_id: checkout.id,
      connection_id: connection.id,
      provider: connection.provider,
      reference: newReference(),
      provider_payment_id: providerPaymentId ?? null,
      amount_minor: checkout.amount_minor,
      currency: checkout.currency,
      expires_at: endsAt,
      payable_until: new Date(pageEndsAt.getTime() + pendingHoursMax * 3_600_000),
      can_be_asked: capabilities.lookup !== "none",
      grace_seconds: graceSecondsOf(capabilities),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** A timer for the end of the claim without an answer. Time alone frees the slot then. */
async function scheduleExpiry(tx: Tx, checkout: Payable): Promise<void> {
  const payload = JSON.stringify({ tenantId: checkout.tenant_id, checkoutId: checkout.id });
  await sql`select enqueue_job('expire-checkout', ${payload}::json, job_key := ${`expire-${checkout.id}`},
    run_at := ${checkout.ends_at}::timestamptz + make_interval(mins => answer_wait_minutes, secs => 1))
    from tenant where tenant_id = ${checkout.tenant_id}`.execute(tx);
}

/**
 * Ends what its provider has told the end of, which cannot be asked: soon after the customer's end,
 * or at once. Beside the timer for the end without an answer.
 */
export async function scheduleEndAfterWord(tx: Tx, { tenant_id: tenantId, id: checkoutId, ends_at: endsAt }: Payable): Promise<void> {
  const payload = JSON.stringify({ tenantId, checkoutId });
  await sql`select enqueue_job('expire-checkout', ${payload}::json, job_key := ${`end-${checkoutId}`},
    run_at := greatest(now(), ${endsAt}::timestamptz + make_interval(secs => ${payingGraceSeconds + 1})))`.execute(tx);
}

/**
 * Ends what nobody has begun to pay, soon after its end. Once there is a payment, its own timer
 * takes this one's place.
 */
export async function scheduleUnbegunEnd(tx: Tx, { tenant_id: tenantId, id: checkoutId, ends_at: endsAt }: Payable): Promise<void> {
  const payload = JSON.stringify({ tenantId, checkoutId });
  await sql`select enqueue_job('expire-checkout', ${payload}::json, job_key := ${`expire-${checkoutId}`},
    run_at := ${endsAt}::timestamptz + make_interval(secs => ${payingGraceSeconds + 1}))`.execute(tx);
}
