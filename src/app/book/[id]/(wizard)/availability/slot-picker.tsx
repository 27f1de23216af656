"use client";

import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { OfferSeen } from "#contracts/offer.ts";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { useCookiesRefused } from "#ui/cookies-work.ts";
import { FocusHeading } from "#ui/focus/focus-heading.tsx";
import { useFreshPage } from "#ui/fresh/use-fresh-page.ts";
import { StickyBar } from "#ui/sticky-bar.tsx";
import { PriceChanged } from "#ui/wizard/price-changed.tsx";
import { seenOf } from "#ui/wizard/seen-of.ts";
import { addressOf } from "./day-link.tsx";
import { DayStrip } from "./day-strip.tsx";
import { NoneThisDay, NothingFree } from "./empty-notes.tsx";
import type { DayShown } from "./load-days.ts";
import { SlotGroups } from "./slot-groups.tsx";
import { useSlotHold } from "./use-slot-hold.ts";
import { YourTime } from "./your-time.tsx";

export type SlotPickerProps = {
  link: string;
  chosen: { service: string; professional: string };
  /** Is false where the first payer wins, because nobody can hold such a slot. */
  needsHold: boolean;
  /** The offer as the page shows it. */
  seen: OfferSeen;
  /** A hold that came or went. */
  ownHoldId: string | null;
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

export function SlotPicker(props: SlotPickerProps) {
  const { days, link, chosen } = props;
  const t = useTranslations("availability");
  useFreshPage(props.renderedAt);
  // Only the address holds the day, so that reload and Back find it again.
  const search = useSearchParams();
  const date = firstDate(days, search.get("day"));
  const [start, setStart] = useState<string | null>(null);
  const { hold, problem, changed, clearProblem, isBusy } = useSlotHold({
    link,
    chosen,
    needsHold: props.needsHold,
    seen: props.seen,
    onGone: () => setStart(null),
  });
  const areCookiesRefused = useCookiesRefused() && props.needsHold;

  const day = days.find((one) => one.date === date) ?? days[0];
  const slot = day?.slots.find((one) => one.start === start && one.state !== "held") ?? null;

  function showDay(next: string) {
    setStart(null);
    clearProblem();
    window.history.replaceState(null, "", addressOf(next, search));
  }

  const hasFree = days.some((one) => one.free > 0);
  return (
    <>
      {areCookiesRefused && (
        <Alert tone="warn" role="alert" className="mt-6" title={t("cookies.title")} data-testid="cookies-refused">
          <p>{t("cookies.text")}</p>
        </Alert>
      )}
      {!hasFree && <NothingFree nextFree={props.nextFree} />}
      <DayStrip
        days={days}
        date={day?.date ?? null}
        previous={props.previous}
        next={props.next}
        lastDay={props.lastDay}
        change={props.ownHoldId}
        onChoose={showDay}
      />
      {day && (hasFree || day.slots.length > 0) && (
        <section aria-labelledby="day" className="mt-6">
          <FocusHeading as="h2" id="day" change={day.date} className="font-semibold text-xl">
            {day.name}
          </FocusHeading>
          <p className="text-muted text-sm">
            {t("zone", { zone: props.zone })} <YourTime timezone={props.timezone} locale={props.locale} start={slot?.start ?? null} />
          </p>
          {day.free === 0 && <NoneThisDay days={days} after={day.date} onChoose={showDay} />}
          <SlotGroups slots={day.slots} start={slot?.start ?? null} onChoose={setStart} />
        </section>
      )}
      <StickyBar
        notice={
          changed ? (
            <PriceChanged
              offer={changed}
              before={props.seen}
              locale={props.locale}
              acceptText={t("acceptPrice")}
              isBusy={isBusy}
              onAccept={() => (slot ? hold(slot, seenOf(changed)) : clearProblem())}
            />
          ) : (
            <Problem text={problem} />
          )
        }
      >
        <p aria-live="polite" className="min-w-0 text-sm sm:text-base">
          {slot && day ? (
            <>
              <strong className="block font-semibold">{slot.time}</strong>
              <span className="block text-muted">{day.name}</span>
            </>
          ) : (
            <span className="text-muted">{t("chooseTime")}</span>
          )}
        </p>
        <Button
          data-testid="hold-button"
          className="shrink-0"
          disabled={!slot || areCookiesRefused || changed !== null}
          busyText={isBusy ? t("holding") : undefined}
          onClick={() => slot && hold(slot)}
        >
          {slot?.state === "mine" || !props.needsHold ? t("goOn") : t("hold")}
        </Button>
      </StickyBar>
    </>
  );
}

/** Prefers the wanted day, then the day of the own hold, then the first with a free time. */
function firstDate(days: DayShown[], wanted: string | null): string | null {
  const day =
    days.find((one) => one.date === wanted) ??
    days.find((one) => one.slots.some((slot) => slot.state === "mine")) ??
    days.find((one) => one.free > 0) ??
    days[0];
  return day?.date ?? null;
}
