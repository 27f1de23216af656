/** Of one variant in one cart, whatever the merchant allows. */
export const linePiecesMax = 1000;
/** Below this many free pieces the shop says how few there are. */
export const fewLeft = 5;
/** All lines together, in minor units, so that each sum is an exact number. */
const cartMinorMax = 1_000_000_000_000_000;

export function isBeyondSums(lines: readonly { unitPriceMinor: number; quantity: number }[]): boolean {
  return lines.reduce((total, { unitPriceMinor, quantity }) => total + unitPriceMinor * quantity, 0) > cartMinorMax;
}

/** The most pieces of one variant beside other variants of its product in the same cart. */
export function piecesAllowed({ perOrderMax, otherPieces }: { perOrderMax: number | null; otherPieces: number }): number {
  return Math.max(0, Math.min(linePiecesMax, (perOrderMax ?? linePiecesMax) - otherPieces));
}

export type Availability = { state: "in_stock" | "few_left" | "sold_out"; left: number | null };

/** `free` is null for what cannot run out. How many there are is told only when they are few. */
export function availabilityOf(free: number | null): Availability {
  if (free === null || free > fewLeft) return { state: "in_stock", left: null };
  return free > 0 ? { state: "few_left", left: free } : { state: "sold_out", left: 0 };
}
