import type { BookingStatus } from "#contracts/checkout.ts";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { type ChargeState, mayPaymentMove } from "#domain/payment-states.ts";
import { decideSettlement } from "#domain/settlement.ts";
import { inBatches } from "#platform/batches.ts";
import { inSystemAtOnce } from "#platform/db.ts";
import { markPaid, type Paid } from "./mark-paid.ts";

export type Approval = { tenantId: string; paymentId: string; fact: ChargeFact; cause: object };

/**
 * The usual end of a payment, for several that end at this moment, in one transaction: approved, the right money, the claim alive. True: the
 * booking is paid. False: nothing was changed, and this one is settled by itself, with everything that may have happened to it.
 * One flush of the log and one turn at the lock that announcing takes serve them all.
 */
export const settleTogether = inBatches<Approval, boolean>({ ask: settleUsual, itemsMax: 32, atOnce: 2, order: byPayment });

function byPayment(a: Approval, b: Approval): number {
  return a.paymentId < b.paymentId ? -1 : 1;
}

/** As `lock_for_settlements` gives it; `place` counts from 1. */
type Locked = {
  place: number;
  booking_id: string;
  booking_status: BookingStatus;
  paid_charge_id: string | null;
  online: boolean;
  payment_id: string;
  payment_status: string;
  payment_amount_minor: number;
  payment_currency: string;
  charge_id: string | null;
  charge_status: ChargeState | null;
  has_outcome: boolean;
  charge_amount_minor: number | null;
  charge_currency: string | null;
  has_callback: boolean;
};

async function settleUsual(approvals: Approval[]): Promise<boolean[]> {
  const lock = {
    name: "lock-for-settlements",
    text: "select * from lock_for_settlements($1, $2, $3)",
    values: [
      approvals.map(({ tenantId }) => tenantId),
      approvals.map(({ paymentId }) => paymentId),
      approvals.map(({ fact }) => fact.providerChargeId),
    ],
  };
  let usual: { place: number; paid: Paid }[] = [];
  const marked = await inSystemAtOnce<Locked, { done: boolean }>(lock, (rows) => {
    usual = oneOfEachBooking(rows).flatMap((row) => {
      const approval = approvals[row.place - 1];
      return approval && isUsual(row, approval.fact) ? [{ place: row.place, paid: paidOf(row, approval) }] : [];
    });
    return usual.length > 0 ? markPaid(usual.map(({ paid }) => paid)) : null;
  });
  const done = new Set(usual.flatMap(({ place }, index) => (marked?.[index]?.done ? [place] : [])));
  return approvals.map((_, index) => done.has(index + 1));
}

/** Two payments of one booking: the second must see what the first has done. */
function oneOfEachBooking(rows: Locked[]): Locked[] {
  return [...new Map(rows.toReversed().map((row) => [row.booking_id, row])).values()];
}

function isUsual(row: Locked, fact: ChargeFact): boolean {
  const isKnown = row.charge_id !== null;
  if (isKnown && (row.has_outcome || !row.charge_status || !mayBecomeApproved(row.charge_status))) return false;
  const decision = decideSettlement({
    charge: { amountMinor: row.charge_amount_minor ?? fact.amountMinor, currency: row.charge_currency ?? fact.currency },
    payment: { amountMinor: row.payment_amount_minor, currency: row.payment_currency },
    booking: { status: row.booking_status, paidByThisCharge: isKnown && row.paid_charge_id === row.charge_id },
  });
  return decision.act === "take_slot";
}

const mayBecomeApproved = (state: ChargeState): boolean => state === "approved" || mayPaymentMove(state, "approved");

function paidOf(row: Locked, { tenantId, fact, cause }: Approval): Paid {
  return {
    tenantId,
    booking: { id: row.booking_id, status: row.booking_status, online: row.online },
    payment: { id: row.payment_id, status: row.payment_status },
    fact,
    hasCallback: row.has_callback,
    cause,
  };
}
