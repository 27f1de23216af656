import { CompiledQuery, sql } from "kysely";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { type ChargeState, hasBeenApproved, hasFailed, mayPaymentMove, type PaymentState } from "#domain/payment-states.ts";
import { decideSettlement } from "#domain/settlement.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { claimAgain } from "../claims/claim-again.ts";
import { logEvent, withCause } from "../log-event.ts";
import { openRefundCase } from "../refund-cases/open.ts";
import { markPaid } from "./mark-paid.ts";
import { type LockedForSettle, lockAndRecord } from "./record-charge.ts";
import { recordFailure } from "./record-failure.ts";
import { recordReversal } from "./record-reversal.ts";
import { settleTogether } from "./settle-together.ts";

export type Settling = LockedForSettle & { tx: Tx; tenantId: string };

/**
 * The usual approval is settled together with others of this moment. Everything else in a transaction of its own: lock booking, then payment
 * (always in this order) → record the fact → decide → write → event with its follow-ups.
 * False: the clean-up of unpaid attempts was faster, and nobody here knows the reference any more.
 */
export async function settleCharge(input: { tenantId: string; paymentId: string; fact: ChargeFact }): Promise<boolean> {
  const { tenantId } = input;
  if (input.fact.state === "approved" && (await settleTogether({ ...input, cause: withCause({}) }))) return true;
  return inTenant(tenantId, async (tx) => {
    const locked = await lockAndRecord(tx, input);
    if (!locked) return false;
    const settling = { tx, tenantId, ...locked };
    const state = locked.charge.status as ChargeState;
    if (state === "approved" && locked.charge.outcome === null) await settleApproved(settling);
    else if (hasFailed(state)) await recordFailure(settling);
    else if (hasBeenApproved(state)) await recordReversal(settling);
    else await movePayment(settling, "pending");
    return true;
  });
}

async function settleApproved(settling: Settling): Promise<void> {
  const { tx, tenantId, booking, payment, charge } = settling;
  const decision = decideSettlement({
    charge: { amountMinor: charge.amount_minor, currency: charge.currency },
    payment: { amountMinor: payment.amount_minor, currency: payment.currency },
    booking: {
      status: booking.status as Parameters<typeof decideSettlement>[0]["booking"]["status"],
      paidByThisCharge: booking.paid_charge_id === charge.id,
    },
  });
  switch (decision.act) {
    case "nothing":
      return;
    case "refund":
      await movePayment(settling, "approved");
      await openRefundCase(tx, { tenantId, charge, booking, reason: decision.reason });
      return;
    case "take_slot":
      // The living claim in one round trip; a lapsed one is claimed again first, if the slot is still free.
      if (await markPaidHere(settling)) return;
      if (await claimAgain(tx, booking)) await markPaidHere(settling);
      else await loseSlot(settling);
      return;
    default:
      decision satisfies never;
  }
}

/** False: there is no living claim to make the booking's. */
async function markPaidHere(settling: Settling): Promise<boolean> {
  const { charge } = settling;
  const fact: ChargeFact = {
    providerChargeId: charge.provider_charge_id,
    reference: charge.reference,
    state: "approved",
    providerStatus: charge.provider_status,
    amountMinor: charge.amount_minor,
    currency: charge.currency,
    method: charge.method,
    finalizedAt: charge.approved_at,
  };
  const { text, values } = markPaid([{ ...settling, fact, cause: withCause({}) }]);
  const { rows } = await settling.tx.executeQuery<{ done: boolean }>(CompiledQuery.raw(text, values));
  return rows[0]?.done ?? false;
}

/** Paid, but the slot was resold in time (or somebody paid first): the money goes back, by the system. */
async function loseSlot(settling: Settling): Promise<void> {
  const { tx, tenantId, booking, charge } = settling;
  await movePayment(settling, "approved");
  await tx.updateTable("booking").set({ status: "cancelled", updated_at: sql`now()` }).where("id", "=", booking.id).execute();
  await logEvent(tx, {
    tenantId,
    subject: { kind: "booking", id: booking.id },
    kind: "booking.cancelled",
    details: { reason: "capacity_gone" },
    actor: "system",
  });
  await openRefundCase(tx, { tenantId, charge, booking, reason: "capacity_gone" });
}

/** Moves the payment if its table allows it. Several charges may report in any order; the table keeps it from going backwards. */
export async function movePayment({ tx, payment }: Settling, to: PaymentState): Promise<boolean> {
  if (!mayPaymentMove(payment.status as PaymentState, to)) return false;
  await tx.updateTable("payment").set({ status: to, updated_at: sql`now()` }).where("id", "=", payment.id).execute();
  return true;
}
