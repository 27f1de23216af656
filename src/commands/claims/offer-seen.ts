import type { Offer, OfferSeen } from "#contracts/offer.ts";
import { Refusal } from "#contracts/problem.ts";
import { amountDue } from "#domain/money.ts";
import type { CatalogService } from "#queries/catalog.ts";

/** What a service is sold for at this moment. A hold keeps it until it is paid or ends. */
export function offerOf(service: CatalogService): Offer {
  const { priceMinor, currency, chargeType, capacityPolicy, online, rules } = service;
  const { durationMinutes } = rules;
  return { priceMinor, amountMinor: amountDue(service), currency, durationMinutes, chargeType, capacityPolicy, online };
}

/** Nobody pays another amount than they were shown. Refuses: price_changed, with what holds now. */
export function requireSeen(seen: OfferSeen | undefined, offer: Offer): void {
  if (!seen) return;
  const { amountMinor, currency, priceMinor = offer.priceMinor, durationMinutes = offer.durationMinutes } = seen;
  const isSame =
    amountMinor === offer.amountMinor &&
    currency === offer.currency &&
    priceMinor === offer.priceMinor &&
    durationMinutes === offer.durationMinutes;
  if (!isSame) throw new Refusal("price_changed", undefined, undefined, offer);
}
