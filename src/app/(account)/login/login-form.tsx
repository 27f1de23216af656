"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { PasswordField } from "#ui/dashboard/password-field.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { AccountCard, TextLink } from "../account-card.tsx";
import { MailSent } from "../register/mail-sent.tsx";
import { useAttemptText } from "../use-attempt-text.ts";
import { useFields } from "../use-fields.ts";
import { CodeForm } from "./code-form.tsx";
import { PasskeyButton } from "./passkey-button.tsx";

type LoginFormProps = { next: string; isWithoutMerchant: boolean; isReset: boolean };
const fields = { email: "email", password: "given" } as const;

export function LoginForm({ next, isWithoutMerchant, isReset }: LoginFormProps) {
  const t = useTranslations("account.login");
  const words = useTranslations("account");
  const saving = useSaving();
  const { submit, problem } = useFields(fields, saving);
  const [step, setStep] = useState<"password" | "code" | "unconfirmed">("password");
  const [email, setEmail] = useState("");
  const problemText = useAttemptText(saving);
  const enter = () => window.location.assign(next);
  if (step === "code") return <CodeForm onDone={enter} onBack={() => setStep("password")} />;
  if (step === "unconfirmed") return <MailSent email={email} onBack={() => setStep("password")} />;
  const send = submit((json) => {
    setEmail(json.email);
    return saving.save(
      () => answerOf(api.auth["sign-in"].$post({ json })),
      ({ needsCode }) => (needsCode ? setStep("code") : enter()),
    );
  });
  return (
    <AccountCard title={t("title")} below={t.rich("noAccount", { link: (text) => <TextLink href="/register">{text}</TextLink> })}>
      {isReset && (
        <Alert tone="good">
          <p>{t("isReset")}</p>
        </Alert>
      )}
      {isWithoutMerchant && (
        <Alert tone="warn">
          <p>{t("withoutMerchant")}</p>
        </Alert>
      )}
      <form onSubmit={send} noValidate className="space-y-5">
        <Field
          name="email"
          type="email"
          label={words("email")}
          autoComplete="username webauthn"
          inputMode="email"
          problem={problem("email")}
        />
        <PasswordField name="password" kind="current-password" label={words("password.label")} problem={problem("password")} />
        <Problem text={problemText} />
        {saving.code === "email_unverified" && (
          <Button look="outline" wide onClick={() => setStep("unconfirmed")}>
            {t("unconfirmed")}
          </Button>
        )}
        <Button type="submit" wide busyText={saving.isSaving ? t("busy") : undefined} data-testid="sign-in">
          {t("submit")}
        </Button>
      </form>
      <PasskeyButton onDone={enter} />
      <TextLink href="/forgot">{t("forgot")}</TextLink>
    </AccountCard>
  );
}
