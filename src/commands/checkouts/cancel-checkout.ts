import { type Actor, actorOf, type Caller } from "#contracts/caller.ts";
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
  await inTenant(input.tenantId, async (tx) => {
    const checkout = await lockCheckout(tx, input.checkoutId);
    if (!checkout) throw new Refusal("checkout_unknown");
    if (!(await cancelIn(tx, { checkout, actor: actorOf(caller), reason: "cancelled" }))) throw new Refusal("checkout_closed");
  });
}

type Cancelled = { checkout: CheckoutRow; actor: Actor; reason: "cancelled" | "reversed" };

/** In the caller's transaction and under its lock. Returns false if it is over already. */
export async function cancelIn(tx: Tx, { checkout, actor, reason }: Cancelled): Promise<boolean> {
  if (!(await moveCheckout(tx, checkout, "cancelled"))) return false;
  // Whoever cancels has also said what becomes of a purchase whose money went back.
  if (checkout.reversal_answer === "open")
    await tx.updateTable("checkout").set({ reversal_answer: "cancel" }).where("id", "=", checkout.id).execute();
  await endOpenPayments(tx, checkout);
  await kindOf(checkout).letGo(tx, checkout, "released");
  const charge = await paidCharge(tx, checkout);
  // Also if it is disputed or partly refunded: the case waits for the banks or a person.
  const isMoneyIn = charge !== null && isMoneyHere(charge.status);
  const facts = { wasPaid: isPaid(checkout.status), hasCallback: await hasCallback(tx) };
  await logStep(tx, { checkout, step: "cancelled", actor, details: { reason }, facts });
  if (isMoneyIn) await openRefundCase(tx, { charge, checkout, reason: "cancelled", actor });
  return true;
}

async function paidCharge(tx: Tx, checkout: CheckoutRow) {
  if (!checkout.paid_charge_id) return null;
  return tx.selectFrom("charge").selectAll().where("id", "=", checkout.paid_charge_id).forUpdate().executeTakeFirstOrThrow();
}
