import { Refusal } from "#contracts/problem.ts";
import type { ShippingKind } from "#contracts/shop-desk/limits.ts";
import type { ShippingChanges, WeightStep } from "#contracts/shop-desk/shipping.ts";
import type { Tx } from "#platform/db.ts";
import { requireLocation } from "../services/require-location.ts";

/** Undefined fields stay as they are. Refuses: location_unknown. */
export async function optionColumns(tx: Tx, tenantId: string, given: ShippingChanges) {
  await requireLocation(tx, tenantId, given.locationId);
  return {
    name: given.name,
    price_minor: given.priceMinor,
    weight_steps: given.weightSteps && JSON.stringify(given.weightSteps),
    free_from_minor: given.freeFromMinor,
    tax_percent: given.taxPercent,
    tax_included: given.taxIncluded,
    days_min: given.daysMin,
    days_max: given.daysMax,
    location_id: given.locationId,
    translations: given.translations && JSON.stringify(given.translations),
    is_active: given.isActive,
  };
}

type Whole = {
  kind: ShippingKind;
  weightSteps: readonly WeightStep[];
  locationId: string | null;
  daysMin: number | null;
  daysMax: number | null;
};

/** What the fields must be together. Refuses: invalid_request, naming the field. */
export function requireFit({ kind, weightSteps, locationId, daysMin, daysMax }: Whole): void {
  const refuse = (path: string, message: string) => new Refusal("invalid_request", undefined, [{ path, message }]);
  if (kind === "pickup" && locationId === null) throw refuse("locationId", "it is picked up somewhere");
  if (kind !== "pickup" && locationId !== null) throw refuse("locationId", "only what is picked up has a location");
  if (kind === "by_weight" && weightSteps.length === 0) throw refuse("weightSteps", "at least one step");
  if (kind !== "by_weight" && weightSteps.length > 0) throw refuse("weightSteps", "only of a price by weight");
  if (daysMin !== null && daysMax !== null && daysMax < daysMin) throw refuse("daysMax", "fewer than the least");
  if (daysMin !== null && daysMax === null) throw refuse("daysMax", "there is a least, so there is a most");
}
