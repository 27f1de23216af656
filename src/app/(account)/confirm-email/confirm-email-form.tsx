"use client";

import { useTranslations } from "next-intl";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { LinkForm } from "../link-form.tsx";

export function ConfirmEmailForm() {
  const t = useTranslations("account.confirmEmail");
  return (
    <LinkForm
      words={{ title: t("title"), lead: t("lead"), submit: t("submit"), busy: t("busy"), again: t("again") }}
      againHref="/dashboard/settings/security"
      send={(token) => answerOf(api.auth["confirm-email"].$post({ json: { token } }))}
      onDone={() => window.location.assign("/dashboard/settings/security")}
    />
  );
}
