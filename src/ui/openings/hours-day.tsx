"use client";

import { Copy, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { classNames } from "../class-names.ts";
import { FieldProblem } from "../field.tsx";
import { CopyDay } from "./copy-day.tsx";
import { copyDay, endOf, nextRange, type RangeProblem, shownEnd, type TypedRange, weekdayName } from "./week.ts";

type HoursDayProps = {
  weekday: number;
  ranges: readonly TypedRange[];
  problems: ReadonlyMap<number, RangeProblem>;
  onChange: (ranges: TypedRange[]) => void;
};

const quiet =
  "inline-flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-xl px-2 font-medium text-brand-ink hover:bg-brand-soft";

export function HoursDay({ weekday, ranges, problems, onChange }: HoursDayProps) {
  const t = useTranslations("professionals.hours");
  const [isCopying, setIsCopying] = useState(false);
  const day = t(`days.${weekdayName(weekday)}`);
  const own = ranges.filter((range) => range.weekday === weekday);
  const change = (key: number, part: Partial<TypedRange>) =>
    onChange(ranges.map((range) => (range.key === key ? { ...range, ...part } : range)));
  const remove = (key: number) => onChange(ranges.filter((range) => range.key !== key));
  return (
    <li
      className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-2 py-3 sm:grid-cols-[8rem_minmax(0,1fr)_auto]"
      data-testid={`day-${weekday}`}
    >
      <p className="flex min-h-11 items-center font-medium">{day}</p>
      <div className="space-y-2">
        {own.length === 0 && <p className="flex min-h-11 items-center text-muted">{t("closed")}</p>}
        {own.map((range, index) => (
          <RangeFields
            key={range.key}
            range={range}
            name={t("range", { day, number: index + 1 })}
            problem={problems.get(range.key)}
            onChange={(part) => change(range.key, part)}
            onRemove={() => remove(range.key)}
          />
        ))}
      </div>
      <div className="flex flex-wrap items-start gap-1">
        <button type="button" className={quiet} onClick={() => onChange([...ranges, nextRange(weekday, ranges)])} data-testid="add-range">
          <Plus aria-hidden className="size-4" />
          <span aria-hidden>{t("add")}</span>
          <span className="sr-only">{t("addTo", { day })}</span>
        </button>
        {own.length > 0 && (
          <button type="button" className={quiet} aria-expanded={isCopying} onClick={() => setIsCopying(!isCopying)} data-testid="copy-day">
            <Copy aria-hidden className="size-4" />
            <span className="sr-only">{t("copyFrom", { day })}</span>
          </button>
        )}
      </div>
      {isCopying && (
        <CopyDay
          from={weekday}
          onClose={() => setIsCopying(false)}
          onCopy={(to) => {
            onChange(copyDay(ranges, weekday, to));
            setIsCopying(false);
          }}
        />
      )}
    </li>
  );
}

type RangeFieldsProps = {
  range: TypedRange;
  name: string;
  problem: RangeProblem | undefined;
  onChange: (part: Partial<TypedRange>) => void;
  onRemove: () => void;
};

function RangeFields({ range, name, problem, onChange, onRemove }: RangeFieldsProps) {
  const t = useTranslations("professionals.hours");
  const id = `range-${range.key}`;
  const shape = classNames(
    "min-h-11 min-w-0 max-w-36 flex-1 rounded-xl border border-edge bg-card px-1.5 sm:px-3",
    // With twelve hours, a phone has no room for "09:00 a. m." and a picture of a clock.
    "max-sm:text-[0.9375rem] max-sm:[&::-webkit-calendar-picker-indicator]:hidden",
    problem && "border-2 border-bad",
  );
  const wrong = { "aria-invalid": problem ? true : undefined, "aria-describedby": problem ? `${id}-problem` : undefined };
  return (
    <div>
      <div className="flex items-center gap-1 sm:gap-2">
        <input
          type="time"
          aria-label={t("from", { range: name })}
          value={range.startsAt}
          onChange={({ target }) => onChange({ startsAt: target.value })}
          className={shape}
          {...wrong}
        />
        <span aria-hidden>–</span>
        <input
          type="time"
          aria-label={t("to", { range: name })}
          value={shownEnd(range.endsAt)}
          onChange={({ target }) => onChange({ endsAt: endOf(target.value) })}
          className={shape}
          {...wrong}
        />
        <button type="button" className={quiet} onClick={onRemove} data-testid="remove-range">
          <Trash2 aria-hidden className="size-4" />
          <span className="sr-only">{t("remove", { range: name })}</span>
        </button>
      </div>
      <FieldProblem name={id} problem={problem && t(`problems.${problem}`)} />
    </div>
  );
}
