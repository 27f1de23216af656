import { describe, expect, test } from "vitest";
import type { PaymentCapabilities } from "#domain/payment-provider.ts";
import { isMoneyHere, paymentStates } from "#domain/payment-states.ts";
import { ProviderFailure, type ProviderFailureKind } from "#domain/provider-failure.ts";
import {
  nextRefundMethod,
  refundMethods,
  refundMoves,
  refundReasons,
  refundStates,
  refundStatesBefore,
  refundSteps,
} from "#domain/refund-policy.ts";
import { decideUnmatched, isBehind } from "#domain/unmatched.ts";

function capabilities(voidByApi: boolean, refundByApi: boolean, partial = false): PaymentCapabilities {
  return {
    amounts: { COP: { minMinor: 1, maxMinor: null, stepMinor: 1 } },
    countries: null,
    asksFor: [],
    lookup: "by_reference",
    pageMinutesMin: 0,
    canCloseEarly: false,
    signatureCovers: "id_and_status",
    refunds: { voidByApi, refundByApi, partial, idempotencyKey: false },
    pendingHoursMax: 72,
  };
}

const flags = [true, false];
/** Every combination of what a provider can do. */
const allCapabilities = flags.flatMap((byVoid) =>
  flags.flatMap((byRefund) => flags.map((partial) => capabilities(byVoid, byRefund, partial))),
);

describe.each(flags)("where a part may be refunded: %o", (partial) => {
  test.each([
    [true, true, ["void", "refund", "manual"]],
    [true, false, ["void", "manual"]],
    [false, true, ["refund", "manual"]],
    [false, false, ["manual"]],
  ])("a whole charge, void by API %o, refund by API %o: %o", (voidByApi, refundByApi, ways) => {
    expect(refundMethods(capabilities(voidByApi, refundByApi, partial))).toEqual(ways);
    expect(refundMethods(capabilities(voidByApi, refundByApi, partial), false)).toEqual(ways);
  });
});

test.each([
  [true, true, ["refund", "manual"]],
  [true, false, ["manual"]],
  [false, true, ["refund", "manual"]],
  [false, false, ["manual"]],
])("a part where parts are possible, void by API %o, refund by API %o: %o", (voidByApi, refundByApi, ways) => {
  expect(refundMethods(capabilities(voidByApi, refundByApi, true), true)).toEqual(ways);
});

test("a part never goes by void, and only to a person where the provider refunds no parts", () => {
  for (const given of allCapabilities) {
    expect(refundMethods(given, true)).not.toContain("void");
    if (!given.refunds.partial) expect(refundMethods(given, true)).toEqual(["manual"]);
    for (const refused of [null, "void", "refund", "manual"] as const)
      expect(nextRefundMethod(given, { refused, isPartial: true })).not.toBe("void");
  }
});

test("every way is tried once, in order, and a person is always the last; a person's no leads nowhere else", () => {
  for (const given of allCapabilities)
    for (const isPartial of flags) {
      const tried = [nextRefundMethod(given, { refused: null, isPartial })];
      while (tried.at(-1) !== "manual") {
        tried.push(nextRefundMethod(given, { refused: tried.at(-1) ?? null, isPartial }));
        expect(tried.length).toBeLessThanOrEqual(3);
      }
      expect(tried).toEqual(refundMethods(given, isPartial));
      expect(nextRefundMethod(given, { refused: "manual", isPartial })).toBe("manual");
    }
});

test("a refund case is armed before the call and goes forward, but for a refused way and for money that came after all", () => {
  expect(refundMoves).toEqual({
    open: ["armed", "observing", "short_of_balance", "manual", "done"],
    armed: ["armed", "open", "observing", "short_of_balance", "manual", "done"],
    observing: ["short_of_balance", "manual", "done"],
    short_of_balance: ["armed", "observing", "manual", "done"],
    manual: ["observing", "short_of_balance", "done"],
    done: ["open"],
  });
  const steps = Object.entries(refundMoves).flatMap(([from, tos]) => tos.map((to) => [from, to] as const));
  const order: readonly string[] = refundStates;
  const notForward = steps.filter(([from, to]) => order.indexOf(to) <= order.indexOf(from));
  expect(notForward).toEqual([
    ["armed", "armed"],
    ["armed", "open"],
    ["short_of_balance", "armed"],
    ["short_of_balance", "observing"],
    ["manual", "observing"],
    ["manual", "short_of_balance"],
    ["done", "open"],
  ]);
});

test("a refund case can be ended from every state, and leaves a person only for its end or for a refund that was seen at the provider", () => {
  expect(refundStatesBefore("done")).toEqual(["open", "armed", "observing", "short_of_balance", "manual"]);
  expect(refundStatesBefore("observing")).toEqual(["open", "armed", "short_of_balance", "manual"]);
  expect(refundStatesBefore("armed")).toEqual(["open", "armed", "short_of_balance"]);
  expect(refundStatesBefore("open")).toEqual(["armed", "done"]);
  for (const to of refundStates)
    expect(refundStatesBefore(to).includes("manual"), to).toBe(["observing", "short_of_balance", "done"].includes(to));
});

test("only money that lies with the merchant, whole and undisputed, is sent back; what the banks decide is waited for", () => {
  const states = paymentStates.filter((state) => state !== "created");
  const withStep = (step: string) => states.filter((state) => refundSteps[state] === step);
  expect(withStep("send")).toEqual(["approved"]);
  expect(withStep("wait")).toEqual(["pending", "refunding", "disputed"]);
  expect(withStep("by_hand")).toEqual(["partly_refunded"]);
  expect(withStep("finish")).toEqual(["voided", "refunded", "charged_back"]);
  expect(withStep("withdraw")).toEqual(["declined", "error", "expired", "cancelled"]);
  for (const state of withStep("finish")) expect(isMoneyHere(state), state).toBe(false);
});

describe("an event that nobody's checkout came for", () => {
  const states = paymentStates.filter((state) => state !== "created");

  test("ends as a refund whenever the provider's API says that the money is here, whatever is signed", () => {
    for (const signed of [null, ...states])
      for (const known of states.filter(isMoneyHere)) expect(decideUnmatched({ signed, known })).toBe("refund");
  });

  test("goes to a person when only the signature says approved: the API knows nothing, or calls it pending", () => {
    for (const known of [null, "pending"] as const) expect(decideUnmatched({ signed: "approved", known })).toBe("refund_signed");
  });

  test("is ignored when there is no money: the API says so, or the signature does and the API knows nothing", () => {
    for (const signed of states)
      for (const known of [null, ...states]) {
        const isMoney = known !== null && isMoneyHere(known);
        const isSignedMoney = signed === "approved" && (known === null || known === "pending");
        if (!isMoney && !isSignedMoney) expect(decideUnmatched({ signed, known }), `${signed} ${known}`).toBe("ignore");
      }
  });

  test("is never dropped when nothing of it is signed and the API knows nothing", () => {
    expect(decideUnmatched({ signed: null, known: null })).toBe("ask_again");
  });
});

test("money goes back for exactly these reasons", () => {
  expect(refundReasons).toEqual(["capacity_gone", "duplicate", "mismatch", "cancelled", "late", "unmatched", "requested", "withdrawal"]);
});

describe("a provider failure", () => {
  test.each<[ProviderFailureKind, boolean]>([
    ["unreachable", true],
    ["unexpected_reply", true],
    ["refused", false],
    ["misconfigured", false],
  ])("that is %s may be tried again: %o", (kind, retriable) => {
    expect(new ProviderFailure({ provider: "wompi", kind, message: "said no" })).toMatchObject({
      retriable,
      retryAfterSeconds: null,
      message: "wompi: said no",
    });
  });
});

test("an API is behind while it shows what was before the signed word: pending, failed or approved", () => {
  const states = paymentStates.filter((state) => state !== "created");
  const behind = (shown: (typeof states)[number]) => states.filter((signed) => isBehind({ shown, signed }));
  expect(behind("pending")).toEqual(states.filter((state) => state !== "pending"));
  expect(behind("approved")).toEqual(["voided", "refunded", "charged_back"]);
  const failed = ["declined", "error", "expired", "cancelled"];
  for (const shown of states.filter((state) => state !== "pending" && state !== "approved"))
    expect(behind(shown), shown).toEqual(failed.includes(shown) ? ["approved"] : []);
  for (const shown of states) expect(isBehind({ shown, signed: null })).toBe(false);
});
