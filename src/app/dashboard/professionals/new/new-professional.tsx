"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Problem } from "#ui/alert.tsx";
import { newIdempotencyKey } from "#ui/api.ts";
import { Card } from "#ui/card.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { HoursEditor } from "#ui/openings/hours-editor.tsx";
import { problemsOf, toWeek, typed, usualWeek } from "#ui/openings/week.ts";
import { asFields, type Choices, type Details, DetailsFields, noDetails } from "../details-fields.tsx";

/** Most people give everything, and it is easier to take away. */
const detailsFor = ({ services }: Choices): Details => ({ ...noDetails, serviceIds: services.map(({ id }) => id) });

export function NewProfessional({ choices }: { choices: Choices }) {
  const t = useTranslations("professionals");
  const router = useRouter();
  const toast = useToast();
  const saving = useSaving();
  const [details, setDetails] = useState(() => detailsFor(choices));
  const [ranges, setRanges] = useState(() => usualWeek.map(typed));
  const [isHoursWrong, setIsHoursWrong] = useState(false);
  // A lost answer may be asked for again: the same request makes one professional only.
  const [attempt, setAttempt] = useState({ text: "", key: "" });

  function submit(event: FormEvent) {
    event.preventDefault();
    const isWrong = problemsOf(ranges).size > 0;
    setIsHoursWrong(isWrong);
    if (isWrong) return;
    const json = { ...asFields(details), hours: toWeek(ranges) };
    const text = JSON.stringify(json);
    const key = attempt.text === text ? attempt.key : newIdempotencyKey();
    setAttempt({ text, key });
    void saving.save(
      () => answerOf(api.professionals.$post({ json, header: { "idempotency-key": key } })),
      ({ name }) => {
        toast(t("details.created", { name }));
        router.push("/dashboard/professionals");
      },
    );
  }

  return (
    <form onSubmit={submit} noValidate className="max-w-3xl space-y-6">
      <Card>
        <h2 className="mb-5 font-semibold text-lg">{t("details.title")}</h2>
        <DetailsFields details={details} onChange={setDetails} wrong={saving.wrong} choices={choices} />
      </Card>
      <Card>
        <h2 className="font-semibold text-lg">{t("hours.title")}</h2>
        <p className="mb-2 text-muted">{t("hours.lead", { zone: details.timezone || choices.tenantZone })}</p>
        <HoursEditor ranges={ranges} weekStart={choices.weekStart} onChange={setRanges} />
      </Card>
      <Problem text={isHoursWrong ? t("hours.fix") : null} />
      <SaveBar saving={saving} label={t("details.create")} />
    </form>
  );
}
