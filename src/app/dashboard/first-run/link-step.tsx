"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";

export function LinkStep() {
  const t = useTranslations("firstRun.link");
  const saving = useSaving();
  function save(event: FormEvent) {
    event.preventDefault();
    void saving.save(() => answerOf(api["booking-links"].$post({ json: { name: t("defaultName") } })));
  }
  return (
    <form onSubmit={save} className="space-y-5">
      <p className="text-muted">{t("text")}</p>
      <SaveBar saving={saving} label={t("create")} />
    </form>
  );
}
