import type { BookingOptions } from "#contracts/checkout.ts";
import type { Offer, OfferSeen } from "#contracts/offer.ts";

/** What a customer sees of an offer, as requests carry it. */
export function seenOf({ amountMinor, currency, priceMinor, durationMinutes, cancellation }: Offer): OfferSeen {
  return { amountMinor, currency, priceMinor, durationMinutes, cancellation };
}

/** A service as it is sold now, where nothing is held yet. */
export function offerShown({ amountDueMinor, ...service }: BookingOptions["services"][number]): Offer {
  return { ...service, amountMinor: amountDueMinor };
}
