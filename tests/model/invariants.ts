import { expect } from "vitest";
import { checkoutMoves } from "#domain/checkout-states.ts";
import { claimMoves } from "#domain/claim-states.ts";
import { paymentMoves } from "#domain/payment-states.ts";
import { refundMoves } from "#domain/refund-policy.ts";
import { type Real, rows, type Snapshot, snapshot } from "./engine.ts";
import type { Model } from "./model.ts";

type Moves = Record<string, readonly string[]>;

/** Of the cases that are done, only a withdrawn one opens again: the rest of the table leads to either end. */
const caseMoves: Moves = {
  ...Object.fromEntries(Object.entries(refundMoves).map(([from, tos]) => [from, tos.includes("done") ? [...tos, "withdrawn"] : tos])),
  done: [],
  withdrawn: refundMoves.done,
};
const tables: Record<"checkout" | "payment" | "charge" | "refund_case" | "slot_claim", Moves> = {
  checkout: checkoutMoves,
  payment: paymentMoves,
  charge: paymentMoves,
  refund_case: caseMoves,
  slot_claim: claimMoves,
};

/** True if the table leads there, in however many moves one command made. */
function isReachable(moves: Moves, from: string, to: string, seen: readonly string[] = []): boolean {
  if (from === to) return true;
  return (moves[from] ?? []).some((next) => !seen.includes(next) && isReachable(moves, next, to, [...seen, from]));
}

/** After every command: nothing overlaps, money is covered once, no effect without money, nothing went backwards, and the model agrees. */
export async function checkAll(model: Model, real: Real): Promise<void> {
  const now = await snapshot(real);
  expect(backwards(real.before, now)).toEqual([]);
  expect(await overlaps(real)).toEqual([]);
  expect(await uncovered(real)).toEqual([]);
  expect(await effectsWithoutMoney(real)).toEqual([]);
  const states = new Map(now.checkout.map(({ id, state }) => [id, state]));
  for (const booking of model.bookings) expect(states.get(booking.id) ?? "gone", `booking of slot ${booking.slot}`).toBe(booking.status);
  real.before = now;
}

function backwards(before: Snapshot, now: Snapshot): string[] {
  return Object.entries(tables).flatMap(([table, moves]) => {
    const earlier = new Map(before[table as keyof typeof tables].map(({ id, state }) => [id, state]));
    return now[table as keyof typeof tables].flatMap(({ id, state }) => {
      const from = earlier.get(id);
      return from === undefined || isReachable(moves, from, state) ? [] : [`${table} went from ${from} to ${state}`];
    });
  });
}

const overlaps = (real: Real) =>
  rows(
    real,
    `select a.id, b.id as other from slot_claim a join slot_claim b on a.professional_id = b.professional_id and a.during && b.during and a.id < b.id
     where a.tenant_id = $1 and a.state in ('booked', 'past') and b.state in ('booked', 'past')`,
  );

/** Approved minus refunded is covered by exactly one of booking and refund case. */
const uncovered = (real: Real) =>
  rows(
    real,
    `select c.id, c.status, c.outcome from charge c where c.tenant_id = $1 and c.status in ('approved', 'voided', 'refunded') and 1 <>
       (select count(*) from checkout b where b.tenant_id = c.tenant_id and b.paid_charge_id = c.id and b.status in ('paid', 'confirmed'))
       + (select count(*) from refund_case r where r.tenant_id = c.tenant_id and r.charge_id = c.id)`,
  );

/** But the one mail to a customer who tried to pay in vain. */
const effectsWithoutMoney = (real: Real) =>
  rows(
    real,
    `select f.job, e.kind from follow_up f join event e on e.tenant_id = f.tenant_id and e.id = f.event_id where f.tenant_id = $1
       and not (f.job = 'mail-customer-unpaid' and e.kind = 'booking.failed') and not exists (
       select from charge c left join payment p on p.tenant_id = c.tenant_id and p.id = c.payment_id left join refund_case r on r.tenant_id = c.tenant_id and r.charge_id = c.id
       where c.tenant_id = f.tenant_id and c.outcome is not null and f.subject_id in (p.checkout_id, r.id))`,
  );
