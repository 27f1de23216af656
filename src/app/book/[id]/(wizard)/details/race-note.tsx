"use client";

import { useTranslations } from "next-intl";
import { Alert } from "#ui/alert.tsx";

/** Before paying, where the first payer wins: somebody else may be faster. */
export function RaceNote() {
  const t = useTranslations("details");
  return (
    <Alert data-testid="race-note">
      <p>{t("raceNote")}</p>
    </Alert>
  );
}
