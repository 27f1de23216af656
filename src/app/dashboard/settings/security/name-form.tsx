"use client";

import { useTranslations } from "next-intl";
import { useFields } from "#app/(account)/use-fields.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { Section } from "./section.tsx";

const fields = { name: "name" } as const;

export function NameForm({ name }: { name: string }) {
  const t = useTranslations("account.security");
  const words = useTranslations("account");
  const saving = useSaving();
  const toast = useToast();
  const { submit, problem } = useFields(fields, saving);
  const send = submit((json) =>
    saving.save(
      () => answerOf(api.account.name.$post({ json })),
      () => toast(t("saved")),
    ),
  );
  return (
    <Section title={t("you")}>
      <form onSubmit={send} noValidate className="space-y-5">
        <Field name="name" label={words("name")} defaultValue={name} autoComplete="name" problem={problem("name")} />
        <Problem text={saving.problem} />
        <Button type="submit" look="outline" busyText={saving.isSaving ? t("saving") : undefined}>
          {t("save")}
        </Button>
      </form>
    </Section>
  );
}
