import { CalendarDays } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { queryOf, type SearchParams } from "#app/book/address.ts";
import { bookingSight } from "#contracts/caller.ts";
import { loadCalendar } from "#queries/desk/calendar.ts";
import { loadDesk } from "#queries/desk/desk.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Empty } from "#ui/dashboard/empty.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { wallTimeOf } from "#ui/dashboard/wall-clock.ts";
import { formatDates, formatDay, regionalLocale, sentenceCase } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../member.ts";
import { CalendarView } from "./calendar-view.tsx";
import { datesOf } from "./grid.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("calendar"))("title") };
}

/** The address holds day, view and professional, so that Back and reload find them again. */
export default async function CalendarPage({ searchParams }: { searchParams: SearchParams }) {
  const { member, permissions } = await requireMember("bookings.read");
  const query = await queryOf(searchParams, ["day", "view", "professional"]);
  const { tenantId } = member;
  const { timezone, country, weekStart, now } = await loadDesk(tenantId);
  const today = wallTimeOf(now, timezone).date;
  const day = isDate(query.day) ? query.day : today;
  const view = query.view === "week" ? "week" : "day";
  const dates = datesOf(view, day, weekStart);
  const isStaff = member.role === "staff";
  const calendar = await loadCalendar({ tenantId, from: dates[0] ?? day, to: dates.at(-1) ?? day, sight: bookingSight(member) });
  const t = await getTranslations("calendar");
  const locale = regionalLocale(await getLocale(), country);
  const mayAdd = permissions.includes("professionals.change");
  if (calendar.professionals.length === 0)
    return (
      <>
        <PageHead title={t("title")} />
        <Empty icon={CalendarDays} title={t("nobody.title")} text={t(isStaff ? "nobody.own" : "nobody.text")}>
          {mayAdd && (
            <Link href="/dashboard/professionals/new" className={buttonStyles()}>
              {t("nobody.action")}
            </Link>
          )}
        </Empty>
      </>
    );
  return (
    <ClientWords namespaces={["calendar", "dashboard", "errors"]}>
      <CalendarView
        calendar={calendar}
        title={titleOf(dates, locale)}
        chosen={{
          day,
          view,
          professionalId: calendar.professionals.some(({ id }) => id === query.professional) ? query.professional : undefined,
        }}
        dates={dates}
        today={today}
        locale={locale}
        rights={{ mayMove: permissions.includes("bookings.change"), mayBlock: mayAdd }}
        renderedAt={now}
      />
    </ClientWords>
  );
}

/** Written here, because a browser writes a range of dates a little otherwise. */
function titleOf([from = "", ...more]: readonly string[], locale: string): string {
  const to = more.at(-1);
  if (to !== undefined) return sentenceCase(formatDates({ from, to, locale }));
  return sentenceCase(formatDay({ instant: `${from}T12:00:00Z`, locale, timezone: "UTC" }));
}

function isDate(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}
