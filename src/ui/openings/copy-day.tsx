"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../button.tsx";
import { weekdayName, weekdays } from "./week.ts";

type CopyDayProps = { from: number; onCopy: (to: number[]) => void; onClose: () => void };

/** Its hours replace those of the chosen days. */
export function CopyDay({ from, onCopy, onClose }: CopyDayProps) {
  const t = useTranslations("professionals.hours");
  const others = weekdays.filter((weekday) => weekday !== from);
  const [chosen, setChosen] = useState<readonly number[]>(others.filter((weekday) => weekday <= 5));
  const toggle = (weekday: number, isOn: boolean) => setChosen(isOn ? [...chosen, weekday] : chosen.filter((each) => each !== weekday));
  return (
    <fieldset className="rounded-xl border border-line bg-paper p-4 sm:col-span-3">
      <legend className="sr-only">{t("copyFrom", { day: t(`days.${weekdayName(from)}`) })}</legend>
      <p aria-hidden className="font-medium">
        {t("copyTo")}
      </p>
      <div className="flex flex-wrap gap-x-5">
        {others.map((weekday) => (
          <label key={weekday} className="flex min-h-11 items-center gap-2.5">
            <input
              type="checkbox"
              className="size-5 accent-(--brand-ink)"
              checked={chosen.includes(weekday)}
              onChange={({ target }) => toggle(weekday, target.checked)}
            />
            {t(`days.${weekdayName(weekday)}`)}
          </label>
        ))}
      </div>
      <div className="mt-2 flex flex-wrap gap-3">
        <Button look="outline" disabled={chosen.length === 0} onClick={() => onCopy([...chosen])} data-testid="copy-hours">
          {t("copy")}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t("cancel")}
        </Button>
      </div>
    </fieldset>
  );
}
