export const claimStates = ["held", "paying", "booked", "past", "released", "expired"] as const;
export type ClaimState = (typeof claimStates)[number];

/**
 * What may follow what. A claim that is over leaves the constraint (`past`). SQL functions write
 * these moves too; tests/database/claim-moves.test.ts checks them against this table. A refused
 * customer's old hold is restored in the same transaction, which is no move.
 */
export const claimMoves: Record<ClaimState, readonly ClaimState[]> = {
  held: ["paying", "released", "expired"],
  paying: ["booked", "released", "expired"],
  booked: ["past", "released"],
  past: ["released"],
  released: [],
  expired: [],
};

export function claimStatesBefore(to: ClaimState): ClaimState[] {
  return claimStates.filter((from) => claimMoves[from].includes(to));
}
