import { CompiledQuery } from "kysely";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { hasBeenApproved, hasFailed, isMoneyGone, isMoneyHere } from "#domain/payment-states.ts";
import { decideSettlement } from "#domain/settlement.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { ChargeRow } from "#platform/rows.ts";
import { kindOf } from "../checkouts/kinds.ts";
import { logStep } from "../checkouts/log-step.ts";
import { moveCheckout } from "../checkouts/move-checkout.ts";
import { logEvent, withCause } from "../log-event.ts";
import { openRefundCase } from "../refund-cases/open.ts";
import { type LockedRows, lockForSettlement, type Told } from "./lock-for-settlement.ts";
import { markPaid } from "./mark-paid.ts";
import { movePayment, type Settling } from "./move-payment.ts";
import { recordCharge } from "./record-charge.ts";
import { recordFailure } from "./record-failure.ts";
import { recordReversal } from "./record-reversal.ts";
import { settleTogether } from "./settle-together.ts";
import { type Lost, tellLost } from "./tell-lost.ts";

/**
 * Settles a normal approval in a batch, and anything else in its own transaction: lock checkout and
 * payment → record → decide → write → log the event. Returns false if the reference is unknown.
 */
export async function settleCharge(told: Told): Promise<boolean> {
  if (told.fact.state === "approved" && (await settleTogether({ ...told, cause: withCause({}) }))) return true;
  const { isOurs, lost } = await inTenant(told.tenantId, async (tx) => {
    const locked = await lockForSettlement(tx, told);
    if (!locked) return { isOurs: false, lost: null };
    if (isApprovedWithParts(told.fact, locked)) return { isOurs: true, lost: await settleInTurn(tx, [told, told]) };
    if (!isApprovalUnseen(told.fact, locked)) return { isOurs: true, lost: await settleLocked(tx, { told, locked }) };
    return { isOurs: true, lost: await settleInTurn(tx, [{ ...told, fact: { ...told.fact, state: "approved" } }, told]) };
  });
  tellLost(lost);
  return isOurs;
}

/** Money that is first seen in a dispute or partly back was approved before, unseen. */
function isApprovalUnseen({ state }: ChargeFact, { chargeStatus }: LockedRows): boolean {
  return isMoneyHere(state) && state !== "approved" && (chargeStatus === null || !hasBeenApproved(chargeStatus));
}

/** First what the approval pays for, then what went back of it since. */
function isApprovedWithParts({ state, refunds, disputes }: ChargeFact, { chargeStatus }: LockedRows): boolean {
  const hasParts = (refunds?.length ?? 0) > 0 || (disputes?.length ?? 0) > 0;
  return hasParts && state === "approved" && (chargeStatus === null || !hasBeenApproved(chargeStatus));
}

/** The approval first: it decides what the money is for. Each reads what the one before wrote. */
async function settleInTurn(tx: Tx, facts: Told[]): Promise<Lost | null> {
  let lost: Lost | null = null;
  for (const told of facts) {
    const locked = await lockForSettlement(tx, told);
    if (locked) lost = (await settleLocked(tx, { told, locked })) ?? lost;
  }
  return lost;
}

/** Returns what was paid for in vain, because somebody else has the capacity; else null. */
async function settleLocked(tx: Tx, { told, locked }: { told: Told; locked: LockedRows }): Promise<Lost | null> {
  const { tenantId, connectionId, fact } = told;
  const { charge, isContradiction } = await recordCharge(tx, { tenantId, connectionId, paymentId: locked.payment.id, fact });
  const settling = { tx, ...locked, charge };
  if (isContradiction) await tellContradiction(settling, fact);
  if (charge.status === "approved" && charge.outcome === null) return settleApproved(settling, fact);
  if (hasFailed(charge.status) || isGoneUnseen(charge)) await recordFailure(settling);
  else if (hasBeenApproved(charge.status)) await recordReversal(settling, fact);
  else await movePayment(settling, "pending");
  return null;
}

/** Approved and sent back before anybody saw it: it pays for nothing. */
function isGoneUnseen({ status, outcome }: ChargeRow): boolean {
  return isMoneyGone(status) && outcome === null;
}

/** Nothing is undone by it: a person must look at what the provider says now. */
async function tellContradiction({ tx, checkout, payment, charge }: Settling, fact: ChargeFact): Promise<void> {
  const { state, amountMinor, currency } = fact;
  await logEvent(tx, {
    tenantId: checkout.tenant_id,
    subject: { kind: "checkout", id: checkout.id },
    kind: "payment.facts_differ",
    details: { paymentId: payment.id, chargeId: charge.id, state, amountMinor, currency },
    actor: "provider",
  });
}

async function settleApproved(settling: Settling, fact: ChargeFact): Promise<Lost | null> {
  const { tx, checkout, payment, charge, isLate } = settling;
  const decision = decideSettlement({
    charge: { amountMinor: charge.amount_minor, currency: charge.currency },
    isForeign: fact.foreign !== undefined,
    payment: { amountMinor: payment.amount_minor, currency: payment.currency },
    checkout: { status: checkout.status, paidByThisCharge: checkout.paid_charge_id === charge.id, isLate },
  });
  switch (decision.act) {
    case "nothing":
      return null;
    case "refund":
      await movePayment(settling, "approved");
      await openRefundCase(tx, { charge, checkout, reason: decision.reason, actor: "system" });
      return null;
    case "give_up":
      await giveUp(settling, decision.reason);
      return null;
    case "take_capacity":
      // Uses the living claim. If it has lapsed, claims again first, if the capacity is still free.
      if (await markPaidHere(settling)) return null;
      if (!(await kindOf(checkout).claimAgain(tx, checkout))) {
        await giveUp(settling, "capacity_gone");
        return { checkout, reference: payment.reference };
      }
      await markPaidHere(settling);
      return null;
    default:
      return decision satisfies never;
  }
}

/** Returns false if no claim is alive. */
async function markPaidHere({ tx, checkout, payment, charge, hasCallback }: Settling): Promise<boolean> {
  const fact: ChargeFact = {
    providerChargeId: charge.provider_charge_id,
    reference: charge.reference,
    state: "approved",
    providerStatus: charge.provider_status,
    amountMinor: charge.amount_minor,
    tipMinor: charge.tip_minor,
    currency: charge.currency,
    method: charge.method,
    finalizedAt: charge.approved_at,
  };
  const place = { tenantId: checkout.tenant_id, connectionId: payment.connection_id };
  const { text, values } = markPaid([{ ...place, checkout, payment, fact, hasCallback, cause: withCause({}) }]);
  const { rows } = await tx.executeQuery<{ done: boolean }>(CompiledQuery.raw(text, values));
  return rows[0]?.done ?? false;
}

/**
 * Paid, but what was bought can no longer be had: the checkout ends, and the money goes back, by
 * the system.
 */
async function giveUp(settling: Settling, reason: "capacity_gone" | "late"): Promise<void> {
  const { tx, checkout, charge } = settling;
  await movePayment(settling, "approved");
  await moveCheckout(tx, checkout, "cancelled");
  await kindOf(checkout).letGo(tx, checkout, reason === "late" ? "released" : "expired");
  await logStep(tx, { checkout, step: "cancelled", actor: "system", details: { reason } });
  await openRefundCase(tx, { charge, checkout, reason, actor: "system" });
}
