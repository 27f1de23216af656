import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bookingState } from "#contracts/checkout.ts";
import {
  checkoutMoves,
  checkoutPaymentStatuses,
  checkoutStatuses,
  isPaid,
  isPromiseKept,
  mayCheckoutMove,
  paidStatuses,
  statusAfterHold,
} from "#domain/checkout-states.ts";
import { claimMoves, claimStates, claimStatesBefore } from "#domain/claim-states.ts";
import {
  hasBeenApproved,
  hasFailed,
  isMoneyHere,
  mayPaymentMove,
  mayStillBecomeMoney,
  moneyHereStates,
  openStates,
  type PaymentState,
  paymentMoves,
  paymentStates,
  unsettledStates,
} from "#domain/payment-states.ts";
import { refundMoves, refundStates } from "#domain/refund-policy.ts";

type Moves = Record<string, readonly string[]>;
type Table = { name: string; states: readonly string[]; moves: Moves; back: readonly string[] };

/** `back`: the only moves by which a state can come again. */
const tables: Table[] = [
  { name: "checkout", states: checkoutStatuses, moves: checkoutMoves, back: [] },
  { name: "claim", states: claimStates, moves: claimMoves, back: [] },
  // A second part goes back; the merchant wins a dispute.
  { name: "payment", states: paymentStates, moves: paymentMoves, back: ["partly_refunded → refunding", "disputed → approved"] },
  // The call is repeated after a crash; the next way is tried; money came after all.
  {
    name: "refund case",
    states: refundStates,
    moves: refundMoves,
    back: [
      "armed → armed",
      "armed → open",
      "short_of_balance → armed",
      "short_of_balance → observing",
      "manual → observing",
      "manual → short_of_balance",
      "done → open",
    ],
  },
];

const named = (moves: Moves) => Object.entries(moves).flatMap(([from, tos]) => tos.map((to) => ({ from, to, name: `${from} → ${to}` })));
const without = (moves: Moves, names: readonly string[]): Moves =>
  Object.fromEntries(Object.entries(moves).map(([from, tos]) => [from, tos.filter((to) => !names.includes(`${from} → ${to}`))]));

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

describe.each(tables)("the table of a $name", ({ states, moves, back }) => {
  test("has a row for every state, and names each state at most once in a row", () => {
    expect(Object.keys(moves)).toEqual(expect.arrayContaining([...states]));
    expect(Object.keys(moves)).toHaveLength(states.length);
    for (const { to, name } of named(moves)) expect(states, name).toContain(to);
    for (const followers of Object.values(moves)) expect(new Set(followers).size).toBe(followers.length);
  });

  test("never comes back to a state that was left, but by the moves named here", () => {
    for (const state of states) expect([...reachable(without(moves, back), state)], state).not.toContain(state);
  });

  test("needs each of those moves to come back: none is named in vain", () => {
    const inVain = back.filter((one) => {
      const others = back.filter((other) => other !== one);
      return !states.some((state) => reachable(without(moves, others), state).has(state));
    });
    expect(inVain).toEqual([]);
  });
});

describe("checkout", () => {
  test("shows the statuses that the contract has, and no attendance among them", () => {
    expect(bookingState.shape.status.options).toEqual(["pending", "paid", "confirmed", "failed", "expired", "cancelled"]);
    expect(checkoutStatuses).toEqual(bookingState.shape.status.options);
  });

  test("nothing leads back to waiting for money, and paid can only be left for what follows payment or for cancelled", () => {
    for (const status of checkoutStatuses) expect(mayCheckoutMove(status, "pending")).toBe(false);
    expect([...reachable(checkoutMoves, "paid")].sort()).toEqual(["cancelled", "confirmed"]);
  });

  test("only cancelled is the end", () => {
    expect(checkoutStatuses.filter((status) => checkoutMoves[status].length === 0)).toEqual(["cancelled"]);
  });

  test("can be cancelled from every other status", () => {
    for (const status of checkoutStatuses) expect(mayCheckoutMove(status, "cancelled"), status).toBe(status !== "cancelled");
  });

  test("late money may still pay one that lapsed, but never one that was cancelled", () => {
    expect(checkoutStatuses.filter((status) => mayCheckoutMove(status, "paid"))).toEqual(["pending", "failed", "expired"]);
  });

  test("is confirmed only once it is paid", () => {
    expect(checkoutStatuses.filter((status) => mayCheckoutMove(status, "confirmed"))).toEqual(["paid"]);
  });

  test("is paid in exactly two statuses", () => {
    expect(checkoutStatuses.filter(isPaid)).toEqual(["paid", "confirmed"]);
    expect(paidStatuses).toEqual(["paid", "confirmed"]);
  });

  test("that ends unpaid is failed if somebody tried, else expired", () => {
    expect(statusAfterHold({ triedToPay: true })).toBe("failed");
    expect(statusAfterHold({ triedToPay: false })).toBe("expired");
  });

  test("keeps its promise only when its kind is ready and the merchant has acknowledged, if there is a callback", () => {
    const truth = fc.record({ isReady: fc.boolean(), hasCallback: fc.boolean(), callbackAcknowledged: fc.boolean() });
    fc.assert(
      fc.property(truth, (facts) => {
        const owes = !facts.isReady || (facts.hasCallback && !facts.callbackAcknowledged);
        expect(isPromiseKept(facts)).toBe(!owes);
      }),
    );
  });

  test("shows its payment in the words of the contract", () => {
    expect(bookingState.shape.paymentStatus.options).toEqual([
      "pending",
      "failed",
      "paid",
      "refunding",
      "refunded",
      "partly_refunded",
      "disputed",
      "charged_back",
    ]);
    expect(checkoutPaymentStatuses).toEqual(bookingState.shape.paymentStatus.options);
  });
});

describe("claim", () => {
  test("is booked only from the payment page", () => {
    expect(claimStatesBefore("booked")).toEqual(["paying"]);
    expect(claimStatesBefore("paying")).toEqual(["held"]);
  });

  test("that is booked does not end by time: it is over, or released by a decision", () => {
    expect(claimStatesBefore("expired")).toEqual(["held", "paying"]);
    expect([...reachable(claimMoves, "booked")].sort()).toEqual(["past", "released"]);
  });

  test("that is over was booked, and can still be released", () => {
    expect(claimStatesBefore("past")).toEqual(["booked"]);
    expect(claimMoves.past).toEqual(["released"]);
  });

  test("that is released or expired is the end, and may come from every state that keeps a slot", () => {
    expect(claimStates.filter((state) => claimMoves[state].length === 0)).toEqual(["released", "expired"]);
    expect(claimStatesBefore("released")).toEqual(["held", "paying", "booked", "past"]);
  });
});

describe("payment", () => {
  const afterMoney = paymentStates.filter(hasBeenApproved);

  test("never goes back: nothing leads to created, nothing but created to pending, and money that came in stays known", () => {
    for (const { from, to } of named(paymentMoves)) {
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
      const kinds = [openStates.includes(state), hasFailed(state), hasBeenApproved(state)];
      expect(kinds.filter(Boolean), state).toHaveLength(1);
    }
  });

  test("is open in exactly two states", () => {
    expect(openStates).toEqual(["created", "pending"]);
  });

  test("may still become money in every state before the money, a cancelled one too", () => {
    expect(unsettledStates).toEqual(["created", "pending", "declined", "error", "expired", "cancelled"]);
    for (const state of paymentStates) {
      expect(mayStillBecomeMoney(state), state).toBe(unsettledStates.includes(state));
      expect(mayStillBecomeMoney(state), state).toBe(!hasBeenApproved(state));
    }
  });

  test("money is here in exactly four states", () => {
    expect(moneyHereStates).toEqual(["approved", "refunding", "partly_refunded", "disputed"]);
    for (const state of paymentStates) expect(isMoneyHere(state), state).toBe(moneyHereStates.some((known) => known === state));
  });

  test("money that is here has come in, and money that went back is not here", () => {
    for (const state of paymentStates.filter(isMoneyHere)) expect(hasBeenApproved(state), state).toBe(true);
    const wentBack: PaymentState[] = ["voided", "refunded", "charged_back"];
    expect(wentBack.filter(isMoneyHere)).toEqual([]);
  });

  test("what was once approved is never unpaid again, in whatever order and however often facts arrive", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...paymentStates), { maxLength: 40 }), (facts) => {
        let state: PaymentState = "created";
        let wasApproved = false;
        for (const fact of facts) {
          if (mayPaymentMove(state, fact)) state = fact;
          wasApproved ||= hasBeenApproved(state);
          expect(hasBeenApproved(state)).toBe(wasApproved);
        }
      }),
    );
  });
});
