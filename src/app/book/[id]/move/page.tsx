import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { confirmAddress, type PageParams, queryOf, type SearchParams, withQuery } from "#app/book/address.ts";
import { bookingOptionsOf, type FoundOptions } from "#app/booking-options.ts";
import { percentAfterMove } from "#queries/desk/own-cancellation.ts";
import { timeNow } from "#queries/time-now.ts";
import { FocusHeading } from "#ui/focus/focus-heading.tsx";
import { formatShort, regionalLocale, zoneName } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { NeedsScripts } from "#ui/wizard/needs-scripts.tsx";
import { loadDays } from "../(wizard)/availability/load-days.ts";
import BookNotFound from "../not-found.tsx";
import { isStillOpen, NoLongerHere, type OwnBooking, OwnPage, ownBooking, ownMetadata } from "../own-page.tsx";
import { MovePicker } from "./move-picker.tsx";

type Props = { params: PageParams; searchParams: SearchParams };

export const generateMetadata = (given: Props): Promise<Metadata> => ownMetadata(given, "move");

export default async function MovePage(given: Props) {
  const own = await ownBooking(given);
  if (!own) return <BookNotFound />;
  const { state } = own;
  if (state.status === "cancelled") redirect(confirmAddress(own));
  const t = await getTranslations("ownChanges");
  const found = await bookingOptionsOf(state.link);
  const service = found.ok ? offered(found.options, own) : null;
  const locale = regionalLocale(await getLocale(), found.ok ? found.options.tenant.country : "");
  return (
    <OwnPage link={state.link}>
      <FocusHeading className="font-bold text-3xl">{t("move.title")}</FocusHeading>
      <p className="mt-2 text-muted">
        {t("move.now", {
          service: state.service.name,
          professional: state.professional.name,
          when: formatShort({ instant: state.start, locale, timezone: state.timezone }),
        })}
      </p>
      {service && isStillOpen(state.ownChanges.moveUntil) ? (
        <Times own={own} horizonDays={service.horizonDays} locale={locale} query={await queryOf(given.searchParams, ["from", "day"])} />
      ) : (
        <div className="mt-6">
          <NoLongerHere own={own} page="move" />
        </div>
      )}
    </OwnPage>
  );
}

type Options = Extract<FoundOptions, { ok: true }>["options"];

/** Null if the merchant no longer offers the service by this professional. */
function offered({ services, professionals }: Options, { state }: OwnBooking) {
  const isGiven = professionals.some(({ id, serviceIds }) => id === state.professional.id && serviceIds.includes(state.service.id));
  return (isGiven && services.find(({ id }) => id === state.service.id)) || null;
}

type TimesProps = { own: OwnBooking; horizonDays: number; locale: string; query: { from?: string; day?: string } };

async function Times({ own, horizonDays, locale, query }: TimesProps) {
  const { id, token, state } = own;
  const { timezone } = state;
  const now = timeNow();
  const shown = await loadDays({
    link: state.link,
    serviceId: state.service.id,
    professionalId: state.professional.id,
    horizonDays,
    session: null,
    timezone,
    locale,
    from: query.from,
    day: query.day,
    ownStart: state.start,
    now,
  });
  const pageFrom = (from: string | null) => from && withQuery(`/book/${id}/move`, { token, from });
  return (
    <ClientWords namespaces={["ownChanges", "availability", "errors"]}>
      <NeedsScripts />
      <MovePicker
        key={shown.days[0]?.date}
        booking={{ id, token }}
        now={{ start: state.start, when: formatShort({ instant: state.start, locale, timezone }) }}
        percentLeft={percentAfterMove(state)}
        lastDay={shown.lastDay}
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
