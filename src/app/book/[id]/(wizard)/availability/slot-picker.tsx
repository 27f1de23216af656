"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Alert } from "../../../../../ui/alert.tsx";
import { ApiProblem, postHold } from "../../../../../ui/api.ts";
import { Button, buttonStyles } from "../../../../../ui/button.tsx";
import { NextLink } from "../../../../../ui/next-link.tsx";
import { StickyBar } from "../../../../../ui/sticky-bar.tsx";
import { useErrorText } from "../../../../../ui/use-error-text.ts";
import { useFreshPage } from "../../../../../ui/use-fresh-page.ts";
import { withQuery } from "../../../address.ts";
import { DayStrip } from "./day-strip.tsx";
import type { DayShown, SlotShown } from "./load-days.ts";
import { SlotGroups } from "./slot-groups.tsx";
import { YourTime } from "./your-time.tsx";

export type SlotPickerProps = {
  link: string;
  chosen: { service: string; professional: string };
  /** False where the first payer wins: then there is nothing to hold. */
  needsHold: boolean;
  days: DayShown[];
  wantedDay: string | null;
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
  const router = useRouter();
  const errorText = useErrorText();
  useFreshPage(props.renderedAt);
  const [date, setDate] = useState(() => firstDate(days, props.wantedDay));
  const [start, setStart] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isHolding, setIsHolding] = useState(false);
  const [isLeaving, startLeaving] = useTransition();

  const day = days.find((one) => one.date === date) ?? days[0];
  const slot = day?.slots.find((one) => one.start === start && one.state !== "held") ?? null;
  const detailsAddress = (extra = {}) => withQuery(`/book/${link}/details`, { ...chosen, ...extra });

  function showDay(next: string) {
    setDate(next);
    setStart(null);
    setProblem(null);
    const address = new URL(window.location.href);
    address.searchParams.set("day", next);
    window.history.replaceState(null, "", address);
  }

  async function hold(wanted: SlotShown) {
    if (isHolding || isLeaving) return;
    setProblem(null);
    setIsHolding(true);
    try {
      if (props.needsHold && wanted.state !== "mine")
        await postHold({ link, serviceId: chosen.service, professionalId: chosen.professional, start: wanted.start });
      startLeaving(() => router.push(detailsAddress(props.needsHold ? {} : { start: wanted.start })));
    } catch (error) {
      setProblem(errorText(error));
      if (error instanceof ApiProblem && ["slot_taken", "slot_not_offered"].includes(error.code)) {
        setStart(null);
        router.refresh();
      }
    } finally {
      setIsHolding(false);
    }
  }

  const hasFree = days.some((one) => one.free > 0);
  return (
    <>
      {!hasFree && <NothingFree nextFree={props.nextFree} />}
      <DayStrip days={days} date={day?.date ?? null} previous={props.previous} next={props.next} onChoose={showDay} />
      {problem && (
        <Alert tone="bad" role="alert" className="mt-6">
          <p>{problem}</p>
        </Alert>
      )}
      {day && hasFree && (
        <section aria-labelledby="day" className="mt-6">
          <h2 id="day" className="font-semibold text-xl">
            {day.name}
          </h2>
          <p className="text-muted text-sm">
            {t("zone", { zone: props.zone })} <YourTime timezone={props.timezone} locale={props.locale} start={slot?.start ?? null} />
          </p>
          {day.free === 0 && <NoneThisDay days={days} after={day.date} onChoose={showDay} />}
          <SlotGroups slots={day.slots} start={slot?.start ?? null} onChoose={setStart} />
        </section>
      )}
      <StickyBar>
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
          disabled={!slot}
          busyText={isHolding || isLeaving ? t("holding") : undefined}
          onClick={() => slot && hold(slot)}
        >
          {slot?.state === "mine" || !props.needsHold ? t("goOn") : t("hold")}
        </Button>
      </StickyBar>
    </>
  );
}

/** The wanted day, else that of one's own hold, else the first with a free time. */
function firstDate(days: DayShown[], wanted: string | null): string | null {
  const day =
    days.find((one) => one.date === wanted) ??
    days.find((one) => one.slots.some((slot) => slot.state === "mine")) ??
    days.find((one) => one.free > 0) ??
    days[0];
  return day?.date ?? null;
}

function NothingFree({ nextFree }: { nextFree: string | null }) {
  const t = useTranslations("availability");
  return (
    <Alert className="mt-6" title={t("nothingFree")}>
      {nextFree ? (
        <NextLink href={nextFree} className={buttonStyles({ look: "outline" })}>
          {t("toNextFree")}
        </NextLink>
      ) : (
        <p>{t("nothingFreeAtAll")}</p>
      )}
    </Alert>
  );
}

function NoneThisDay({ days, after, onChoose }: { days: DayShown[]; after: string; onChoose: (date: string) => void }) {
  const t = useTranslations("availability");
  const next = days.find((one) => one.free > 0 && one.date > after) ?? days.find((one) => one.free > 0);
  return (
    <Alert className="mt-4">
      <p>{t("noneThisDay")}</p>
      {next && (
        <Button look="outline" onClick={() => onChoose(next.date)}>
          {t("nextFreeDay", { day: next.name })}
        </Button>
      )}
    </Alert>
  );
}
