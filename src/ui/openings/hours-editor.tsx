"use client";

import { useTranslations } from "next-intl";
import { HoursDay } from "./hours-day.tsx";
import { problemsOf, type TypedRange, type WeekStart, weekFrom } from "./week.ts";

type HoursEditorProps = { ranges: readonly TypedRange[]; weekStart: WeekStart; onChange: (ranges: TypedRange[]) => void };

/** A week, day by day. Each day takes several ranges; one day can be copied to others. */
export function HoursEditor({ ranges, weekStart, onChange }: HoursEditorProps) {
  const t = useTranslations("professionals.hours");
  const problems = problemsOf(ranges);
  return (
    <fieldset>
      <legend className="sr-only">{t("title")}</legend>
      <ul className="divide-y divide-line">
        {weekFrom(weekStart).map((weekday) => (
          <HoursDay key={weekday} weekday={weekday} ranges={ranges} problems={problems} onChange={onChange} />
        ))}
      </ul>
    </fieldset>
  );
}
