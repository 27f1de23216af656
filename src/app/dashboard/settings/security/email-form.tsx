"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAttemptText } from "#app/(account)/use-attempt-text.ts";
import { useFields } from "#app/(account)/use-fields.ts";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { PasswordField } from "#ui/dashboard/password-field.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { Section } from "./section.tsx";

const fields = { email: "email", emailPassword: "given" } as const;

export function EmailForm({ email }: { email: string }) {
  const t = useTranslations("account.security");
  const saving = useSaving();
  const { submit, problem } = useFields(fields, saving);
  const [asked, setAsked] = useState<string | null>(null);
  const problemText = useAttemptText(saving);
  const send = submit(({ email: next, emailPassword: password }) =>
    saving.save(
      () => answerOf(api.account.email.$post({ json: { email: next, password } })),
      () => setAsked(next),
    ),
  );
  return (
    <Section title={t("emailTitle")} lead={t("emailLead", { address: email })}>
      {asked !== null && (
        <Alert tone="good" role="status">
          <p>{t("emailAsked", { address: asked })}</p>
        </Alert>
      )}
      <form onSubmit={send} noValidate className="space-y-5">
        <Field name="email" type="email" label={t("newEmail")} autoComplete="email" inputMode="email" problem={problem("email")} />
        <PasswordField name="emailPassword" kind="current-password" label={t("current")} problem={problem("emailPassword")} />
        <Problem text={problemText} />
        <Button type="submit" look="outline" busyText={saving.isSaving ? t("saving") : undefined}>
          {t("emailAsk")}
        </Button>
      </form>
    </Section>
  );
}
