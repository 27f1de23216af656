"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAttemptText } from "#app/(account)/use-attempt-text.ts";
import { useFields } from "#app/(account)/use-fields.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { PasswordField } from "#ui/dashboard/password-field.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";

const fields = { name: "name", password: "given" } as const;

export function AddPasskey({ onAdded }: { onAdded: () => void }) {
  const t = useTranslations("account.security");
  const saving = useSaving();
  const { submit, problem } = useFields(fields, saving);
  const [isRefused, setIsRefused] = useState(false);
  const problemText = useAttemptText(saving);
  const send = submit((given) => {
    setIsRefused(false);
    return saving.save(
      () => make(given),
      (isMade) => (isMade ? onAdded() : setIsRefused(true)),
    );
  });
  return (
    <form onSubmit={send} noValidate className="space-y-5">
      <Field name="name" label={t("passkeyName")} defaultValue={t("passkeyNameExample")} maxLength={100} problem={problem("name")} />
      <PasswordField name="password" kind="current-password" label={t("askPassword")} problem={problem("password")} />
      <Problem text={isRefused ? t("passkeyRefused") : problemText} />
      <Button type="submit" busyText={saving.isSaving ? t("saving") : undefined}>
        {t("goOn")}
      </Button>
    </form>
  );
}

/** Returns false if the person or the device says no. */
async function make({ name, password }: { name: string; password: string }): Promise<boolean> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  const optionsJSON = await answerOf(api.account.passkeys.options.$post({ json: { password } }));
  const made = await startRegistration({ optionsJSON }).catch(() => null);
  if (made === null) return false;
  const { id, rawId, response } = made;
  await answerOf(api.account.passkeys.$post({ json: { name, made: { id, rawId, type: "public-key", response } } }));
  return true;
}
