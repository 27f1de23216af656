import type { DisputeFact } from "../payment-provider.ts";

export const disputeKinds = ["inquiry", "dispute"] as const satisfies readonly DisputeFact["kind"][];
export type DisputeKind = DisputeFact["kind"];
export const disputeStates = ["needs_response", "under_review", "won", "lost"] as const satisfies readonly DisputeFact["state"][];
export type DisputeState = DisputeFact["state"];

/** What may follow what. Nothing follows the bank's last word but its change of mind. */
const disputeMoves: Record<DisputeState, readonly DisputeState[]> = {
  needs_response: ["under_review", "won", "lost"],
  // The bank may ask again.
  under_review: ["needs_response", "won", "lost"],
  // A bank may take it up again, and a provider may reimburse what was lost.
  won: ["needs_response", "under_review", "lost"],
  lost: ["won"],
};

export function mayDisputeMove(from: DisputeState, to: DisputeState): boolean {
  return from === to || disputeMoves[from].includes(to);
}

export function isDisputeOpen(state: DisputeState): boolean {
  return state === "needs_response" || state === "under_review";
}

/** What the bank holds because of it. An inquiry takes nothing, and a won one gives it back. */
export function takenByDispute({ kind, state, amountMinor }: Pick<DisputeFact, "kind" | "state" | "amountMinor">): number {
  return kind === "dispute" && state !== "won" ? amountMinor : 0;
}
