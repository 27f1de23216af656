import type { Offer, OfferSeen } from "#contracts/offer.ts";
import { Refusal } from "#contracts/problem.ts";
import { isSameCancellation } from "#domain/cancellation.ts";
import { amountDue } from "#domain/money.ts";
import type { CatalogService } from "#queries/catalog.ts";

/** What a service is sold for at this moment. A hold keeps it until it is paid or ends. */
export function offerOf(service: CatalogService): Offer {
  const { priceMinor, currency, chargeType, capacityPolicy, online, cancellation, rules } = service;
  const { durationMinutes } = rules;
  return { priceMinor, amountMinor: amountDue(service), currency, durationMinutes, chargeType, capacityPolicy, online, cancellation };
}

/**
 * Nobody pays another amount, or on other terms, than they were shown. Refuses: price_changed, with
 * what holds now.
 */
export function requireSeen(seen: OfferSeen | undefined, offer: Offer): void {
  if (!seen) return;
  const { amountMinor, currency, priceMinor = offer.priceMinor, durationMinutes = offer.durationMinutes } = seen;
  const { cancellation = offer.cancellation } = seen;
  const isSame =
    amountMinor === offer.amountMinor &&
    currency === offer.currency &&
    priceMinor === offer.priceMinor &&
    durationMinutes === offer.durationMinutes &&
    isSameCancellation(cancellation, offer.cancellation);
  if (!isSame) throw new Refusal("price_changed", undefined, undefined, { offer });
}
