"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAttemptText } from "#app/(account)/use-attempt-text.ts";
import { useFields } from "#app/(account)/use-fields.ts";
import { passwordLengths } from "#contracts/password.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { PasswordField } from "#ui/dashboard/password-field.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Section } from "./section.tsx";

const fields = { current: "given", next: "new-password" } as const;

export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations("account.security");
  const words = useTranslations("account");
  const saving = useSaving();
  const toast = useToast();
  const { submit, problem } = useFields(fields, saving);
  const problemText = useAttemptText(saving);
  // Empties the fields once the password is changed.
  const [changes, setChanges] = useState(0);
  const send = submit((json) =>
    saving.save(
      () => answerOf(api.account.password.$post({ json })),
      () => {
        setChanges(changes + 1);
        toast(t("passwordSaved"));
      },
    ),
  );
  return (
    <Section title={t("passwordTitle")} lead={t("passwordLead")}>
      <form key={changes} onSubmit={send} noValidate className="space-y-5">
        <input type="hidden" name="username" autoComplete="username" defaultValue={email} />
        <PasswordField name="current" kind="current-password" label={t("current")} problem={problem("current")} />
        <PasswordField
          name="next"
          kind="new-password"
          label={t("next")}
          hint={words("password.rule", passwordLengths)}
          problem={problem("next")}
        />
        <Problem text={problemText} />
        <Button type="submit" look="outline" busyText={saving.isSaving ? t("saving") : undefined}>
          {t("passwordSave")}
        </Button>
      </form>
    </Section>
  );
}
