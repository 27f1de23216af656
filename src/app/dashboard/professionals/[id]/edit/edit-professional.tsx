"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { Professional } from "#contracts/professionals.ts";
import { Problem } from "#ui/alert.tsx";
import { Card } from "#ui/card.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { HoursEditor } from "#ui/openings/hours-editor.tsx";
import { problemsOf, toWeek, typed } from "#ui/openings/week.ts";
import { asFields, type Choices, DetailsFields, detailsOf } from "../../details-fields.tsx";

type EditProps = { professional: Professional; choices: Choices };

/** Two forms of one row: what the one saved, the other has seen. */
export function EditProfessional({ professional, choices }: EditProps) {
  const [version, setVersion] = useState(professional.version);
  const [timezone, setTimezone] = useState(professional.timezone);
  const seen = { id: professional.id, version };
  const onSaved = (saved: Professional) => {
    setVersion(saved.version);
    setTimezone(saved.timezone);
  };
  return (
    <>
      <DetailsForm professional={professional} choices={choices} seen={seen} onSaved={onSaved} />
      <HoursForm
        professional={professional}
        zone={timezone ?? choices.tenantZone}
        weekStart={choices.weekStart}
        seen={seen}
        onSaved={onSaved}
      />
    </>
  );
}

type Seen = { id: string; version: number };
type FormProps = { professional: Professional; seen: Seen; onSaved: (saved: Professional) => void };

function DetailsForm({ professional, choices, seen, onSaved }: FormProps & { choices: Choices }) {
  const t = useTranslations("professionals.details");
  const saved = useTranslations("dashboard");
  const toast = useToast();
  const saving = useSaving();
  const [details, setDetails] = useState(() => detailsOf(professional));
  const [active, setActive] = useState(professional.active);

  function submit(event: FormEvent) {
    event.preventDefault();
    const json = { ...asFields(details), active, version: seen.version };
    void saving.save(
      () => answerOf(api.professionals[":id"].$patch({ param: { id: seen.id }, json })),
      (answer) => {
        onSaved(answer);
        setDetails(detailsOf(answer));
        toast(saved("saved"));
      },
    );
  }

  return (
    <Card>
      <form onSubmit={submit} noValidate className="space-y-5" data-testid="details-form">
        <h2 className="font-semibold text-lg">{t("title")}</h2>
        <DetailsFields details={details} onChange={setDetails} wrong={saving.wrong} choices={choices} />
        <Checkbox name="active" checked={active} onChange={({ target }) => setActive(target.checked)}>
          {t("active")}
        </Checkbox>
        <SaveBar saving={saving} label={t("save")} />
      </form>
    </Card>
  );
}

function HoursForm({ professional, zone, weekStart, seen, onSaved }: FormProps & { zone: string } & Pick<Choices, "weekStart">) {
  const t = useTranslations("professionals.hours");
  const toast = useToast();
  const saving = useSaving();
  const [ranges, setRanges] = useState(() => professional.hours.map(typed));
  const [isWrong, setIsWrong] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    const hasProblems = problemsOf(ranges).size > 0;
    setIsWrong(hasProblems);
    if (hasProblems) return;
    const json = { hours: toWeek(ranges), version: seen.version };
    void saving.save(
      () => answerOf(api.professionals[":id"].hours.$put({ param: { id: seen.id }, json })),
      (answer) => {
        onSaved(answer);
        toast(t("saved"));
      },
    );
  }

  return (
    <Card>
      <form onSubmit={submit} noValidate className="space-y-4" data-testid="hours-form">
        <div>
          <h2 className="font-semibold text-lg">{t("title")}</h2>
          <p className="text-muted">{t("lead", { zone })}</p>
        </div>
        <HoursEditor ranges={ranges} weekStart={weekStart} onChange={setRanges} />
        <Problem text={isWrong ? t("fix") : null} />
        <SaveBar saving={saving} label={t("save")} />
      </form>
    </Card>
  );
}
