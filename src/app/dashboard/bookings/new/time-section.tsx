"use client";

import { useTranslations } from "next-intl";
import { useFreeTimes } from "#app/dashboard/calendar/use-free-times.ts";
import type { ByHandChoices } from "#queries/desk/by-hand-choices.ts";
import { Card } from "#ui/card.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { Select } from "#ui/dashboard/controls.tsx";
import { clockText, instantOf, minutesOfClock, wallTimeOf } from "#ui/dashboard/wall-clock.ts";
import { Field, FieldProblem } from "#ui/field.tsx";
import { formatTime } from "#ui/format.ts";
import type { Draft } from "./draft.ts";

export type SectionProps = {
  draft: Draft;
  change: (more: Partial<Draft>) => void;
  choices: ByHandChoices;
  locale: string;
  /** By field, in words. */
  problems: Readonly<Record<string, string | undefined>>;
};

type TimeSectionProps = SectionProps & { today: string; isOutside: boolean };

/** What, with whom and when: one of the free times, or any other. */
export function TimeSection({ draft, change, choices, locale, problems, today, isOutside }: TimeSectionProps) {
  const t = useTranslations("byHand.time");
  const { serviceId, professionalId, start } = draft;
  const given = choices.services.filter(({ id }) => choices.professionals.some(({ serviceIds }) => serviceIds.includes(id)));
  const people = choices.professionals.filter(({ serviceIds }) => serviceIds.includes(serviceId));
  const chooseService = (id: string) => {
    const [first, ...others] = choices.professionals.filter(({ serviceIds }) => serviceIds.includes(id));
    const stays = [first, ...others].some((one) => one?.id === professionalId);
    change({ serviceId: id, price: "", ...(!stays && first && { professionalId: first.id }) });
  };
  return (
    <Card className="space-y-5" aria-labelledby="time-title">
      <h2 id="time-title" className="font-semibold text-lg">
        {t("title")}
      </h2>
      <div className="grid gap-5 sm:grid-cols-2">
        <Select name="serviceId" label={t("service")} value={serviceId} onChange={({ target }) => chooseService(target.value)}>
          {given.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select
          name="professionalId"
          label={t("professional")}
          value={professionalId}
          onChange={({ target }) => change({ professionalId: target.value })}
        >
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </div>
      <When key={start ?? "none"} {...{ draft, change, choices, locale, problems, today }} />
      {(isOutside || draft.ignoresHours) && (
        <Checkbox name="ignoreHours" checked={draft.ignoresHours} onChange={({ target }) => change({ ignoresHours: target.checked })}>
          {t("ignoreHours")}
        </Checkbox>
      )}
    </Card>
  );
}

function When({ draft, change, choices: { timezone }, locale, problems, today }: Omit<TimeSectionProps, "isOutside">) {
  const t = useTranslations("byHand.time");
  const { serviceId, professionalId, start } = draft;
  const shown = start === null ? null : wallTimeOf(start, timezone);
  const date = shown?.date ?? (draft.day || today);
  const free = useFreeTimes({ serviceId, professionalId, date });
  const type = (at: { date: string; minutes: number | null }) => {
    if (at.date === "") return;
    change({
      day: at.date,
      start: at.minutes === null ? null : instantOf({ date: at.date, minutes: at.minutes }, timezone),
      ignoresHours: false,
    });
  };
  return (
    <>
      <div className="grid grid-cols-2 gap-5">
        <Field
          name="day"
          type="date"
          label={t("day")}
          value={date}
          onChange={({ target }) => type({ date: target.value, minutes: shown?.minutes ?? null })}
        />
        <Field
          name="time"
          type="time"
          label={t("clock")}
          defaultValue={shown ? clockText(shown.minutes) : ""}
          onBlur={({ target }) => target.value && type({ date, minutes: minutesOfClock(target.value) })}
          problem={problems["start"]}
        />
      </div>
      <fieldset>
        <legend className="mb-1.5 font-medium">{t("free")}</legend>
        {free === null && <p className="text-muted">{t("loading")}</p>}
        {free?.length === 0 && <p className="text-muted">{t("noFree")}</p>}
        <div className="flex max-h-44 flex-wrap gap-2 overflow-y-auto p-1">
          {free?.map((instant) => (
            <button
              key={instant}
              type="button"
              aria-pressed={start !== null && Date.parse(instant) === Date.parse(start)}
              onClick={() => change({ start: instant, ignoresHours: false })}
              className="min-h-11 rounded-xl border border-edge bg-card px-3 aria-pressed:border-brand-ink aria-pressed:bg-brand-soft aria-pressed:font-semibold aria-pressed:text-brand-ink"
              data-testid="free-time"
            >
              {formatTime({ instant, locale, timezone })}
            </button>
          ))}
        </div>
      </fieldset>
      <FieldProblem name="when" problem={problems["when"]} />
    </>
  );
}
