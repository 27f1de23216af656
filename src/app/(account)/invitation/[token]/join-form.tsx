"use client";

import { useTranslations } from "next-intl";
import type { InvitationPage } from "#contracts/account.ts";
import { passwordLengths } from "#contracts/password.ts";
import { Problem } from "#ui/alert.tsx";
import { Button, buttonStyles } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { PasswordField } from "#ui/dashboard/password-field.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { AccountCard } from "../../account-card.tsx";
import { useAttemptText } from "../../use-attempt-text.ts";
import { useFields } from "../../use-fields.ts";

type JoinFormProps = { token: string; invitation: InvitationPage; signedInAs: string | null };
const fields = { name: "name", password: "new-password" } as const;

/** Whoever has an account signs in and says yes; others choose name and password. */
export function JoinForm({ token, invitation, signedInAs }: JoinFormProps) {
  const t = useTranslations("account.invitation");
  const roles = useTranslations("account.roles");
  const words = useTranslations("account");
  const saving = useSaving();
  const { submit, problem } = useFields(fields, saving);
  const problemText = useAttemptText(saving);
  const { merchant, email, role, invitedBy, hasAccount } = invitation;
  const accept = (json: { name?: string; password?: string }) =>
    saving.save(
      () => answerOf(api.invitations[":token"].accept.$post({ param: { token }, json })),
      () => window.location.assign("/dashboard"),
    );
  const lead = t("lead", { name: invitedBy, merchant, role: roles(role) });
  const isOther = signedInAs !== null && signedInAs !== email;
  return (
    <AccountCard title={t("title", { merchant })} lead={lead}>
      {isOther && <p>{t("other", { mine: signedInAs, theirs: email })}</p>}
      {!isOther && signedInAs !== null && (
        <Button wide onClick={() => accept({})} busyText={saving.isSaving ? t("busy") : undefined} data-testid="join">
          {t("accept")}
        </Button>
      )}
      {signedInAs === null && hasAccount && (
        <>
          <p>{t("signInFirst", { address: email })}</p>
          <a href={`/login?next=/invitation/${token}`} className={buttonStyles({ wide: true })}>
            {words("login.submit")}
          </a>
        </>
      )}
      {signedInAs === null && !hasAccount && (
        <form onSubmit={submit(accept)} noValidate className="space-y-5">
          <Field name="email" type="email" label={words("email")} defaultValue={email} readOnly autoComplete="username" />
          <Field name="name" label={words("name")} autoComplete="name" problem={problem("name")} />
          <PasswordField
            name="password"
            kind="new-password"
            label={words("password.label")}
            hint={words("password.rule", passwordLengths)}
            problem={problem("password")}
          />
          <Button type="submit" wide busyText={saving.isSaving ? t("busy") : undefined} data-testid="join">
            {t("accept")}
          </Button>
        </form>
      )}
      <Problem text={problemText} />
    </AccountCard>
  );
}
