import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { type PageParams, queryOf, type SearchParams, withQuery } from "#app/book/address.ts";
import { type Choice, choose } from "#app/book/choice.ts";
import { bookingOptionsOf } from "#app/booking-options.ts";
import { ownHoldOf } from "#app/own-hold.ts";
import type { BookingOptions } from "#contracts/checkout.ts";
import { timeNow } from "#queries/time-now.ts";
import { formatMoney, regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { NextLink } from "#ui/next-link.tsx";
import { NeedsScripts } from "#ui/wizard/needs-scripts.tsx";
import { Steps } from "#ui/wizard/steps.tsx";
import { Summary } from "#ui/wizard/summary.tsx";
import { DetailsFlow } from "./details-flow.tsx";
import type { Place } from "./details-props.ts";
import { phoneExample } from "./phone-hint.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("details");
  return { title: t("title") };
}

export default async function DetailsPage({ params, searchParams }: { params: PageParams; searchParams: SearchParams }) {
  const { id: link } = await params;
  const found = await bookingOptionsOf(link);
  if (!found.ok) notFound();
  const { options } = found;
  const query = await queryOf(searchParams, ["service", "professional", "start"]);
  const { place, offer } = await placeOf(link, options, query);
  const { service, professional } = choose(options, offer);
  if (!service || !professional) redirect(withQuery(`/book/${link}/select`, query));

  const t = await getTranslations("details");
  const { timezone, country } = options.tenant;
  const locale = regionalLocale(await getLocale(), country);
  const chosen = { service: service.id, professional: professional.id };
  const isFree = service.amountDueMinor === 0;
  const timesAddress = withQuery(`/book/${link}/availability`, chosen);
  return (
    <ClientWords namespaces={["details", "providers", "countdown", "nextSlots", "errors"]}>
      <Steps current="details" isFree={isFree} />
      <DetailsFlow
        key={place.kind === "hold" || place.kind === "paying" ? `${place.kind} ${place.id}` : place.kind}
        place={place}
        offer={{ link, ...chosen }}
        timezone={timezone}
        locale={locale}
        renderedAt={timeNow()}
        amount={formatMoney({ amountMinor: service.amountDueMinor, currency: service.currency, locale })}
        isFree={isFree}
        providers={options.providers}
        phone={phoneExample(country)}
        tenantName={options.tenant.name}
        timesAddress={timesAddress}
        summary={
          place.kind === "none" ? null : (
            <Summary
              service={service}
              professional={professional}
              start={place.start}
              timezone={timezone}
              locale={locale}
              priceMinor={service.priceMinor}
              amountMinor={service.amountDueMinor}
              currency={service.currency}
              money="due"
              action={
                <NextLink href={timesAddress} className="inline-flex min-h-11 items-center text-brand-ink underline underline-offset-4">
                  {t("changeTime")}
                </NextLink>
              }
            />
          )
        }
      />
      <NeedsScripts />
    </ClientWords>
  );
}

/** The customer's hold decides what is booked. Without a hold, the address decides. */
async function placeOf(link: string, options: BookingOptions, query: { service?: string; professional?: string; start?: string }) {
  const hold = await ownHoldOf(link);
  if (hold && options.services.some((service) => service.id === hold.serviceId)) {
    const offer = { service: hold.serviceId, professional: hold.professionalId };
    const { id, start, expiresAt, bookingId, bookingToken } = hold;
    const place: Place =
      bookingId && bookingToken
        ? { kind: "paying", id, start, expiresAt, booking: { id: bookingId, token: bookingToken } }
        : { kind: "hold", id, start, expiresAt };
    return { place, offer };
  }
  const { service }: Choice = choose(options, query);
  const isRace = service?.capacityPolicy === "first_payer_wins";
  const place: Place =
    isRace && query.start && !Number.isNaN(Date.parse(query.start)) ? { kind: "race", start: query.start } : { kind: "none" };
  return { place, offer: query };
}
