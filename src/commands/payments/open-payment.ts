import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { graceSecondsOf, pageEnd, pageEndAtProvider, payingGraceSeconds, paymentsPerCheckoutMax } from "#domain/hold-times.ts";
import type { PaymentCapabilities } from "#domain/payment-provider.ts";
import { nextPollAt } from "#domain/poll-ladder.ts";
import { databaseNow } from "#platform/connection-check.ts";
import type { Tx } from "#platform/db.ts";
import { newId, newReference } from "#platform/ids.ts";
import type { PaymentRow } from "#platform/rows.ts";
import { eventAsJson, type LoggedEvent, logEvent } from "../log-event.ts";
import { wantPagesClosed } from "./close-page.ts";
import { settleWaiting } from "./match-waiting.ts";
import { type Chosen, findPaymentConnection, type PaymentConnection, requirePayable } from "./payment-connection.ts";
import { requireDocument } from "./require-document.ts";
import { schedulePoll } from "./schedule-poll.ts";

/** The row of what is paid. Amounts are in minor units. */
export type Payable = { tenant_id: string; id: string; amount_minor: number; currency: string; ends_at: Date };
/**
 * `hasDocument`: the customer gave one, for a provider that asks for it. `begins`: the event of a
 * checkout that was made in this transaction, so that it has no other payment. It is written here.
 */
type Opening = Chosen & { checkout: Payable; hasDocument?: boolean; begins?: LoggedEvent; now: Date };

/**
 * The one way to a payment, for the first try and for every other. The row is committed before the
 * customer leaves; its polling and expiry are scheduled with it, so a lost webhook or a crash loses
 * nothing. Refuses: provider_not_offered, amount_not_payable, document_required, too_many_payments.
 */
export async function openPayment(
  tx: Tx,
  { checkout, provider, connectionId, hasDocument = false, begins, now }: Opening,
): Promise<PaymentRow> {
  const { tenant_id: tenantId, amount_minor: amountMinor, currency } = checkout;
  const due = { amountMinor, currency, endsAt: checkout.ends_at, now };
  const connection = await findPaymentConnection(tx, { tenantId, provider, connectionId, amountMinor }, due);
  const capabilities = requirePayable(connection.provider, { amountMinor, currency });
  requireDocument(connection.provider, hasDocument);
  const insert = { checkout, connection, capabilities, endsAt: pageEnd({ endsAt: checkout.ends_at, now }) };
  if (begins) return insertFirst(tx, { insert, begins, now });
  await refuseTooMany(tx, checkout);
  // One page at a time: money that comes by an older one all the same is sent back.
  await wantPagesClosed(tx, { tenantId, checkoutId: checkout.id });
  const payment = await insertPayment(tx, insert);
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
  await logEvent(tx, startedEvent(payment));
  return payment;
}

function startedEvent({ tenant_id: tenantId, checkout_id: checkoutId, id, provider, reference }: Started): LoggedEvent {
  const details = { paymentId: id, provider, reference };
  return { tenantId, subject: { kind: "checkout", id: checkoutId }, kind: "payment.started", details, actor: "customer" };
}
type Started = Pick<PaymentRow, "tenant_id" | "checkout_id" | "id" | "provider" | "reference">;

/** The same in one statement, where no other payment can be in the way. */
async function insertFirst(tx: Tx, { insert, begins, now }: { insert: Insert; begins: LoggedEvent; now: Date }): Promise<PaymentRow> {
  const row = paymentRow(insert);
  const pollAt = row.can_be_asked ? firstPoll(row, now) : null;
  const events = [begins, startedEvent(row)].map(eventAsJson);
  const { rows } = await sql<PaymentRow>`
    select * from insert_first_payment(${JSON.stringify(row)}::jsonb, ${pollAt}, ${insert.checkout.ends_at}, ${JSON.stringify(events)}::jsonb)`.execute(
    tx,
  );
  const [payment] = rows;
  if (!payment) throw new Error("the payment was not made");
  return payment;
}

/** A free checkout is paid at once. Otherwise the customer needs a moment. */
function firstPoll(payment: Pick<PaymentRow, "amount_minor" | "expires_at" | "grace_seconds" | "payable_until">, now: Date): Date {
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

export function insertPayment(tx: Tx, insert: Insert): Promise<PaymentRow> {
  return tx
    .insertInto("payment")
    .values({ ...paymentRow(insert), provider_payment_id: insert.providerPaymentId ?? null })
    .returningAll()
    .executeTakeFirstOrThrow();
}

function paymentRow({ checkout, connection, capabilities, endsAt }: Insert) {
  const { pageMinutesMin, pendingHoursMax } = capabilities;
  // The row's own time, which the provider is told the page's end by, is the database's.
  const pageEndsAt = pageEndAtProvider({ expiresAt: endsAt, createdAt: new Date(databaseNow()), pageMinutesMin });
  return {
    tenant_id: checkout.tenant_id,
    id: newId(),
    checkout_id: checkout.id,
    connection_id: connection.id,
    provider: connection.provider,
    reference: newReference(),
    amount_minor: checkout.amount_minor,
    currency: checkout.currency,
    expires_at: endsAt,
    payable_until: new Date(pageEndsAt.getTime() + pendingHoursMax * 3_600_000),
    can_be_asked: capabilities.lookup !== "none",
    grace_seconds: graceSecondsOf(capabilities),
  };
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
