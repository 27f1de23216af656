"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { firstWeek } from "#contracts/first-run/trades.ts";
import { Alert } from "#ui/alert.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";

type ProfessionalStepProps = { email: string; serviceIds: string[]; hasSome: boolean };

/** The first professional is whoever sits here. They say their name, because customers read it. */
export function ProfessionalStep({ email, serviceIds, hasSome }: ProfessionalStepProps) {
  const t = useTranslations("firstRun.professional");
  const saving = useSaving();

  function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name") ?? "").trim();
    const json = { name, email, serviceIds, hours: firstWeek };
    void saving.save(() => answerOf(api.professionals.$post({ json })));
  }

  return (
    <form noValidate onSubmit={save} className="space-y-5">
      <p className="text-muted">{t("text")}</p>
      {hasSome && (
        <Alert tone="warn">
          <p>{t("notDone")}</p>
        </Alert>
      )}
      <Field
        name="name"
        label={t("name")}
        hint={t("nameHint")}
        autoComplete="name"
        maxLength={100}
        problem={saving.wrong.includes("name") ? t("nameProblem") : undefined}
      />
      <SaveBar saving={saving} label={t("create")} />
    </form>
  );
}
