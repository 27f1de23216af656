"use client";

import { useTranslations } from "next-intl";
import type { OfferSeen } from "#contracts/offer.ts";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { useCookiesRefused } from "#ui/cookies-work.ts";
import { StickyBar } from "#ui/sticky-bar.tsx";
import { PriceChanged } from "#ui/wizard/price-changed.tsx";
import { seenOf } from "#ui/wizard/seen-of.ts";
import { Times, type TimesShown, useChosenTime } from "./times.tsx";
import { useSlotHold } from "./use-slot-hold.ts";

export type SlotPickerProps = TimesShown & {
  link: string;
  chosen: { service: string; professional: string };
  /** Is false where the first payer wins, because nobody can hold such a slot. */
  needsHold: boolean;
  /** The offer as the page shows it. */
  seen: OfferSeen;
  /** A hold that came or went. */
  ownHoldId: string | null;
};

export function SlotPicker(props: SlotPickerProps) {
  const { link, chosen } = props;
  const t = useTranslations("availability");
  const time = useChosenTime(props);
  const { day, slot } = time;
  const { hold, problem, changed, clearProblem, isBusy } = useSlotHold({
    link,
    chosen,
    needsHold: props.needsHold,
    seen: props.seen,
    onGone: time.letGo,
  });
  const areCookiesRefused = useCookiesRefused() && props.needsHold;
  return (
    <>
      {areCookiesRefused && (
        <Alert tone="warn" role="alert" className="mt-6" title={t("cookies.title")} data-testid="cookies-refused">
          <p>{t("cookies.text")}</p>
        </Alert>
      )}
      <Times {...props} chosen={time} change={props.ownHoldId} onDay={clearProblem} />
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
