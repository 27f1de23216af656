import type { PaymentCapabilities } from "./payment-provider.ts";
import type { ChargeState } from "./payment-states.ts";

/** `requested`: a person wishes it, for a whole charge or a part. */
export const refundReasons = ["capacity_gone", "duplicate", "mismatch", "cancelled", "late", "unmatched", "requested"] as const;
export type RefundReason = (typeof refundReasons)[number];
export const refundStates = ["open", "armed", "observing", "manual", "done"] as const;
export type RefundState = (typeof refundStates)[number];

/** `armed` is written before the provider is called. `manual` waits for a person. */
export const refundMoves: Record<RefundState, readonly RefundState[]> = {
  open: ["armed", "manual", "done"],
  // Back to `open`: this method was refused and the next one is tried.
  armed: ["armed", "open", "observing", "manual", "done"],
  observing: ["manual", "done"],
  manual: ["done"],
  // Only for a withdrawn case, if the money came after all.
  done: ["open"],
};

export function refundStatesBefore(to: RefundState): RefundState[] {
  return refundStates.filter((from) => refundMoves[from].includes(to));
}

/** Days until somebody must have sent the money back: what customers are promised everywhere. */
export const refundDueDays = 3;

/**
 * Calendar days that the law of a merchant's country gives, after a customer withdraws. A country
 * is left out while nobody has looked its law up; then our promise alone counts.
 */
const legalRefundDays: Readonly<Record<string, { days: number; source: string }>> = {
  // Ley 1480, art. 47, as changed by Ley 2439 of 2024.
  CO: { days: 15, source: "https://forvismazars.com/co/es/insights/nuestras-publicaciones/tax-legal/ley-2439-de-2024" },
  // Ley 19.496, art. 3 bis.
  CL: { days: 45, source: "https://www.bcn.cl/leychile/navegar?idNorma=61438" },
  // Directive 2011/83/EU, art. 13.
  ES: { days: 14, source: "https://eur-lex.europa.eu/eli/dir/2011/83/oj" },
  FR: { days: 14, source: "https://eur-lex.europa.eu/eli/dir/2011/83/oj" },
  PT: { days: 14, source: "https://eur-lex.europa.eu/eli/dir/2011/83/oj" },
  // The Consumer Contracts Regulations 2013, reg. 34.
  GB: { days: 14, source: "https://www.legislation.gov.uk/uksi/2013/3134/regulation/34" },
};

export type RefundDeadline = { dueDays: number; legal: { days: number; source: string } | null };

/** When a case of a merchant in this country is due. A law may be stricter than our promise. */
export function refundDeadline(country: string): RefundDeadline {
  const legal = Object.hasOwn(legalRefundDays, country) ? (legalRefundDays[country] ?? null) : null;
  return { dueDays: Math.min(refundDueDays, legal?.days ?? refundDueDays), legal };
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
/**
 * A charge that the provider's API does not know is asked for this often and this long; a person
 * may end the case at any time.
 */
export const unknownChargeAskHours = 6;
export const unknownChargeAskDays = 30;

/** After these the booking stands, or its page says how to go on. After the others it is over. */
export const reasonsThatKeepBooking: readonly RefundReason[] = ["duplicate", "mismatch", "requested"];
export const keepsPurchase = (reason: RefundReason): boolean => reasonsThatKeepBooking.includes(reason);
