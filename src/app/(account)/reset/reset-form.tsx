"use client";

import { useTranslations } from "next-intl";
import { passwordLengths } from "#contracts/password.ts";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { PasswordField } from "#ui/dashboard/password-field.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { AccountCard, TextLink } from "../account-card.tsx";
import { useAttemptText } from "../use-attempt-text.ts";
import { useFields } from "../use-fields.ts";
import { useLinkToken } from "../use-link-token.ts";

const fields = { password: "new-password" } as const;

export function ResetForm() {
  const t = useTranslations("account.reset");
  const words = useTranslations("account");
  const token = useLinkToken();
  const saving = useSaving();
  const { submit, problem } = useFields(fields, saving);
  const problemText = useAttemptText(saving);
  const done = () => window.location.assign("/login?done=reset");
  const send = submit(async ({ password }) => {
    if (token) await saving.save(() => answerOf(api.auth["reset-password"].$post({ json: { token, password } })), done);
  });
  const isSpent = saving.code === "proof_spent" || token === null;
  return (
    <AccountCard title={t("title")} lead={t("lead")}>
      {token === null && (
        <Alert tone="warn" role="alert">
          <p>{words("linkIncomplete")}</p>
        </Alert>
      )}
      <form onSubmit={send} noValidate className="space-y-5">
        <PasswordField
          name="password"
          kind="new-password"
          label={t("password")}
          hint={words("password.rule", passwordLengths)}
          problem={problem("password")}
        />
        <Problem text={problemText} />
        {!isSpent && (
          <Button type="submit" wide busyText={saving.isSaving ? t("busy") : undefined}>
            {t("submit")}
          </Button>
        )}
      </form>
      {isSpent && <TextLink href="/forgot">{t("again")}</TextLink>}
    </AccountCard>
  );
}
