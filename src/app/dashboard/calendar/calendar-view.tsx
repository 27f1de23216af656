"use client";

import { CalendarPlus } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Calendar } from "#contracts/desk/calendar.ts";
import { buttonStyles } from "#ui/button.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Agenda } from "./agenda.tsx";
import { columnsOf } from "./grid.ts";
import type { Chosen, Opened, Rights } from "./opened.ts";
import { PrintedDay } from "./printed-day.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useFreshDesk } from "./use-fresh-desk.ts";

/** In the browser alone: our policy lets no document carry the styles that place an entry. */
const CalendarGrid = dynamic(() => import("./calendar-grid.tsx").then((file) => file.CalendarGrid), {
  ssr: false,
  loading: () => <Skeleton className="h-[60vh] w-full rounded-2xl" />,
});
/** Only a press needs them. */
const Details = dynamic(() => import("./details.tsx").then((file) => file.Details), { ssr: false });

type CalendarViewProps = {
  calendar: Calendar;
  title: string;
  chosen: Chosen;
  dates: readonly string[];
  today: string;
  locale: string;
  rights: Rights;
  renderedAt: number;
};

/** Columns where there is room, one professional's list on a phone, and a table on paper. */
export function CalendarView({ calendar, title, chosen, dates, today, locale, rights, renderedAt }: CalendarViewProps) {
  const t = useTranslations("calendar");
  const [opened, setOpened] = useState<Opened | null>(null);
  useFreshDesk(opened === null);
  const { timezone, professionals } = calendar;
  const only = professionals.filter(({ id }) => chosen.professionalId === undefined || id === chosen.professionalId);
  const shown = { ...calendar, professionals: only };
  // A phone shows one professional at a time: the first, until somebody chooses.
  const first = { ...calendar, professionals: only.slice(0, 1) };
  const parts = { timezone, locale, today, rights, onOpen: setOpened, renderedAt };
  return (
    <div data-testid="calendar">
      <div className="print:hidden">
        <PageHead
          title={t("title")}
          lead={<span data-testid="shown-day">{title}</span>}
          actions={
            rights.mayMove && (
              <Link href="/dashboard/bookings/new" prefetch={false} className={buttonStyles()} data-testid="new-booking">
                <CalendarPlus aria-hidden className="size-5" />
                {t("new")}
              </Link>
            )
          }
        />
        <Toolbar
          chosen={chosen}
          dates={dates}
          today={today}
          professionals={professionals}
          onBlock={rights.mayBlock ? () => setOpened({ kind: "block", place: null }) : null}
        />
        {calendar.isCut && <p className="mb-4 rounded-xl bg-warn-soft px-4 py-3 text-warn">{t("cut")}</p>}
        <div className="hidden md:block">
          <CalendarGrid calendar={shown} columns={columnsOf(shown, chosen.view, dates)} view={chosen.view} {...parts} />
        </div>
        <div className="md:hidden">
          <Agenda calendar={first} dates={dates} {...parts} />
        </div>
      </div>
      <PrintedDay calendar={shown} dates={dates} locale={locale} />
      {opened && (
        <Details opened={opened} calendar={calendar} locale={locale} rights={rights} onOpen={setOpened} onClose={() => setOpened(null)} />
      )}
    </div>
  );
}
