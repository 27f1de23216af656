"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { AccountCard, TextLink } from "../account-card.tsx";
import { useAttemptText } from "../use-attempt-text.ts";
import { useFields } from "../use-fields.ts";

const fields = { email: "email" } as const;

export function ForgotForm() {
  const t = useTranslations("account.forgot");
  const words = useTranslations("account");
  const saving = useSaving();
  const { submit, problem } = useFields(fields, saving);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const problemText = useAttemptText(saving);
  const send = submit((json) =>
    saving.save(
      () => answerOf(api.auth["forgot-password"].$post({ json })),
      () => setSentTo(json.email),
    ),
  );
  const below = <TextLink href="/login">{t("back")}</TextLink>;
  if (sentTo !== null)
    return (
      <AccountCard title={t("sentTitle")} lead={t("sentText", { address: sentTo })} below={below}>
        <p>{words("sent.where")}</p>
      </AccountCard>
    );
  return (
    <AccountCard title={t("title")} lead={t("lead")} below={below}>
      <form onSubmit={send} noValidate className="space-y-5">
        <Field name="email" type="email" label={words("email")} autoComplete="username" inputMode="email" problem={problem("email")} />
        <Problem text={problemText} />
        <Button type="submit" wide busyText={saving.isSaving ? t("busy") : undefined}>
          {t("submit")}
        </Button>
      </form>
    </AccountCard>
  );
}
