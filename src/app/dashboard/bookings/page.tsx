import { CalendarPlus, Download, Upload } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { withQuery } from "#app/book/address.ts";
import { type BookingSight, bookingSight } from "#contracts/caller.ts";
import { type BookingFilters, bookingsQuery } from "#contracts/desk/bookings-list.ts";
import { listBookings } from "#queries/desk/bookings-list.ts";
import { type LinkChoices, loadLinkChoices } from "#queries/links/link-choices.ts";
import { buttonStyles } from "#ui/button.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { requireMember } from "../member.ts";
import { BookingCards } from "./booking-cards.tsx";
import { BookingTable } from "./booking-table.tsx";
import { Filters } from "./filters.tsx";
import { NoBookings } from "./no-bookings.tsx";
import { PageLinks } from "./page-links.tsx";
import { RowKeys } from "./row-keys.tsx";
import { ZoneNote } from "./zone-note.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("bookings"))("title") };
}

const bookingsOnPage = 50;
type Given = Record<string, string | string[] | undefined>;

/** The address holds filters, order and place: Back, reload and a colleague find them again. */
export default async function BookingsPage({ searchParams }: { searchParams: Promise<Given> }) {
  const { member, permissions } = await requireMember("bookings.read");
  const { cursor, ...filters } = readQuery(await searchParams);
  const [t, choices, language] = await Promise.all([getTranslations("bookings"), loadLinkChoices(member.tenantId), getLocale()]);
  const sight = bookingSight(member);
  const { timezone, country } = choices;
  const locale = regionalLocale(language, country);
  const professionals = sight.onlyOf === null ? choices.professionals : [];
  const mayShare = permissions.includes("links.read");
  return (
    <ClientWords namespaces={["bookings", "booking"]}>
      <PageHead
        title={t("title")}
        lead={t("lead")}
        actions={
          <>
            {permissions.includes("bookings.change") && (
              <Link href="/dashboard/bookings/new" prefetch={false} className={buttonStyles()} data-testid="new-booking">
                <CalendarPlus aria-hidden className="size-5" />
                {t("new")}
              </Link>
            )}
            {permissions.includes("bookings.change") && (
              <Link href="/dashboard/bookings/import" prefetch={false} className={buttonStyles({ look: "outline" })}>
                <Upload aria-hidden className="size-5" />
                {t("import.open")}
              </Link>
            )}
            <a href={withQuery("/api/bookings.csv", filters)} className={buttonStyles({ look: "outline" })} download>
              <Download aria-hidden className="size-5" />
              {t("csv")}
            </a>
          </>
        }
      />
      <Filters filters={filters} services={choices.services.map(({ id, name }) => ({ id, name }))} professionals={professionals} />
      <div className="transition-opacity peer-data-[pending=true]:opacity-60">
        <ZoneNote timezone={timezone} locale={locale} />
        <Suspense fallback={<Waiting />}>
          <List {...{ tenantId: member.tenantId, sight, filters, cursor, choices, locale, mayShare }} />
        </Suspense>
      </div>
    </ClientWords>
  );
}

type ListProps = {
  tenantId: string;
  sight: BookingSight;
  filters: BookingFilters;
  cursor: string | undefined;
  choices: LinkChoices;
  locale: string;
  mayShare: boolean;
};

async function List({ tenantId, sight, filters, cursor, choices: { timezone }, locale, mayShare }: ListProps) {
  const wanted = { tenantId, sight, filters, limit: bookingsOnPage };
  // A cursor that somebody has typed is as if it was not there.
  const { bookings, nextCursor } = await listBookings({ ...wanted, cursor }).catch(() => listBookings(wanted));
  if (bookings.length === 0) return <NoBookings isFiltered={Object.keys(filters).length > 0} mayShare={mayShare} />;
  return (
    <>
      <RowKeys>
        <BookingTable bookings={bookings} timezone={timezone} locale={locale} />
        <BookingCards bookings={bookings} timezone={timezone} locale={locale} />
      </RowKeys>
      <PageLinks filters={filters} isFirst={!cursor} nextCursor={nextCursor} />
    </>
  );
}

async function Waiting() {
  const t = await getTranslations("bookings");
  return (
    <div className="space-y-3">
      <p className="sr-only">{t("loading")}</p>
      {["a", "b", "c", "d", "e", "f"].map((row) => (
        <Skeleton key={row} className="h-14" />
      ))}
    </div>
  );
}

/** A field that makes no sense is as if it was not there: the address may have been typed. */
function readQuery(given: Given) {
  const fields = Object.entries(given).flatMap(([name, value]) => {
    const one = Array.isArray(value) ? value[0] : value;
    const isKnown = name !== "limit" && Object.hasOwn(bookingsQuery.shape, name);
    return isKnown && one && bookingsQuery.safeParse({ [name]: one }).success ? [[name, one] as const] : [];
  });
  const { limit: _, ...query } = bookingsQuery.parse(Object.fromEntries(fields));
  return query;
}
