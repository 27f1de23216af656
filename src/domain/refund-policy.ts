import { withdrawalLaw } from "./money-back/withdrawal.ts";
import type { PaymentCapabilities } from "./payment-provider.ts";
import type { ChargeState } from "./payment-states.ts";

/**
 * `requested`: a person wishes it, for a whole charge or a part. `withdrawal`: a right that the law
 * gives them (withdrawal.ts).
 */
export const refundReasons = [
  "capacity_gone",
  "duplicate",
  "mismatch",
  "cancelled",
  "late",
  "unmatched",
  "requested",
  "withdrawal",
] as const;
export type RefundReason = (typeof refundReasons)[number];
export const refundStates = ["open", "armed", "observing", "short_of_balance", "manual", "done"] as const;
export type RefundState = (typeof refundStates)[number];

/**
 * `armed` is written before the provider is called. `short_of_balance`: the merchant's account at
 * the provider has too little. `manual` waits for a person.
 */
export const refundMoves: Record<RefundState, readonly RefundState[]> = {
  // Somebody may send the same sum in the provider's panel before we do.
  open: ["armed", "observing", "short_of_balance", "manual", "done"],
  // Back to `open`: this method was refused and the next one is tried.
  armed: ["armed", "open", "observing", "short_of_balance", "manual", "done"],
  observing: ["short_of_balance", "manual", "done"],
  // Armed again with a new key, because the provider has surely refused the one before.
  short_of_balance: ["armed", "observing", "manual", "done"],
  // A person's refund in the panel is seen on its way.
  manual: ["observing", "short_of_balance", "done"],
  // Only for a withdrawn case, if the money came after all.
  done: ["open"],
};

/** Where a case goes when its refund fails after all: a person takes over, also after `done`. */
export const refundMovesOnFailure: Record<RefundState, "manual" | null> = {
  open: "manual",
  armed: "manual",
  observing: "manual",
  short_of_balance: "manual",
  // It has a person already, who may be sending it another way.
  manual: null,
  done: "manual",
};

export function refundStatesBefore(to: RefundState): RefundState[] {
  return refundStates.filter((from) => refundMoves[from].includes(to));
}

/** Days until somebody must have sent the money back: what customers are promised everywhere. */
export const refundDueDays = 3;

export type RefundDeadline = { dueDays: number; legal: { days: number; source: string } | null };

/** When a case of a merchant in this country is due. A law may be stricter than our promise. */
export function refundDeadline(country: string): RefundDeadline {
  const law = withdrawalLaw(country);
  const legal = law && { days: law.refundDays, source: law.source };
  return { dueDays: Math.min(refundDueDays, legal?.days ?? refundDueDays), legal };
}

/** Of a withdrawal it is the law's, or our promise where nobody has looked the law up. */
export function refundDueDaysOf(reason: RefundReason, country: string): number {
  const { dueDays, legal } = refundDeadline(country);
  return reason === "withdrawal" ? (legal?.days ?? dueDays) : dueDays;
}

export type RefundMethod = "void" | "refund" | "manual";

/** In sequence. A void is free, but only for cards on the same day and a whole charge. */
export function refundMethods({ refunds }: PaymentCapabilities, isPartial = false): RefundMethod[] {
  const ways: RefundMethod[] = [];
  if (isPartial && !refunds.partial) return ["manual"];
  if (refunds.voidByApi && !isPartial) ways.push("void");
  if (refunds.refundByApi) ways.push("refund");
  return [...ways, "manual"];
}

/** The next method after one was refused. */
export function nextRefundMethod(
  capabilities: PaymentCapabilities,
  after: { refused: RefundMethod | null; isPartial: boolean },
): RefundMethod {
  const { refused, isPartial } = after;
  const ways = refundMethods(capabilities, isPartial);
  const next = refused === null ? ways[0] : ways[ways.indexOf(refused) + 1];
  return next ?? "manual";
}

export type RefundStep = "send" | "wait" | "by_hand" | "finish" | "withdraw";

/** What a refund case does when its charge is in this state at the provider. */
export const refundSteps: Record<ChargeState, RefundStep> = {
  approved: "send",
  // It is on its way back already, or with the banks. A refund now would pay twice.
  refunding: "wait",
  disputed: "wait",
  // Only the provider's panel shows what is left.
  partly_refunded: "by_hand",
  voided: "finish",
  refunded: "finish",
  charged_back: "finish",
  pending: "wait",
  // There never was money.
  declined: "withdraw",
  error: "withdraw",
  expired: "withdraw",
  cancelled: "withdraw",
};

/**
 * Days that a case may stay in one state by itself; then a person looks, a day before the promise
 * to the customer ends.
 */
export const refundByProviderDays = 2;
const secondsPerDay = 86_400;
const secondsByProvider = refundByProviderDays * secondsPerDay;

/**
 * How often the provider is asked about a case that only it can end: the longer it takes, the more
 * seldom.
 */
const looks = [
  { untilMinutes: 1, everySeconds: 5 },
  { untilMinutes: 60, everySeconds: 300 },
  { untilMinutes: 1440, everySeconds: 3600 },
] as const;
/** Banks that have money in their hands are asked no sooner. */
const waitSecondsMin = 900;

/** Seconds until the next look; null when it is a person's turn. The last look falls on the end. */
export function nextLookSeconds(input: { secondsInState: number; isBanks: boolean }): number | null {
  const { secondsInState, isBanks } = input;
  if (secondsInState >= secondsByProvider) return null;
  const rung = looks.find(({ untilMinutes }) => secondsInState < untilMinutes * 60)?.everySeconds ?? secondsPerDay;
  return Math.min(isBanks ? Math.max(rung, waitSecondsMin) : rung, Math.ceil(secondsByProvider - secondsInState));
}
/** Days that an account may be short of money for a refund; then a person decides. */
export const shortOfBalanceDays = 7;
export const shortTrySecondsMin = 900;

/**
 * Seconds until an account that was short is tried again: each wait is half of the time gone by, so
 * that they widen. Null when it is a person's turn.
 */
export function nextShortTrySeconds(secondsShort: number): number | null {
  const leftSeconds = shortOfBalanceDays * secondsPerDay - secondsShort;
  if (leftSeconds <= 0) return null;
  return Math.ceil(Math.min(Math.max(shortTrySecondsMin, secondsShort / 2), secondsPerDay, leftSeconds));
}

/**
 * A charge that the provider's API does not know is asked for this often and this long; a person
 * may end the case at any time.
 */
export const unknownChargeAskHours = 6;
export const unknownChargeAskDays = 30;

/** After these the booking stands, or its page says how to go on. After the others it is over. */
export const reasonsThatKeepBooking: readonly RefundReason[] = ["duplicate", "mismatch", "requested", "withdrawal"];
export const keepsPurchase = (reason: RefundReason): boolean => reasonsThatKeepBooking.includes(reason);
