"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { passwordLengths } from "#contracts/password.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Select } from "#ui/dashboard/controls.tsx";
import { PasswordField } from "#ui/dashboard/password-field.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { AccountCard, TextLink } from "../account-card.tsx";
import { useAttemptText } from "../use-attempt-text.ts";
import { useFields } from "../use-fields.ts";
import { MailSent } from "./mail-sent.tsx";

type RegisterFormProps = { countries: readonly { code: string; name: string }[]; country: string };
const fields = { business: "business", country: "given", email: "email", password: "new-password" } as const;

export function RegisterForm({ countries, country }: RegisterFormProps) {
  const t = useTranslations("account.register");
  const words = useTranslations("account");
  const saving = useSaving();
  const { submit, problem } = useFields(fields, saving);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const problemText = useAttemptText(saving);
  if (sentTo !== null) return <MailSent email={sentTo} onBack={() => setSentTo(null)} />;
  const send = submit((json) =>
    saving.save(
      () => answerOf(api.auth.register.$post({ json })),
      () => setSentTo(json.email),
    ),
  );
  return (
    <AccountCard
      title={t("title")}
      lead={t("lead")}
      below={t.rich("haveAccount", { link: (text) => <TextLink href="/login">{text}</TextLink> })}
    >
      <form onSubmit={send} noValidate className="space-y-5">
        <Field name="business" label={t("business")} autoComplete="organization" maxLength={120} problem={problem("business")} />
        <Select name="country" label={t("country")} hint={t("countryHint")} defaultValue={country} autoComplete="country">
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
        <Field name="email" type="email" label={words("email")} autoComplete="email" inputMode="email" problem={problem("email")} />
        <PasswordField
          name="password"
          kind="new-password"
          label={words("password.label")}
          hint={words("password.rule", passwordLengths)}
          problem={problem("password")}
        />
        <Problem text={problemText} />
        <Button type="submit" wide busyText={saving.isSaving ? t("busy") : undefined} data-testid="register">
          {t("submit")}
        </Button>
        <p className="text-muted text-sm">{t.rich("terms", { link: (text) => <TextLink href="/terms">{text}</TextLink> })}</p>
      </form>
    </AccountCard>
  );
}
