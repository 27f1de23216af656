"use client";

import { useTranslations } from "next-intl";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { LinkForm } from "../link-form.tsx";

/** A button, because programs that look into mails open links too. */
export function VerifyForm() {
  const t = useTranslations("account.verify");
  return (
    <LinkForm
      words={{ title: t("title"), lead: t("lead"), submit: t("submit"), busy: t("busy"), again: t("again") }}
      againHref="/register"
      send={(token) => answerOf(api.auth["verify-email"].$post({ json: { token } }))}
      onDone={() => window.location.assign("/dashboard")}
    />
  );
}
