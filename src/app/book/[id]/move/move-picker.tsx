"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { withQuery } from "#app/book/address.ts";
import { Alert, Problem } from "#ui/alert.tsx";
import { ApiProblem, postOwnMove } from "#ui/api.ts";
import { Button } from "#ui/button.tsx";
import { FocusHeading } from "#ui/focus/focus-heading.tsx";
import { useFreshPage } from "#ui/fresh/use-fresh-page.ts";
import { StickyBar } from "#ui/sticky-bar.tsx";
import { useErrorText } from "#ui/use-error-text.ts";
import { addressOf } from "../(wizard)/availability/day-link.tsx";
import { DayStrip } from "../(wizard)/availability/day-strip.tsx";
import { NoneThisDay, NothingFree } from "../(wizard)/availability/empty-notes.tsx";
import type { DayShown } from "../(wizard)/availability/load-days.ts";
import { SlotGroups } from "../(wizard)/availability/slot-groups.tsx";
import { YourTime } from "../(wizard)/availability/your-time.tsx";

type MovePickerProps = {
  booking: { id: string; token: string };
  now: { start: string; when: string };
  /** Set if a later cancellation will give back less than the terms of a new booking. */
  percentLeft: number | null;
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

/** The wizard's days and times. One press moves the booking. */
export function MovePicker(props: MovePickerProps) {
  const { days } = props;
  const t = useTranslations("ownChanges.move");
  const words = useTranslations("availability");
  useFreshPage(props.renderedAt);
  const search = useSearchParams();
  const date = search.get("day");
  const [start, setStart] = useState<string | null>(null);
  const { move, problem, clear, isBusy } = useOwnMove(props, () => setStart(null));
  const day = days.find((one) => one.date === date) ?? days.find((one) => one.free > 0) ?? days[0];
  const slot = day?.slots.find((one) => one.start === start && one.state === "free") ?? null;
  const hasFree = days.some((one) => one.free > 0);

  function showDay(next: string) {
    setStart(null);
    clear();
    window.history.replaceState(null, "", addressOf(next, search));
  }

  return (
    <>
      {props.percentLeft !== null && (
        <Alert className="mt-6" data-testid="terms-kept">
          <p>{t("termsKept", { percent: props.percentLeft })}</p>
        </Alert>
      )}
      {!hasFree && <NothingFree nextFree={props.nextFree} />}
      <DayStrip
        {...{ days, previous: props.previous, next: props.next, lastDay: props.lastDay }}
        date={day?.date ?? null}
        change={null}
        onChoose={showDay}
      />
      {day && (hasFree || day.slots.length > 0) && (
        <section aria-labelledby="day" className="mt-6">
          <FocusHeading as="h2" id="day" change={day.date} className="font-semibold text-xl">
            {day.name}
          </FocusHeading>
          <p className="text-muted text-sm">
            {words("zone", { zone: props.zone })} <YourTime timezone={props.timezone} locale={props.locale} start={slot?.start ?? null} />
          </p>
          {day.free === 0 && <NoneThisDay days={days} after={day.date} onChoose={showDay} />}
          <SlotGroups slots={day.slots} start={slot?.start ?? null} onChoose={setStart} />
        </section>
      )}
      <StickyBar notice={<Problem text={problem} />}>
        <p aria-live="polite" className="min-w-0 text-sm sm:text-base">
          {slot && day ? (
            <>
              <strong className="block font-semibold">{t("to", { time: slot.time, day: day.name })}</strong>
              <span className="block text-muted">{t("instead", { when: props.now.when })}</span>
            </>
          ) : (
            <span className="text-muted">{words("chooseTime")}</span>
          )}
        </p>
        <Button
          data-testid="own-move"
          className="shrink-0"
          disabled={!slot}
          busyText={isBusy ? t("busy") : undefined}
          onClick={() => slot && move(slot.start)}
        >
          {t("press")}
        </Button>
      </StickyBar>
    </>
  );
}

function useOwnMove({ booking, now }: Pick<MovePickerProps, "booking" | "now">, onGone: () => void) {
  const t = useTranslations("ownChanges.move");
  const router = useRouter();
  const errorText = useErrorText();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function move(start: string) {
    if (isBusy) return;
    setIsBusy(true);
    setProblem(null);
    try {
      await postOwnMove(booking, { start, from: now.start });
      window.location.assign(withQuery(`/book/${booking.id}/confirm`, { token: booking.token, moved: "yes" }));
    } catch (error) {
      const code = error instanceof ApiProblem ? error.code : null;
      setProblem(code === "changed_meanwhile" ? t("changed") : errorText(error));
      setIsBusy(false);
      onGone();
      router.refresh();
    }
  }
  return { move, problem, clear: () => setProblem(null), isBusy };
}
