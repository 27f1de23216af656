import type { ChargeFact, RefundFact } from "../payment-provider.ts";
import { type ChargeState, isMoneyHere } from "../payment-states.ts";
import type { RefundStep } from "../refund-policy.ts";

export type RefundPartState = RefundFact["state"];

/** What may follow what. A late or repeated word that is not in this table changes nothing. */
const partMoves: Record<RefundPartState, readonly RefundPartState[]> = {
  pending: ["short_of_balance", "done", "failed"],
  short_of_balance: ["pending", "done", "failed"],
  // A closed card sends it back days later.
  done: ["failed"],
  failed: [],
};

export function mayPartMove(from: RefundPartState, to: RefundPartState): boolean {
  return partMoves[from].includes(to);
}

/** Gone, or on its way: all but what has failed. */
export function isSpent({ state }: { state: RefundPartState }): boolean {
  return state !== "failed";
}

/** Where a charge may return to when one of its refunds failed after all. */
const movesAfterFailure: Partial<Record<ChargeState, readonly ChargeState[]>> = {
  refunding: ["approved", "partly_refunded", "disputed"],
  partly_refunded: ["approved", "refunding", "disputed"],
  refunded: ["approved", "partly_refunded", "refunding", "disputed"],
};

export function mayReturnAfterFailure(from: ChargeState, to: ChargeState): boolean {
  return movesAfterFailure[from]?.includes(to) ?? false;
}

/** The key of a request: a new one only after the provider has surely refused the one before. */
export function refundKey({ id, refusals }: { id: string; refusals: number }): string {
  return refusals === 0 ? id : `${id}.${refusals}`;
}

/** Whether the request with this key was made for this case. */
export function isKeyOf(refundCase: { id: string }, key: string | null): boolean {
  return key !== null && (key === refundCase.id || key.startsWith(`${refundCase.id}.`));
}

type Wanted = { id: string; amountMinor: number; providerRefundId: string | null };

/** What a case does when the provider tells each part. Returns null if it does not. */
export function stepByParts(now: ChargeFact, wanted: Wanted): RefundStep | null {
  if (now.refunds === undefined) return null;
  const own = now.refunds.find(
    ({ idempotencyKey, providerRefundId }) => isKeyOf(wanted, idempotencyKey) || providerRefundId === wanted.providerRefundId,
  );
  if (own) return stepOfPart[own.state];
  if (!isMoneyHere(now.state)) return null;
  if (isRefundBlocked(now)) return "wait";
  const spentMinor = now.refunds.filter(isSpent).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const leftMinor = now.amountMinor - spentMinor;
  // All of it is on its way already.
  if (leftMinor <= 0) return "wait";
  return leftMinor >= wanted.amountMinor ? "send" : "by_hand";
}

const stepOfPart: Record<RefundPartState, RefundStep> = {
  pending: "wait",
  short_of_balance: "wait",
  done: "finish",
  failed: "by_hand",
};

/** Only what the provider says of each dispute counts: an inquiry blocks nothing. */
export function isRefundBlocked({ state, disputes }: Pick<ChargeFact, "state" | "disputes">): boolean {
  if (disputes === undefined) return state === "disputed";
  return disputes.some((dispute) => !dispute.isRefundable && dispute.state !== "won");
}

/** How often the provider is asked about a refund of its own panel: ever more seldom. */
const outsideLooks = [
  { untilHours: 1, everySeconds: 300 },
  { untilHours: 24, everySeconds: 3600 },
  { untilHours: 240, everySeconds: 21_600 },
  { untilHours: 1440, everySeconds: 86_400 },
] as const;

/** Seconds until the next look; null after 60 days, when it is a person's turn. */
export function nextOutsideLookSeconds(secondsUnderWay: number): number | null {
  return outsideLooks.find(({ untilHours }) => secondsUnderWay < untilHours * 3600)?.everySeconds ?? null;
}
