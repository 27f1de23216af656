import type { NewBooking } from "#contracts/desk/by-hand.ts";
import type { Offer } from "#contracts/offer.ts";
import { Refusal } from "#contracts/problem.ts";
import { usualStepMinor } from "#domain/money.ts";
import type { CatalogService } from "#queries/catalog.ts";
import { offerOf } from "../claims/offer-seen.ts";

type Wish = Pick<NewBooking, "priceMinor" | "charge">;

/**
 * What a reception sells it for: at the service's price or another, whole or as the service
 * charges. Its time is always held. Refuses: amount_not_payable, invalid_request.
 */
export function offerByHand(service: CatalogService, { priceMinor = service.priceMinor, charge = service.chargeType }: Wish): Offer {
  if (charge !== "total" && charge !== service.chargeType) {
    const message = `this service is not paid as ${charge}`;
    throw new Refusal("invalid_request", undefined, [{ path: "charge", message }]);
  }
  if (priceMinor % usualStepMinor(service.currency) > 0) throw new Refusal("amount_not_payable");
  return { ...offerOf({ ...service, priceMinor, chargeType: charge }), capacityPolicy: "hold" };
}
