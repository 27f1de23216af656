"use client";

import { CalendarClock } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { OwnDetails } from "#contracts/professionals.ts";
import { Alert, Problem } from "#ui/alert.tsx";
import { Card } from "#ui/card.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { HoursEditor } from "#ui/openings/hours-editor.tsx";
import { problemsOf, toWeek, typed } from "#ui/openings/week.ts";
import { ZoneSelect } from "#ui/openings/zone-select.tsx";
import { Portrait } from "#ui/portrait.tsx";

type FormProps = { token: string; details: OwnDetails; zones: readonly string[]; confirmedAt: string | null };

/** A picture that the merchant uploaded has no address that means anything to people. */
const ownAddress = (photoUrl: string | null): string => (photoUrl?.startsWith("https://") ? photoUrl : "");
const photoAt = (typed: string): string | null => (typed.startsWith("https://") ? typed : null);

export function OwnDetailsForm({ token, details, zones, confirmedAt }: FormProps) {
  const t = useTranslations("professionals");
  const saving = useSaving();
  const [seen, setSeen] = useState(details.version);
  const [given, setGiven] = useState({ name: details.name, photoUrl: ownAddress(details.photoUrl), timezone: details.timezone ?? "" });
  const shownPhoto = given.photoUrl === ownAddress(details.photoUrl) ? details.photoUrl : photoAt(given.photoUrl);
  const [ranges, setRanges] = useState(() => details.hours.map(typed));
  const [isHoursWrong, setIsHoursWrong] = useState(false);
  const [isDone, setIsDone] = useState(false);
  const { tenant } = details;
  const problem = (field: "name" | "photoUrl" | "timezone") => (saving.wrong.includes(field) ? t(`details.problems.${field}`) : undefined);
  const text = (field: "name" | "photoUrl") => ({
    name: field,
    value: given[field],
    problem: problem(field),
    onChange: ({ target }: { target: { value: string } }) => setGiven({ ...given, [field]: target.value }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setIsDone(false);
    const isWrong = problemsOf(ranges).size > 0;
    setIsHoursWrong(isWrong);
    if (isWrong) return;
    const { name, photoUrl, timezone } = given;
    const photo = photoUrl === ownAddress(details.photoUrl) ? {} : { photoUrl: photoUrl.trim() || null };
    const json = { name, ...photo, timezone: timezone || null, hours: toWeek(ranges), version: seen };
    void saving.save(
      () => answerOf(api["calendar-invitations"][":token"].$patch({ param: { token }, json })),
      ({ version }) => {
        setSeen(version);
        setIsDone(true);
      },
    );
  }

  return (
    <form onSubmit={submit} noValidate className="mt-6 space-y-6">
      {confirmedAt !== null && !isDone && (
        <Alert tone="good">
          <p>{t("connect.doneBefore", { date: confirmedAt })}</p>
        </Alert>
      )}
      <Card className="space-y-5">
        <Field {...text("name")} label={t("details.name")} hint={t("details.nameHint")} maxLength={100} autoComplete="name" dir="auto" />
        <div className="flex items-start gap-4">
          <Portrait name={given.name} photoUrl={shownPhoto} className="mt-8" />
          <div className="min-w-0 flex-1">
            <Field {...text("photoUrl")} label={t("connect.photo")} hint={t("connect.photoHint")} inputMode="url" autoComplete="off" />
          </div>
        </div>
        <ZoneSelect
          zones={zones}
          tenantZone={tenant.timezone}
          value={given.timezone}
          onChange={(timezone) => setGiven({ ...given, timezone })}
          problem={problem("timezone")}
        />
      </Card>
      <Card>
        <h2 className="font-semibold text-lg">{t("connect.calendar")}</h2>
        <p className="mt-1 flex gap-2 text-muted">
          <CalendarClock aria-hidden className="mt-0.5 size-5 shrink-0" />
          {t("connect.calendarSoon")}
        </p>
      </Card>
      <Card>
        <h2 className="font-semibold text-lg">{t("hours.title")}</h2>
        <p className="mb-2 text-muted">{t("hours.lead", { zone: given.timezone || tenant.timezone })}</p>
        <HoursEditor ranges={ranges} weekStart={tenant.weekStart} onChange={setRanges} />
      </Card>
      <Problem text={isHoursWrong ? t("hours.fix") : null} />
      {isDone && (
        <Alert tone="good" role="status" data-testid="confirmed">
          <p>{t("connect.done", { tenant: tenant.name })}</p>
        </Alert>
      )}
      <SaveBar saving={saving} label={t("connect.confirm")} />
    </form>
  );
}
