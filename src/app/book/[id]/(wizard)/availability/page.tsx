import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { type PageParams, queryOf, type SearchParams, withQuery } from "#app/book/address.ts";
import { choose } from "#app/book/choice.ts";
import { serviceWords } from "#app/book/service-words.ts";
import { bookingOptionsOf } from "#app/booking-options.ts";
import { checkoutSession, ownHoldOf } from "#app/own-hold.ts";
import { timeNow } from "#queries/time-now.ts";
import { FocusHeading } from "#ui/focus/focus-heading.tsx";
import { formatPrice, formatShort, regionalLocale, zoneName } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { NextLink } from "#ui/next-link.tsx";
import { Portrait } from "#ui/portrait.tsx";
import { NeedsScripts } from "#ui/wizard/needs-scripts.tsx";
import { offerShown, seenOf } from "#ui/wizard/seen-of.ts";
import { Steps } from "#ui/wizard/steps.tsx";
import { loadDays } from "./load-days.ts";
import { OwnHoldNote } from "./own-hold-note.tsx";
import { ServiceSeen } from "./service-seen.tsx";
import { SlotPicker } from "./slot-picker.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("availability");
  return { title: t("title"), robots: { index: false } };
}

export default async function AvailabilityPage({ params, searchParams }: { params: PageParams; searchParams: SearchParams }) {
  const { id: link } = await params;
  const query = await queryOf(searchParams, ["service", "professional", "from", "day"]);
  const found = await bookingOptionsOf(link);
  if (!found.ok) notFound();
  const { options } = found;
  const { service, professional } = choose(options, query);
  if (!service || !professional) redirect(withQuery(`/book/${link}/select`, { service: service?.id, professional: professional?.id }));

  const t = await getTranslations("availability");
  const price = await getTranslations("price");
  const { timezone, country } = options.tenant;
  const locale = regionalLocale(await getLocale(), country);
  const words = serviceWords(service, { locale: await getLocale(), merchantLocale: options.tenant.locale });
  const now = timeNow();
  const hold = await ownHoldOf(link);
  const isSameOffer = hold?.serviceId === service.id && hold.professionalId === professional.id;
  const shown = await loadDays({
    link,
    serviceId: service.id,
    professionalId: professional.id,
    horizonDays: service.horizonDays,
    session: await checkoutSession(),
    timezone,
    locale,
    from: query.from,
    day: query.day,
    ownStart: hold && isSameOffer ? hold.start : null,
    now,
  });
  const chosen = { service: service.id, professional: professional.id };
  const pageFrom = (from: string | null) => from && withQuery(`/book/${link}/availability`, { ...chosen, from });

  return (
    <ClientWords namespaces={["availability", "price", "priceChanged", "countdown", "errors"]}>
      <ServiceSeen link={link} service={service.id} professional={professional.id} />
      <Steps current="time" isFree={service.amountDueMinor === 0} />
      <FocusHeading className="font-bold text-3xl">{t("title")}</FocusHeading>
      <div className="mt-4 flex items-center gap-4">
        <Portrait name={professional.name} photoUrl={professional.photoUrl} />
        <p className="min-w-0 grow">
          <strong lang={words.language} className="block font-semibold">
            {words.name}
          </strong>
          <span className="block text-muted">
            {t("with", { professional: professional.name, minutes: service.durationMinutes })} ·{" "}
            {formatPrice({ amountMinor: service.priceMinor, currency: service.currency, locale, free: price("free") })}
          </span>
        </p>
        <NextLink
          href={withQuery(`/book/${link}/select`, chosen)}
          className="inline-flex min-h-11 shrink-0 items-center text-brand-ink underline underline-offset-4"
        >
          {t("change")}
        </NextLink>
      </div>
      <NeedsScripts />
      {hold && (
        <OwnHoldNote
          id={hold.id}
          when={formatShort({ instant: hold.start, locale, timezone })}
          expiresAt={hold.expiresAt}
          renderedAt={now}
          isPaying={hold.bookingId !== null}
          address={withQuery(`/book/${link}/details`, { service: hold.serviceId, professional: hold.professionalId })}
          isOver={Date.parse(hold.expiresAt) <= now}
        />
      )}
      <SlotPicker
        // Another service or fortnight starts afresh.
        key={`${service.id} ${professional.id} ${shown.days[0]?.date}`}
        link={link}
        chosen={chosen}
        seen={seenOf(offerShown(service))}
        ownHoldId={hold?.id ?? null}
        lastDay={shown.lastDay}
        needsHold={service.capacityPolicy === "hold"}
        days={shown.days}
        previous={pageFrom(shown.previous)}
        next={pageFrom(shown.next)}
        nextFree={shown.nextFree && pageFrom(shown.nextFree)}
        timezone={timezone}
        zone={zoneName({ timezone, locale, at: new Date(now).toISOString() })}
        locale={locale}
        renderedAt={now}
      />
    </ClientWords>
  );
}
