"use client";

import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FocusHeading } from "#ui/focus/focus-heading.tsx";
import { useFreshPage } from "#ui/fresh/use-fresh-page.ts";
import { addressOf } from "./day-link.tsx";
import { DayStrip } from "./day-strip.tsx";
import { NoneThisDay, NothingFree } from "./empty-notes.tsx";
import type { DayShown } from "./load-days.ts";
import { SlotGroups } from "./slot-groups.tsx";
import { YourTime } from "./your-time.tsx";

/** A page of days, as load-days.ts has it, with the addresses of its neighbours. */
export type TimesShown = {
  lastDay: string;
  days: DayShown[];
  previous: string | null;
  next: string | null;
  nextFree: string | null;
  timezone: string;
  zone: string;
  locale: string;
  renderedAt: number;
};

/** The day and the time that are chosen. A time that was taken meanwhile is chosen no more. */
export function useChosenTime({ days, renderedAt }: Pick<TimesShown, "days" | "renderedAt">) {
  useFreshPage(renderedAt);
  // Only the address holds the day, so that reload and Back find it again.
  const search = useSearchParams();
  const [start, setStart] = useState<string | null>(null);
  const day = dayShown(days, search.get("day"));
  const slot = day?.slots.find((one) => one.start === start && one.state !== "held") ?? null;

  function showDay(date: string) {
    setStart(null);
    window.history.replaceState(null, "", addressOf(date, search));
  }
  return { day, slot, choose: setStart, letGo: () => setStart(null), showDay };
}

/** Prefers the wanted day, then the day of the own hold, then the first with a free time. */
function dayShown(days: DayShown[], wanted: string | null): DayShown | undefined {
  return (
    days.find((one) => one.date === wanted) ??
    days.find((one) => one.slots.some((slot) => slot.state === "mine")) ??
    days.find((one) => one.free > 0) ??
    days[0]
  );
}

type TimesProps = TimesShown & {
  chosen: ReturnType<typeof useChosenTime>;
  /** A hold that came or went. */
  change?: string | null;
  onDay(): void;
};

/** Days, and the times of the one that is shown. */
export function Times({ chosen, change = null, onDay, ...shown }: TimesProps) {
  const { days, timezone, locale } = shown;
  const { day, slot, choose, showDay } = chosen;
  const t = useTranslations("availability");
  const hasFree = days.some((one) => one.free > 0);
  const onChoose = (date: string) => {
    showDay(date);
    onDay();
  };
  return (
    <>
      {!hasFree && <NothingFree nextFree={shown.nextFree} />}
      <DayStrip
        days={days}
        date={day?.date ?? null}
        previous={shown.previous}
        next={shown.next}
        lastDay={shown.lastDay}
        change={change}
        onChoose={onChoose}
      />
      {day && (hasFree || day.slots.length > 0) && (
        <section aria-labelledby="day" className="mt-6">
          <FocusHeading as="h2" id="day" change={day.date} className="font-semibold text-xl">
            {day.name}
          </FocusHeading>
          <p className="text-muted text-sm">
            {t("zone", { zone: shown.zone })} <YourTime timezone={timezone} locale={locale} start={slot?.start ?? null} />
          </p>
          {day.free === 0 && <NoneThisDay days={days} after={day.date} onChoose={onChoose} />}
          <SlotGroups slots={day.slots} start={slot?.start ?? null} onChoose={choose} />
        </section>
      )}
    </>
  );
}
