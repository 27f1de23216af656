import { sql } from "kysely";
import type { ChargeFact } from "../../domain/payment-provider.ts";
import { type ChargeState, hasBeenApproved, hasFailed, mayPaymentMove, type PaymentState } from "../../domain/payment-states.ts";
import { decideSettlement } from "../../domain/settlement.ts";
import { inTenant, type Tx } from "../../platform/db.ts";
import type { BookingRow, ChargeRow, PaymentRow } from "../../platform/rows.ts";
import { takeSlot } from "../bookings/take-slot.ts";
import { logEvent } from "../log-event.ts";
import { openRefundCase } from "../refund-cases/open.ts";
import { recordCharge } from "./record-charge.ts";
import { recordFailure } from "./record-failure.ts";
import { recordReversal } from "./record-reversal.ts";

export type Settling = { tx: Tx; tenantId: string; booking: BookingRow; payment: PaymentRow; charge: ChargeRow };

/**
 * One transaction: lock booking, then payment (always in this order) → record the fact → decide → write → event with its follow-ups.
 * False: the clean-up of unpaid attempts was faster, and nobody here knows the reference any more.
 */
export async function settleCharge(input: { tenantId: string; paymentId: string; fact: ChargeFact }): Promise<boolean> {
  const { tenantId, fact } = input;
  return inTenant(tenantId, async (tx) => {
    const found = await tx.selectFrom("payment").select("booking_id").where("id", "=", input.paymentId).executeTakeFirst();
    if (!found) return false;
    const booking = await tx.selectFrom("booking").selectAll().where("id", "=", found.booking_id).forUpdate().executeTakeFirst();
    if (!booking) return false;
    const payment = await tx.selectFrom("payment").selectAll().where("id", "=", input.paymentId).forUpdate().executeTakeFirstOrThrow();
    const charge = await recordCharge(tx, { tenantId, payment, fact });
    const settling = { tx, tenantId, booking, payment, charge };
    const state = charge.status as ChargeState;
    if (state === "approved" && charge.outcome === null) await settleApproved(settling);
    else if (hasFailed(state)) await recordFailure(settling);
    else if (hasBeenApproved(state)) await recordReversal(settling);
    else await movePayment(settling, "pending");
    return true;
  });
}

async function settleApproved(settling: Settling): Promise<void> {
  const { tx, tenantId, booking, payment, charge } = settling;
  await movePayment(settling, "approved");
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
      await openRefundCase(tx, { tenantId, charge, booking, reason: decision.reason });
      return;
    case "take_slot":
      if (await takeSlot(tx, booking)) await markPaid(settling);
      else await loseSlot(settling);
      return;
    default:
      decision satisfies never;
  }
}

async function markPaid({ tx, tenantId, booking, payment, charge }: Settling): Promise<void> {
  await tx
    .updateTable("booking")
    .set({ status: "paid", payment_status: "paid", paid_charge_id: charge.id, updated_at: sql`now()` })
    .where("id", "=", booking.id)
    .execute();
  await tx.updateTable("charge").set({ outcome: "booked", updated_at: sql`now()` }).where("id", "=", charge.id).execute();
  const { callback_url } = await tx.selectFrom("tenant").select("callback_url").executeTakeFirstOrThrow();
  await logEvent(tx, {
    tenantId,
    subject: { kind: "booking", id: booking.id },
    kind: "booking.paid",
    details: {
      paymentId: payment.id,
      chargeId: charge.id,
      amountMinor: charge.amount_minor,
      currency: charge.currency,
      wasLate: booking.status !== "pending",
    },
    actor: "provider",
    facts: { online: booking.online, wasPaid: true, hasCallback: callback_url !== null },
  });
}

/** Paid, but the slot was resold in time (or somebody paid first): the money goes back, by the system. */
async function loseSlot({ tx, tenantId, booking, charge }: Settling): Promise<void> {
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
