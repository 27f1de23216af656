"use client";

import { useTranslations } from "next-intl";
import type { Saving } from "#ui/dashboard/use-saving.ts";

/** These pages count in quarters of an hour, where others count in seconds. */
export function useAttemptText(saving: Saving): string | null {
  const t = useTranslations("account.problems");
  return saving.code === "rate_limited" ? t("tooMany") : saving.problem;
}
