import type { OfferedConnectionAnswer, PaymentOffer } from "#contracts/choice/payment-offer.ts";
import { limitsOf, type Offerable, type PaymentWish, unfitReason } from "#domain/choice/payment-offers.ts";
import { latestPayingEnd, pageEnd, paymentPageMinutesMax, unclaimedMinutes } from "#domain/hold-times.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { ownProviders, paymentProvider } from "#providers/payments/registry.ts";
import { loadCatalog } from "#queries/catalog.ts";
import type { OfferedConnection } from "#queries/merchant/offered-connections.ts";

type Money = { amountMinor: number; currency: string };

/** What may be offered at all, with what its provider can do. */
export function offerable<Row extends OfferedConnection>(connections: readonly Row[]): (Row & Offerable)[] {
  return connections.flatMap((connection) => {
    const definition = ownProviders.includes(connection.provider) ? null : paymentProvider(connection.provider);
    return definition ? [{ ...connection, capabilities: definition.capabilities }] : [];
  });
}

/** The accounts that fit, as the merchant lines them up. */
export function fittingOffers(connections: readonly OfferedConnection[], wish: PaymentWish): PaymentOffer[] {
  const fitting = offerable(connections).filter((each) => unfitReason(each, wish) === null);
  return fitting.flatMap((each) => {
    const limits = limitsOf(each, wish.currency);
    if (!limits) return [];
    const { minMinor, maxMinor } = limits;
    return [{ ...shown(each, fitting), minMinor, maxMinor, currency: wish.currency }];
  });
}

/** For a first payment. `start`: when what is sold begins. */
export async function offersForSlot(asked: { link: string; money: Money; serviceId: string; start: Date }): Promise<PaymentOffer[]> {
  const { tenant, services, connections } = await loadCatalog(asked.link);
  const service = services.find(({ id }) => id === asked.serviceId);
  const minutes = service?.capacityPolicy === "first_payer_wins" ? unclaimedMinutes : (service?.holdMinutes ?? tenant.holdMinutes);
  const untilLatest = (latestPayingEnd(asked.start, tenant.latestApprovalMinutes).getTime() - databaseNow()) / 60_000;
  return fittingOffers(connections, { ...asked.money, country: tenant.country, pageMinutes: Math.min(minutes, untilLatest) });
}

/** For one more try, until `endsAt`; without an end, for as long as a page may be open. */
export async function offersUntil(asked: { link: string; money: Money; endsAt: Date | null }): Promise<PaymentOffer[]> {
  const { tenant, connections } = await loadCatalog(asked.link);
  return fittingOffers(connections, { ...asked.money, country: tenant.country, pageMinutes: minutesUntil(asked.endsAt) });
}

/** For how long a page that is opened now may be used. */
export function minutesUntil(endsAt: Date | null, now = new Date(databaseNow())): number {
  return endsAt ? (pageEnd({ endsAt, now }).getTime() - now.getTime()) / 60_000 : paymentPageMinutesMax;
}

/** For a program that asks what a link offers. The sum decides later. */
export async function offeredAtLink(link: string): Promise<OfferedConnectionAnswer[]> {
  const { tenant, connections } = await loadCatalog(link);
  const here = offerable(connections).filter(({ capabilities: { countries } }) => countries === null || countries.includes(tenant.country));
  return here.map((each) => {
    const { amounts, canCloseEarly, pageMinutesMin } = each.capabilities;
    return {
      ...shown(each, here),
      amounts: Object.keys(amounts).flatMap((currency) => {
        const limits = limitsOf(each, currency);
        return limits ? [{ currency, ...limits }] : [];
      }),
      minutesMin: canCloseEarly ? 0 : pageMinutesMin,
    };
  });
}

/** A name that only the merchant needs stays theirs. */
function shown({ id, provider, label, isTest, capabilities }: OfferedConnection & Offerable, all: readonly OfferedConnection[]) {
  const isDouble = all.filter((other) => other.provider === provider).length > 1;
  return { connection: id, provider, label: isDouble ? label : null, isTest, asksFor: [...capabilities.asksFor] };
}
