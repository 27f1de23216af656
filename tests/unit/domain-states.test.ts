import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bookingStatus, paymentStatusOfBooking } from "#contracts/checkout.ts";
import { bookingMoves, isBookingPaid, isPromiseKept, mayBookingMove, statusAfterHold } from "#domain/checkout-states.ts";
import { hasBeenApproved, hasFailed, isMoneyHere, mayPaymentMove, paymentMoves, paymentStates } from "#domain/payment-states.ts";
import { refundMoves } from "#domain/refund-policy.ts";

type Moves = Record<string, readonly string[]>;
const entries = (moves: Moves) => Object.entries(moves).flatMap(([from, tos]) => tos.map((to) => [from, to] as const));

/** Every state that can come after this one, however long it takes. */
function reachable(moves: Moves, from: string): Set<string> {
  const found = new Set<string>();
  const open = [from];
  for (let state = open.pop(); state !== undefined; state = open.pop())
    for (const next of moves[state] ?? [])
      if (!found.has(next)) {
        found.add(next);
        open.push(next);
      }
  return found;
}

describe.each<[string, Moves]>([
  ["booking", bookingMoves],
  ["payment", paymentMoves],
  ["refund case", refundMoves],
])("the table of a %s", (_name, moves) => {
  test("names only states that it has, none as its own follower, none twice", () => {
    for (const [from, to] of entries(moves)) {
      expect(Object.keys(moves)).toContain(to);
      expect(from).not.toBe(to);
    }
    for (const followers of Object.values(moves)) expect(new Set(followers).size).toBe(followers.length);
  });
});

describe("booking", () => {
  test("has a row for every status of the contract", () => {
    expect(Object.keys(bookingMoves).sort()).toEqual([...bookingStatus.options].sort());
  });

  test("never comes back to a state that it has left", () => {
    for (const status of bookingStatus.options) expect([...reachable(bookingMoves, status)], status).not.toContain(status);
  });

  test("nothing leads back to waiting for money, and paid can only be left for what follows payment or for cancelled", () => {
    for (const status of bookingStatus.options) expect(mayBookingMove(status, "pending")).toBe(false);
    expect([...reachable(bookingMoves, "paid")].sort()).toEqual(["cancelled", "completed", "confirmed", "no_show"]);
  });

  test("cancelled and completed are the end", () => {
    expect(bookingMoves.cancelled).toEqual([]);
    expect(bookingMoves.completed).toEqual([]);
  });

  test("late money may still pay a booking that lapsed, but never one that was cancelled", () => {
    expect(mayBookingMove("expired", "paid")).toBe(true);
    expect(mayBookingMove("failed", "paid")).toBe(true);
    expect(mayBookingMove("cancelled", "paid")).toBe(false);
  });

  test("is paid in exactly four states", () => {
    expect(bookingStatus.options.filter(isBookingPaid)).toEqual(["paid", "confirmed", "completed", "no_show"]);
  });

  test("that ends unpaid is failed if somebody tried, else expired", () => {
    expect(statusAfterHold({ triedToPay: true })).toBe("failed");
    expect(statusAfterHold({ triedToPay: false })).toBe("expired");
  });

  test("keeps its promise only with the room it owes and the acknowledgement it owes", () => {
    const truth = fc.record({ online: fc.boolean(), hasRoom: fc.boolean(), hasCallback: fc.boolean(), callbackAcknowledged: fc.boolean() });
    fc.assert(
      fc.property(truth, (facts) => {
        const owes = (facts.online && !facts.hasRoom) || (facts.hasCallback && !facts.callbackAcknowledged);
        expect(isPromiseKept(facts)).toBe(!owes);
      }),
    );
  });
});

describe("payment", () => {
  const afterMoney = paymentStates.filter(hasBeenApproved);

  test("has a row for every state", () => {
    expect(Object.keys(paymentMoves).sort()).toEqual([...paymentStates].sort());
  });

  test("never goes back: nothing leads to created, nothing but created to pending, and money that came in stays known", () => {
    for (const [from, to] of entries(paymentMoves)) {
      expect(to).not.toBe("created");
      if (to === "pending") expect(from).toBe("created");
    }
    for (const state of afterMoney)
      for (const later of reachable(paymentMoves, state)) expect(afterMoney, `${state} → ${later}`).toContain(later);
  });

  test("a later decline never touches an approval", () => {
    for (const failed of paymentStates.filter(hasFailed)) {
      expect(mayPaymentMove("approved", failed)).toBe(false);
      expect(mayPaymentMove(failed, "approved")).toBe(true);
    }
  });

  test("voided, refunded and charged back are the end, and only they", () => {
    expect(paymentStates.filter((state) => paymentMoves[state].length === 0)).toEqual(["voided", "refunded", "charged_back"]);
  });

  test("every state is before the money, failed, or after the money: exactly one of them", () => {
    for (const state of paymentStates) {
      const kinds = [["created", "pending"].includes(state), hasFailed(state), hasBeenApproved(state)];
      expect(kinds.filter(Boolean), state).toHaveLength(1);
    }
  });

  test("money that is here has come in, and money that went back is not here", () => {
    for (const state of paymentStates.filter(isMoneyHere)) expect(hasBeenApproved(state)).toBe(true);
    expect(["voided", "refunded", "charged_back"].some((state) => isMoneyHere(state as (typeof paymentStates)[number]))).toBe(false);
  });

  test("what was once approved is never unpaid again, in whatever order and however often facts arrive", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...paymentStates), { maxLength: 40 }), (facts) => {
        let state: (typeof paymentStates)[number] = "created";
        let wasApproved = false;
        for (const fact of facts) {
          if (mayPaymentMove(state, fact)) state = fact;
          wasApproved ||= hasBeenApproved(state);
          expect(hasBeenApproved(state)).toBe(wasApproved);
        }
      }),
    );
  });

  test("the statuses that a booking shows are words of the contract", () => {
    expect(paymentStatusOfBooking.options).toEqual([
      "pending",
      "failed",
      "paid",
      "refunding",
      "refunded",
      "partly_refunded",
      "disputed",
      "charged_back",
    ]);
  });
});
