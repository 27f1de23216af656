import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { confirmAddress, type PageParams, queryOf, type SearchParams, withQuery } from "#app/book/address.ts";
import { type Choice, choose } from "#app/book/choice.ts";
import { serviceWords } from "#app/book/service-words.ts";
import { bookingOptionsOf, bookingStateOf } from "#app/booking-options.ts";
import { ownHoldOf } from "#app/own-hold.ts";
import { offersForSlot, offersUntil } from "#commands/payments/payment-offers.ts";
import type { BookingOptions } from "#contracts/checkout.ts";
import type { PaymentOffer } from "#contracts/choice/payment-offer.ts";
import { timeNow } from "#queries/time-now.ts";
import { formatMoney, regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { NextLink } from "#ui/next-link.tsx";
import { CancellationTerms } from "#ui/wizard/cancellation-terms.tsx";
import { NeedsScripts } from "#ui/wizard/needs-scripts.tsx";
import { offerShown } from "#ui/wizard/seen-of.ts";
import { Steps } from "#ui/wizard/steps.tsx";
import { Summary } from "#ui/wizard/summary.tsx";
import { DetailsFlow } from "./details-flow.tsx";
import type { Place } from "./details-props.ts";
import { phoneExample } from "./phone-hint.ts";

type Asked = { params: PageParams; searchParams: SearchParams };
const asked = ["service", "professional", "start"] as const;

export async function generateMetadata({ params, searchParams }: Asked): Promise<Metadata> {
  const { id: link } = await params;
  const found = await bookingOptionsOf(link);
  if (!found.ok) return {};
  const t = await getTranslations("details");
  const { place } = await placeOf(link, found.options, await queryOf(searchParams, asked));
  const robots = { index: false };
  return { robots, title: t(place.kind === "none" ? "ended.title" : place.kind === "paying" ? "openPayment.title" : "title") };
}

export default async function DetailsPage({ params, searchParams }: Asked) {
  const { id: link } = await params;
  const found = await bookingOptionsOf(link);
  if (!found.ok) notFound();
  const { options } = found;
  const query = await queryOf(searchParams, asked);
  const before = await bookingBefore(link, await queryOf(searchParams, ["again", "token"]));
  const { place, choice, frozen } = await placeOf(link, options, query);
  const { service, professional } = choose(options, choice);
  if (!service || !professional) redirect(withQuery(`/book/${link}/select`, query));
  // Nothing is known of a payment whose time is over but what its own page asks for.
  if (place.kind === "paying" && Date.parse(place.expiresAt) <= timeNow()) redirect(confirmAddress(place.booking));
  const offer = frozen ?? offerShown(service);

  const t = await getTranslations("details");
  const { timezone, country } = options.tenant;
  const locale = regionalLocale(await getLocale(), country);
  const chosen = { service: service.id, professional: professional.id };
  const isFree = offer.amountMinor === 0;
  const isOnSite = isFree && offer.priceMinor > 0;
  const words = serviceWords(service, { locale: await getLocale(), merchantLocale: options.tenant.locale });
  const now = timeNow();
  const offers = await offersAt(link, { place, serviceId: service.id, money: offer });
  const timesAddress = withQuery(`/book/${link}/availability`, chosen);
  return (
    <ClientWords namespaces={["details", "price", "priceChanged", "providers", "offers", "countdown", "nextSlots", "errors"]}>
      <Steps current="details" isFree={isFree} />
      <DetailsFlow
        key={place.kind === "hold" || place.kind === "paying" ? `${place.kind} ${place.id}` : place.kind}
        place={place}
        offer={{ link, ...chosen }}
        sold={offer}
        timezone={timezone}
        locale={locale}
        renderedAt={now}
        amount={formatMoney({ ...offer, locale })}
        isFree={isFree}
        paidOnSite={isOnSite ? formatMoney({ ...offer, amountMinor: offer.priceMinor, locale }) : null}
        questions={service.questions}
        merchantLocale={options.tenant.locale}
        offers={offers}
        phone={phoneExample(country)}
        tenantName={options.tenant.name}
        prefill={before ? { name: before.customerName, email: before.customerEmail } : options.prefill}
        hasAccepted={before !== null}
        isRace={isRace(service)}
        timesAddress={timesAddress}
        summary={
          place.kind === "none" ? null : (
            <div className="space-y-4">
              <Summary
                service={{ name: words.name, durationMinutes: offer.durationMinutes, online: service.online }}
                place={options.locations.find(({ id }) => id === service.locationId) ?? null}
                professional={professional}
                start={place.start}
                timezone={timezone}
                locale={locale}
                priceMinor={offer.priceMinor}
                amountMinor={offer.amountMinor}
                currency={offer.currency}
                merchantLocale={words.language}
                money="due"
                action={
                  <NextLink href={timesAddress} className="inline-flex min-h-11 items-center text-brand-ink underline underline-offset-4">
                    {t("changeTime")}
                  </NextLink>
                }
              />
              <CancellationTerms {...offer} start={place.start} now={now} timezone={timezone} locale={locale} />
            </div>
          )
        }
      />
      <NeedsScripts />
    </ClientWords>
  );
}

type Due = { place: Place; serviceId: string; money: { amountMinor: number; currency: string } };

/** An open page is continued until its end. For a hold, the end moves with the payment's begin. */
async function offersAt(link: string, { place, serviceId, money }: Due): Promise<PaymentOffer[]> {
  if (place.kind === "none" || money.amountMinor === 0) return [];
  if (place.kind === "paying") return offersUntil({ link, money, endsAt: new Date(place.expiresAt) });
  return offersForSlot({ link, money, serviceId, start: new Date(place.start) });
}

/** The customer's hold decides what is booked. Without a hold, the address decides. */
async function placeOf(link: string, options: BookingOptions, query: { service?: string; professional?: string; start?: string }) {
  const hold = await ownHoldOf(link);
  if (hold && options.services.some((service) => service.id === hold.serviceId)) {
    const choice = { service: hold.serviceId, professional: hold.professionalId };
    const { id, start, expiresAt, bookingId, bookingToken } = hold;
    const place: Place =
      bookingId && bookingToken
        ? { kind: "paying", id, start, expiresAt, booking: { id: bookingId, token: bookingToken } }
        : { kind: "hold", id, start, expiresAt };
    return { place, choice, frozen: hold.offer };
  }
  const { service }: Choice = choose(options, query);
  const place: Place =
    service && isRace(service) && query.start && !Number.isNaN(Date.parse(query.start))
      ? { kind: "race", start: query.start }
      : { kind: "none" };
  return { place, choice: query, frozen: null };
}

const isRace = ({ capacityPolicy }: { capacityPolicy: string }): boolean => capacityPolicy === "first_payer_wins";

/** A booking of this link that did not come about: its customer need not say everything again. */
async function bookingBefore(link: string, { again, token }: { again?: string; token?: string }) {
  const state = again && token ? await bookingStateOf(again, token) : null;
  if (state?.link !== link || state.mustAcceptTerms) return null;
  return state.isSlotGone || ["expired", "failed", "cancelled"].includes(state.status) ? state : null;
}
