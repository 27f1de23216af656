export type WeightStep = { upToGrams: number; priceMinor: number };
export type ShippingOffer = { kind: "flat" | "by_weight" | "pickup"; priceMinor: number; weightSteps: readonly WeightStep[] };

/** In minor units. Returns `too_heavy` for what is beyond the last step. Steps ascend. */
export function priceOfShipping(option: ShippingOffer, grams: number): number | "too_heavy" {
  if (option.kind !== "by_weight") return option.priceMinor;
  return option.weightSteps.find(({ upToGrams }) => grams <= upToGrams)?.priceMinor ?? "too_heavy";
}

type Weighed = { weightGrams: number; quantity: number; isDigital: boolean };

/** What must be sent. */
export function gramsOf(lines: readonly Weighed[]): number {
  return lines.reduce((total, { weightGrams, quantity, isDigital }) => total + (isDigital ? 0 : weightGrams * quantity), 0);
}
