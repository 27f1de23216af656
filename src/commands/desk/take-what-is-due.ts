import type { ApiKeyCaller, MemberCaller } from "#contracts/caller.ts";
import type { OnSiteMoney } from "#contracts/desk/on-site.ts";
import { Refusal } from "#contracts/problem.ts";
import { isPaid } from "#domain/checkout-states.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant } from "#platform/db.ts";
import { lockCheckout } from "../checkouts/move-checkout.ts";
import { takeOnSite } from "../payments/take-on-site.ts";
import { pollPayment } from "../settlement/poll-payment.ts";

type Taking = {
  caller: MemberCaller | ApiKeyCaller;
  input: { bookingId: string; taken: OnSiteMoney; expectedMinor: number };
};

/**
 * The customer has paid at the desk what a link asks for. Refuses: checkout_unknown, already_paid,
 * checkout_closed, changed_meanwhile, amount_not_payable, too_many_payments.
 */
export async function takeWhatIsDue({ caller, input: { bookingId, taken, expectedMinor } }: Taking): Promise<void> {
  const { tenantId } = caller;
  const paymentId = await inTenant(tenantId, async (tx) => {
    const checkout = await lockCheckout(tx, bookingId);
    if (checkout?.kind !== "booking") throw new Refusal("checkout_unknown");
    if (isPaid(checkout.status)) throw new Refusal("already_paid");
    const now = new Date(databaseNow());
    if (checkout.status !== "pending" || checkout.ends_at <= now) throw new Refusal("checkout_closed");
    if (checkout.amount_minor !== expectedMinor) throw new Refusal("changed_meanwhile");
    return (await takeOnSite(tx, { caller, checkout, taken, now })).id;
  });
  await pollPayment({ tenantId, paymentId, isExtra: true });
}
