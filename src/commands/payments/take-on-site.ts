import { actorOf, type Caller, originOf } from "#contracts/caller.ts";
import type { OnSiteMoney } from "#contracts/desk/on-site.ts";
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
 * the poll that is enqueued here, or sooner by whoever asks after the commit. Refuses:
 * amount_not_payable, too_many_payments.
 */
export async function takeOnSite(tx: Tx, { caller, checkout, taken, now }: Taking): Promise<PaymentRow> {
  const { tenant_id: tenantId, amount_minor: amountMinor, currency } = checkout;
  const { method, reference = null } = taken;
  const connection = await deskConnection(tx, tenantId);
  const { pendingHoursMax } = requirePayable(connection.provider, { amountMinor, currency });
  await refuseTooMany(tx, checkout);
  const payment = await insertPayment(tx, {
    checkout: { ...checkout, ends_at: now },
    connection,
    pendingHoursMax,
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
