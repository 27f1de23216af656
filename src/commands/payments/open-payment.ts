import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { pageEnd, payingGraceSeconds, paymentsPerCheckoutMax } from "#domain/hold-times.ts";
import { nextPollAt } from "#domain/poll-ladder.ts";
import type { Tx } from "#platform/db.ts";
import { newId, newReference } from "#platform/ids.ts";
import type { PaymentRow } from "#platform/rows.ts";
import { logEvent } from "../log-event.ts";
import { settleWaiting } from "./match-waiting.ts";
import { type Chosen, findPaymentConnection, type PaymentConnection, requirePayable } from "./payment-connection.ts";
import { schedulePoll } from "./schedule-poll.ts";

/** The row of what is paid. Amounts are in minor units. */
export type Payable = { tenant_id: string; id: string; amount_minor: number; currency: string; ends_at: Date };
type Opening = Chosen & { checkout: Payable; now: Date };

/**
 * The one way to a payment, for the first try and for every other. The row is committed before the
 * customer leaves; its polling and expiry are scheduled with it, so a lost webhook or a crash loses
 * nothing. Refuses: provider_not_offered, amount_not_payable, too_many_payments.
 */
export async function openPayment(tx: Tx, { checkout, provider, connectionId, now }: Opening): Promise<PaymentRow> {
  const { tenant_id: tenantId, amount_minor: amountMinor, currency } = checkout;
  const due = { amountMinor, currency, endsAt: checkout.ends_at, now };
  const connection = await findPaymentConnection(tx, { tenantId, provider, connectionId, amountMinor }, due);
  const { pendingHoursMax } = requirePayable(connection.provider, { amountMinor, currency });
  await refuseTooMany(tx, checkout);
  const payment = await insertPayment(tx, { checkout, connection, pendingHoursMax, endsAt: pageEnd({ endsAt: checkout.ends_at, now }) });
  // The customer is paying again, so nothing has failed until this try is declined too.
  await tx
    .updateTable("checkout")
    .set({ payment_status: "pending", updated_at: sql`now()` })
    .where("id", "=", checkout.id)
    .where("payment_status", "=", "failed")
    .execute();
  await schedulePoll(tx, { tenantId, paymentId: payment.id, at: firstPoll(payment, now) });
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
  return nextPollAt({ now, polls: 0, expiresAt: payment.expires_at, payableUntil: payment.payable_until, isPaid: false }) ?? now;
}

export async function refuseTooMany(tx: Tx, checkout: Payable): Promise<void> {
  const { count } = await tx
    .selectFrom("payment")
    .select((columns) => columns.fn.countAll<number>().as("count"))
    .where("checkout_id", "=", checkout.id)
    .executeTakeFirstOrThrow();
  if (count >= paymentsPerCheckoutMax) throw new Refusal("too_many_payments");
}

type Insert = { checkout: Payable; connection: PaymentConnection; pendingHoursMax: number; endsAt: Date; providerPaymentId?: string };

export function insertPayment(tx: Tx, { checkout, connection, pendingHoursMax, endsAt, providerPaymentId }: Insert): Promise<PaymentRow> {
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
      payable_until: new Date(endsAt.getTime() + pendingHoursMax * 3_600_000),
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
 * Ends what nobody has begun to pay, soon after its end. Once there is a payment, its own timer
 * takes this one's place.
 */
export async function scheduleUnbegunEnd(tx: Tx, { tenant_id: tenantId, id: checkoutId, ends_at: endsAt }: Payable): Promise<void> {
  const payload = JSON.stringify({ tenantId, checkoutId });
  await sql`select enqueue_job('expire-checkout', ${payload}::json, job_key := ${`expire-${checkoutId}`},
    run_at := ${endsAt}::timestamptz + make_interval(secs => ${payingGraceSeconds + 1}))`.execute(tx);
}
