import { actorOf, type Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { isPaid } from "#domain/checkout-states.ts";
import { isMoneyHere } from "#domain/payment-states.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { endOpenPayments } from "../payments/end-payments.ts";
import { openRefundCase } from "../refund-cases/open.ts";
import { hasCallback } from "../tenants/has-callback.ts";
import { kindOf } from "./kinds.ts";
import { logStep } from "./log-step.ts";
import { lockCheckout, moveCheckout } from "./move-checkout.ts";

type Cancelling = { caller: Caller; input: { tenantId: string; checkoutId: string } };

/** Frees the capacity and refunds what was paid. Refuses: checkout_unknown, checkout_closed. */
export async function cancelCheckout({ caller, input }: Cancelling): Promise<void> {
  const actor = actorOf(caller);
  await inTenant(input.tenantId, async (tx) => {
    const checkout = await lockCheckout(tx, input.checkoutId);
    if (!checkout) throw new Refusal("checkout_unknown");
    if (!(await moveCheckout(tx, checkout, "cancelled"))) throw new Refusal("checkout_closed");
    await endOpenPayments(tx, checkout);
    await kindOf(checkout).letGo(tx, checkout, "released");
    const facts = { wasPaid: isPaid(checkout.status), hasCallback: await hasCallback(tx) };
    await logStep(tx, { checkout, step: "cancelled", actor, details: { reason: "cancelled" }, facts });
    const charge = await paidCharge(tx, checkout);
    // Also if it is disputed or partly refunded: the case waits for the banks or a person.
    if (charge && isMoneyHere(charge.status)) await openRefundCase(tx, { charge, checkout, reason: "cancelled", actor });
  });
}

async function paidCharge(tx: Tx, checkout: CheckoutRow) {
  if (!checkout.paid_charge_id) return null;
  return tx.selectFrom("charge").selectAll().where("id", "=", checkout.paid_charge_id).forUpdate().executeTakeFirstOrThrow();
}
