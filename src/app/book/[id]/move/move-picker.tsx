"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { withQuery } from "#app/book/address.ts";
import { Alert, Problem } from "#ui/alert.tsx";
import { ApiProblem, postOwnMove } from "#ui/api.ts";
import { Button } from "#ui/button.tsx";
import { StickyBar } from "#ui/sticky-bar.tsx";
import { useErrorText } from "#ui/use-error-text.ts";
import { Times, type TimesShown, useChosenTime } from "../(wizard)/availability/times.tsx";

type MovePickerProps = TimesShown & {
  booking: { id: string; token: string };
  now: { start: string; when: string };
  /** Set if a later cancellation will give back less than the terms of a new booking. */
  percentLeft: number | null;
};

/** The wizard's days and times. One press moves the booking. */
export function MovePicker(props: MovePickerProps) {
  const t = useTranslations("ownChanges.move");
  const words = useTranslations("availability");
  const time = useChosenTime(props);
  const { day, slot } = time;
  const { move, problem, clear, isBusy } = useOwnMove(props, time.letGo);

  return (
    <>
      {props.percentLeft !== null && (
        <Alert className="mt-6" data-testid="terms-kept">
          <p>{t("termsKept", { percent: props.percentLeft })}</p>
        </Alert>
      )}
      <Times {...props} chosen={time} onDay={clear} />
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
