"use client";

import { useTranslations } from "next-intl";
import { Alert } from "#ui/alert.tsx";
import { buttonStyles } from "#ui/button.tsx";
import { NextLink } from "#ui/next-link.tsx";
import { DayLink } from "./day-link.tsx";
import type { DayShown } from "./load-days.ts";

/** Says where free times go on, or that there are none. */
export function NothingFree({ nextFree }: { nextFree: string | null }) {
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

/** Offers the next day that has a free time. */
export function NoneThisDay({ days, after, onChoose }: { days: DayShown[]; after: string; onChoose: (date: string) => void }) {
  const t = useTranslations("availability");
  const next = days.find((one) => one.free > 0 && one.date > after) ?? days.find((one) => one.free > 0);
  return (
    <Alert className="mt-4">
      <p>{t("noneThisDay")}</p>
      {next && (
        <DayLink date={next.date} onChoose={onChoose} className={buttonStyles({ look: "outline" })}>
          {t("nextFreeDay", { day: next.name })}
        </DayLink>
      )}
    </Alert>
  );
}
