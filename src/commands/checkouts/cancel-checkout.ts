import { type Actor, actorOf, type Caller, type Origin, originOf } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { type CheckoutStatus, isPaid } from "#domain/checkout-states.ts";
import { chosenMinor, type RefundChoice, refundSums } from "#domain/desk/refund-choice.ts";
import { isMoneyHere } from "#domain/payment-states.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { ChargeRow, CheckoutRow } from "#platform/rows.ts";
import { endOpenPayments } from "../payments/end-payments.ts";
import { sentBackMinor } from "../refund-cases/charge-rows.ts";
import { openRefundCase } from "../refund-cases/open.ts";
import { hasCallback } from "../tenants/has-callback.ts";
import { kindOf } from "./kinds.ts";
import { logStep } from "./log-step.ts";
import { lockCheckout, moveCheckout } from "./move-checkout.ts";

type Cancelling = {
  caller: Caller;
  input: {
    tenantId: string;
    checkoutId: string;
    /** `full` by default. */
    refund?: RefundChoice;
    /** Kept as a note. */
    reason?: string | undefined;
    /** What was shown before: anything else is refused. */
    seen?: Seen | undefined;
  };
};
type Seen = { status: CheckoutStatus; refundMinor: number };

/**
 * Frees the capacity and sends back what was chosen of what was paid. Refuses: checkout_unknown,
 * already_cancelled, changed_meanwhile, terms_missing, nothing_to_refund, and as its kind does.
 */
export async function cancelCheckout({ caller, input }: Cancelling): Promise<void> {
  const { refund = "full", reason, seen } = input;
  await inTenant(input.tenantId, async (tx) => {
    const checkout = await lockCheckout(tx, input.checkoutId);
    if (!checkout) throw new Refusal("checkout_unknown");
    if (checkout.status === "cancelled") throw new Refusal("already_cancelled");
    if (seen && seen.status !== checkout.status) throw new Refusal("changed_meanwhile");
    await kindOf(checkout).requireCancellable(tx, checkout);
    const actor = actorOf(caller);
    await cancelIn(tx, { checkout, actor, origin: originOf(caller), reason: "cancelled", refund, seenRefundMinor: seen?.refundMinor });
    if (reason) await kindOf(checkout).keepNote(tx, checkout, { text: reason, actor });
  });
}

type Cancelled = {
  checkout: CheckoutRow;
  actor: Actor;
  origin?: Origin | undefined;
  /**
   * `replaced`: the customer began the purchase anew. `refunded`: everything went back before, in
   * parts.
   */
  reason: "cancelled" | "reversed" | "replaced" | "refunded";
  refund?: RefundChoice;
  seenRefundMinor?: number | undefined;
  /** What was paid for it apart, and what of that the caller sends back. The event tells it too. */
  besides?: { besidesPaidMinor: number; besidesRefundMinor: number; besidesBeforeMinor: number };
};

/** In the caller's transaction and under its lock. Returns false if it is over already. */
export async function cancelIn(
  tx: Tx,
  { checkout, actor, origin, reason, refund = "full", seenRefundMinor, besides }: Cancelled,
): Promise<boolean> {
  const wasPaid = isPaid(checkout.status);
  if (!(await moveCheckout(tx, checkout, "cancelled"))) return false;
  // Whoever cancels has also said what becomes of a purchase whose money went back.
  if (checkout.reversal_answer === "open")
    await tx.updateTable("checkout").set({ reversal_answer: "cancel" }).where("id", "=", checkout.id).execute();
  await endOpenPayments(tx, checkout);
  const charge = await paidCharge(tx, checkout);
  const money = await moneyOf(tx, { checkout, charge, refund });
  if (seenRefundMinor !== undefined && seenRefundMinor !== money.refundMinor) throw new Refusal("changed_meanwhile");
  await kindOf(checkout).letGo(tx, checkout, "released");
  const facts = { wasPaid, hasCallback: await hasCallback(tx) };
  await logStep(tx, { checkout, step: "cancelled", actor, origin, details: { reason, ...money, ...besides }, facts });
  if (charge && money.refundMinor > 0)
    await openRefundCase(tx, { charge, checkout, reason: "cancelled", amountMinor: money.refundMinor, actor });
  return true;
}

async function paidCharge(tx: Tx, checkout: CheckoutRow) {
  if (!checkout.paid_charge_id) return null;
  return tx.selectFrom("charge").selectAll().where("id", "=", checkout.paid_charge_id).forUpdate().executeTakeFirstOrThrow();
}

type Paid = { checkout: CheckoutRow; charge: ChargeRow | null; refund: RefundChoice };

/** As the event keeps it, for whoever must be told. What a bank took back counts as not paid. */
async function moneyOf(tx: Tx, { checkout, charge, refund }: Paid) {
  // Also if it is disputed or partly refunded: the case waits for the banks or a person.
  const isHere = charge !== null && isMoneyHere(charge.status);
  const sums = refundSums({
    paidMinor: isHere ? charge.amount_minor : 0,
    isHere,
    sentBackMinor: charge ? await sentBackMinor(tx, charge) : 0,
    termsMinor: refund === "by_terms" ? await kindOf(checkout).backByTerms(tx, checkout) : null,
  });
  const refundMinor = chosenMinor(refund, sums);
  if (refundMinor === null) throw new Refusal(refund === "by_terms" ? "terms_missing" : "nothing_to_refund");
  const { paidMinor, sentBackMinor: beforeMinor } = sums;
  return { refund: typeof refund === "string" ? refund : "amount", paidMinor, refundMinor, beforeMinor, currency: checkout.currency };
}
