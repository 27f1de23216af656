import { sql } from "kysely";
import type { ChargeFact } from "../../domain/payment-provider.ts";
import { type ChargeState, hasBeenApproved, hasFailed, mayPaymentMove, type PaymentState } from "../../domain/payment-states.ts";
import { decideSettlement } from "../../domain/settlement.ts";
import { inTenant, type Tx } from "../../platform/db.ts";
import { claimAgain } from "../bookings/claim-again.ts";
import { followUpsAsJson, logEvent, withCause } from "../log-event.ts";
import { openRefundCase } from "../refund-cases/open.ts";
import { type LockedForSettle, lockAndRecord } from "./record-charge.ts";
import { recordFailure } from "./record-failure.ts";
import { recordReversal } from "./record-reversal.ts";

export type Settling = LockedForSettle & { tx: Tx; tenantId: string };

/**
 * One transaction: lock booking, then payment (always in this order) → record the fact → decide → write → event with its follow-ups.
 * False: the clean-up of unpaid attempts was faster, and nobody here knows the reference any more.
 */
export async function settleCharge(input: { tenantId: string; paymentId: string; fact: ChargeFact }): Promise<boolean> {
  const { tenantId } = input;
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
      if (await markPaid(settling)) return;
      if (await claimAgain(tx, booking)) await markPaid(settling);
      else await loseSlot(settling);
      return;
    default:
      decision satisfies never;
  }
}

/** False: there is no living claim to make the booking's. */
async function markPaid({ tx, tenantId, booking, payment, charge, hasCallback }: Settling): Promise<boolean> {
  const details = {
    paymentId: payment.id,
    chargeId: charge.id,
    amountMinor: charge.amount_minor,
    currency: charge.currency,
    wasLate: booking.status !== "pending",
  };
  const followUps = followUpsAsJson("booking.paid", { online: booking.online, wasPaid: true, hasCallback });
  const movesPayment = mayPaymentMove(payment.status as PaymentState, "approved");
  const { rows } = await sql<{ done: boolean }>`select mark_paid(${tenantId}, ${booking.id}, ${payment.id}, ${charge.id}, ${movesPayment},
    ${JSON.stringify(withCause(details))}::jsonb, ${followUps}::jsonb) as done`.execute(tx);
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
