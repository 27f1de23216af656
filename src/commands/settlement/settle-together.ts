import type { ChargeFact } from "#domain/payment-provider.ts";
import { type ChargeState, mayPaymentMove } from "#domain/payment-states.ts";
import { decideSettlement } from "#domain/settlement.ts";
import { inBatches } from "#platform/batches.ts";
import { inSystemAtOnce } from "#platform/db.ts";
import { type Locked, lockingQuery, type Told } from "./lock-for-settlement.ts";
import { markPaid, type Paid } from "./mark-paid.ts";

export type Approval = Told & { cause: object };

/**
 * Settles a batch of normal payments in one transaction: approved, the right money, the claim
 * alive. Returns false, having changed nothing, for anything but the normal case; `settleCharge`
 * then handles that charge alone.
 */
export const settleTogether = inBatches<Approval, boolean>({
  ask: settleNormal,
  itemsMax: 32,
  atOnce: 2,
  compare: byReference,
  tenantOf: ({ tenantId }) => tenantId,
});

function byReference(a: Approval, b: Approval): number {
  return a.fact.reference < b.fact.reference ? -1 : 1;
}

async function settleNormal(approvals: Approval[]): Promise<boolean[]> {
  let normal: { place: number; paid: Paid }[] = [];
  const marked = await inSystemAtOnce<Locked, { done: boolean }>(lockingQuery(approvals), (rows) => {
    normal = oneOfEachCheckout(rows).flatMap((row) => {
      const approval = approvals[row.place - 1];
      return approval && isNormal(row, approval.fact) ? [{ place: row.place, paid: paidOf(row, approval) }] : [];
    });
    return normal.length > 0 ? markPaid(normal.map(({ paid }) => paid)) : null;
  });
  const done = new Set(normal.flatMap(({ place }, index) => (marked?.[index]?.done ? [place] : [])));
  return approvals.map((_, index) => done.has(index + 1));
}

/** Of two payments of one checkout, the second must see what the first has done. */
function oneOfEachCheckout(rows: Locked[]): Locked[] {
  return [...new Map(rows.toReversed().map((row) => [row.checkout_id, row])).values()];
}

function isNormal(row: Locked, fact: ChargeFact): boolean {
  const isKnown = row.charge_id !== null;
  // What went back of it, or is disputed, is kept part by part.
  if ((fact.refunds?.length ?? 0) > 0 || (fact.disputes?.length ?? 0) > 0) return false;
  if (isKnown && (row.has_outcome || !row.charge_status || !mayBecomeApproved(row.charge_status))) return false;
  // It said something else before: both facts are to be kept.
  if (isKnown && (row.charge_amount_minor !== fact.amountMinor || row.charge_currency !== fact.currency)) return false;
  const decision = decideSettlement({
    charge: { amountMinor: fact.amountMinor, currency: fact.currency },
    isForeign: fact.foreign !== undefined,
    payment: { amountMinor: row.payment_amount_minor, currency: row.payment_currency },
    checkout: { status: row.checkout_status, paidByThisCharge: isKnown && row.paid_charge_id === row.charge_id, isLate: row.is_late },
  });
  return decision.act === "take_capacity";
}

const mayBecomeApproved = (state: ChargeState): boolean => state === "approved" || mayPaymentMove(state, "approved");

function paidOf(row: Locked, { tenantId, connectionId, fact, cause }: Approval): Paid {
  return {
    tenantId,
    connectionId,
    checkout: { id: row.checkout_id, kind: row.checkout_kind, status: row.checkout_status, traits: row.traits },
    payment: { id: row.payment_id, status: row.payment_status },
    fact,
    hasCallback: row.has_callback,
    cause,
  };
}
