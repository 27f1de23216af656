import { describe, expect, test } from "vitest";
import type { PaymentCapabilities } from "#domain/payment-provider.ts";
import { isMoneyHere, paymentStates } from "#domain/payment-states.ts";
import { ProviderFailure, type ProviderFailureKind } from "#domain/provider-failure.ts";
import { nextRefundMethod, refundMethods, refundMoves, refundReasons, refundSteps } from "#domain/refund-policy.ts";
import { decideUnmatched } from "#domain/unmatched.ts";

function capabilities(voidByApi: boolean, refundByApi: boolean): PaymentCapabilities {
  return {
    currencies: ["COP"],
    amountMinorMin: 1,
    amountMinorStep: 1,
    canExpirePayment: true,
    canCancelPending: false,
    canLookUpByReference: true,
    signatureCovers: "id_and_status",
    refunds: { voidByApi, refundByApi, partial: false, idempotencyKey: false },
    pendingHoursMax: 72,
    webhookRetrySeconds: [],
  };
}

test.each([
  [true, true, ["void", "refund", "manual"]],
  [true, false, ["void", "manual"]],
  [false, true, ["refund", "manual"]],
  [false, false, ["manual"]],
])("void by API %o, refund by API %o: %o", (voidByApi, refundByApi, ways) => {
  expect(refundMethods(capabilities(voidByApi, refundByApi))).toEqual(ways);
});

test("every way is tried once, in order, and a person is always the last; a person's no leads nowhere else", () => {
  for (const given of [capabilities(true, true), capabilities(true, false), capabilities(false, true), capabilities(false, false)]) {
    const tried = [nextRefundMethod(given, null)];
    while (tried.at(-1) !== "manual") tried.push(nextRefundMethod(given, tried.at(-1) ?? null));
    expect(tried).toEqual(refundMethods(given));
    expect(nextRefundMethod(given, "manual")).toBe("manual");
  }
});

test("a refund case is armed before the call and only goes forward; done is the end", () => {
  expect(refundMoves).toEqual({
    open: ["armed", "manual", "done"],
    armed: ["observing", "manual", "done"],
    observing: ["manual", "done"],
    manual: ["done"],
    done: [],
  });
  const order = Object.keys(refundMoves);
  for (const [from, tos] of Object.entries(refundMoves))
    for (const to of tos) expect(order.indexOf(to)).toBeGreaterThan(order.indexOf(from));
  for (const [from, tos] of Object.entries(refundMoves)) if (from !== "done") expect(tos).toContain("done");
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
  expect(refundReasons).toEqual(["capacity_gone", "duplicate", "mismatch", "cancelled", "unmatched"]);
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
