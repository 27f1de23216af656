import { actorOf, type Caller, originOf } from "#contracts/caller.ts";
import type { OnSiteMoney } from "#contracts/desk/on-site.ts";
import { Refusal } from "#contracts/problem.ts";
import { openStates } from "#domain/payment-states.ts";
import type { Tx } from "#platform/db.ts";
import type { PaymentRow } from "#platform/rows.ts";
import { onSitePaymentId } from "#providers/payments/registry.ts";
import { logEvent } from "../log-event.ts";
import { insertPayment, type Payable, refuseTooMany } from "./open-payment.ts";
import { deskConnection, requirePayable } from "./payment-connection.ts";
import { schedulePoll } from "./schedule-poll.ts";

type Taking = { caller: Caller; checkout: Payable; taken: OnSiteMoney; now: Date };

/**
 * Records that the reception has taken what is due. The payment is settled like every other: by
 * the poll that is enqueued here, or sooner by whoever asks after the commit. The caller holds the
 * checkout's lock. Refuses: already_paid, amount_not_payable, too_many_payments.
 */
export async function takeOnSite(tx: Tx, { caller, checkout, taken, now }: Taking): Promise<PaymentRow> {
  const { tenant_id: tenantId, amount_minor: amountMinor, currency } = checkout;
  const { method, reference = null } = taken;
  const connection = await deskConnection(tx, tenantId);
  const capabilities = requirePayable(connection.provider, { amountMinor, currency });
  await refuseTwice(tx, checkout);
  await refuseTooMany(tx, checkout);
  const payment = await insertPayment(tx, {
    checkout,
    connection,
    capabilities,
    endsAt: now,
    providerPaymentId: onSitePaymentId({ method, amountMinor }),
  });
  const actor = actorOf(caller);
  await tx
    .insertInto("on_site_receipt")
    .values({ tenant_id: tenantId, payment_id: payment.id, method, reference, taken_by: actor })
    .execute();
  await schedulePoll(tx, { tenantId, paymentId: payment.id, at: now });
  await logEvent(tx, {
    tenantId,
    subject: { kind: "checkout", id: checkout.id },
    kind: "payment.started",
    details: { paymentId: payment.id, provider: connection.provider, reference: payment.reference, method },
    actor,
    origin: originOf(caller),
  });
  return payment;
}

/** Somebody has just taken it: the money was handed over once. */
async function refuseTwice(tx: Tx, checkout: Payable): Promise<void> {
  const taken = await tx
    .selectFrom("payment as p")
    .innerJoin("on_site_receipt as r", (join) => join.onRef("r.tenant_id", "=", "p.tenant_id").onRef("r.payment_id", "=", "p.id"))
    .select("p.id")
    .where("p.checkout_id", "=", checkout.id)
    .where("p.status", "in", openStates)
    .executeTakeFirst();
  if (taken) throw new Refusal("already_paid");
}
