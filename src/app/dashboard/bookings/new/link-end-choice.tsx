"use client";

import { useTranslations } from "next-intl";
import { Field, FieldProblem } from "#ui/field.tsx";
import { formatShort } from "#ui/format.ts";
import { endOf, isEndFit, type LinkEnd, linkEnds } from "./link-end.ts";

type Chosen = { end: LinkEnd; endDay: string; endTime: string };
type LinkEndChoiceProps = {
  draft: Chosen;
  change: (more: Partial<Chosen>) => void;
  /** An end lies behind `from`, and not behind `latest`. */
  bounds: { timezone: string; from?: number; latest: number };
  locale: string;
  now: number;
  problem: string | undefined;
};

const row =
  "flex min-h-11 cursor-pointer items-center gap-2 rounded-xl border border-edge px-4 py-2 has-[:checked]:border-brand has-[:checked]:bg-brand-soft has-[:disabled]:cursor-default has-[:disabled]:opacity-60";

/** Until when the customer may pay. What the appointment leaves no time for cannot be chosen. */
export function LinkEndChoice({ draft, change, bounds, locale, now, problem }: LinkEndChoiceProps) {
  const t = useTranslations("byHand.end");
  const { timezone, from = 0, latest } = bounds;
  const isFit = (end: LinkEnd) => {
    const at = endOf({ ...draft, end }, { now, timezone });
    return end === "custom" || (isEndFit(at, { now, latest }) && at > from);
  };
  const chosen = endOf(draft, { now, timezone });
  const moment = (at: number) => formatShort({ instant: new Date(at).toISOString(), locale, timezone });
  return (
    <fieldset className="space-y-3">
      <legend className="mb-1.5 font-medium">{t("title")}</legend>
      <div className="flex flex-wrap gap-2">
        {linkEnds.map((end) => (
          <label key={end} className={row}>
            <input
              type="radio"
              name="end"
              value={end}
              checked={draft.end === end}
              disabled={!isFit(end)}
              onChange={() => change({ end })}
              className="size-5 shrink-0 accent-brand"
            />
            {t(end)}
          </label>
        ))}
      </div>
      {draft.end === "custom" && (
        <div className="grid grid-cols-2 gap-5">
          <Field
            name="endDay"
            type="date"
            label={t("day")}
            value={draft.endDay}
            onChange={({ target }) => change({ endDay: target.value })}
          />
          <Field
            name="endTime"
            type="time"
            label={t("time")}
            value={draft.endTime}
            onChange={({ target }) => change({ endTime: target.value })}
          />
        </div>
      )}
      <p className="text-muted text-sm">
        {chosen !== null && `${t("until", { time: moment(chosen) })} · `}
        {t("latest", { time: moment(latest) })}
      </p>
      <FieldProblem name="end" problem={problem} />
    </fieldset>
  );
}
