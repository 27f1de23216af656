"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { buttonStyles } from "#ui/button.tsx";
import { classNames } from "#ui/class-names.ts";
import { FocusHeading } from "#ui/focus/focus-heading.tsx";
import { NextLink } from "#ui/next-link.tsx";
import { AnyDay } from "./any-day.tsx";
import { DayLink } from "./day-link.tsx";
import type { DayShown } from "./load-days.ts";

type DayStripProps = {
  days: DayShown[];
  date: string | null;
  previous: string | null;
  next: string | null;
  lastDay: string;
  /** Something above went away, perhaps with the focus. */
  change: string | null;
  onChoose: (date: string) => void;
};

/** A strip to swipe on a phone, two weeks on a wide screen. A dot marks a day with free times. */
export function DayStrip({ days, date, previous, next, lastDay, change, onChoose }: DayStripProps) {
  const t = useTranslations("availability");
  const chosen = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    const strip = chosen.current?.closest("ol");
    // Whoever swiped before React listened stays where they are.
    if (chosen.current && strip && strip.scrollLeft === 0) strip.scrollLeft = chosen.current.offsetLeft - strip.offsetLeft - 16;
  }, []);
  return (
    <section aria-labelledby="days" className="mt-6">
      <div className="flex items-center justify-between gap-3">
        <FocusHeading as="h2" id="days" change={change} className="font-semibold text-lg">
          {t("days")}
        </FocusHeading>
        <div className="flex gap-2">
          {(previous || next) && <AnyDay key={date} lastDay={lastDay} shown={date} />}
          {previous && (
            <NextLink href={previous} className={buttonStyles({ look: "outline", className: "min-h-11 px-3" })} data-testid="days-previous">
              <ChevronLeft aria-hidden className="size-5" />
              <span className="sr-only">{t("previousDays")}</span>
            </NextLink>
          )}
          {next && (
            <NextLink href={next} className={buttonStyles({ look: "outline", className: "min-h-11 px-3" })} data-testid="days-next">
              <span className="hidden sm:inline">{t("nextDays")}</span>
              <span className="sr-only sm:hidden">{t("nextDays")}</span>
              <ChevronRight aria-hidden className="size-5" />
            </NextLink>
          )}
        </div>
      </div>
      <ol className="-mx-4 mt-3 flex snap-x gap-2 overflow-x-auto px-4 pt-1 pb-2 sm:mx-0 sm:grid sm:grid-cols-7 sm:overflow-visible sm:px-0">
        {days.map((day) => (
          <li key={day.date} className="shrink-0 snap-start scroll-ml-4">
            <DayLink
              date={day.date}
              onChoose={onChoose}
              ref={day.date === date ? chosen : undefined}
              data-testid="day"
              data-date={day.date}
              data-free={day.free}
              aria-current={day.date === date ? "true" : undefined}
              className={classNames(
                "choice-card relative flex min-h-20 w-16 flex-col items-center justify-center rounded-xl border-2 px-1 py-2 leading-tight sm:w-full",
                day.date === date ? "border-brand-ink bg-brand-soft text-ink" : "border-line bg-card hover:border-edge",
                day.free === 0 && day.date !== date && "bg-transparent text-muted",
              )}
            >
              <span className="text-sm">{day.weekday}</span>
              <span className={classNames("text-lg", day.free > 0 && "font-semibold")}>{day.day}</span>
              <span className="text-muted text-xs">{day.month}</span>
              <span className="sr-only">{t("freeTimes", { count: day.free })}</span>
              <span
                aria-hidden
                data-free={day.free > 0}
                className={classNames("free-dot mt-1 size-1.5 rounded-full", day.free > 0 ? "bg-brand-ink" : "bg-transparent")}
              />
            </DayLink>
          </li>
        ))}
      </ol>
    </section>
  );
}
