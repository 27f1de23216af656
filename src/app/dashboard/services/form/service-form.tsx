"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { ConflictNote } from "./conflict-note.tsx";
import type { ServiceValues } from "./draft.ts";
import { type Giver, PeopleSection, type Venue } from "./people-section.tsx";
import { PriceSection } from "./price-section.tsx";
import { QuestionsSection } from "./questions-section.tsx";
import { TermsSection } from "./terms-section.tsx";
import { TimeSection } from "./time-section.tsx";
import { useServiceDraft } from "./use-service-draft.ts";
import { WordsSection } from "./words-section.tsx";

export type ServiceFormProps = {
  /** Null for a new one. */
  saved: { id: string; version: number } | null;
  values: ServiceValues;
  professionals: readonly Giver[];
  locations: readonly Venue[];
  tenant: { locale: string; holdMinutes: number };
  locale: string;
};

/** New and edit are one form. The server alone decides, and says which field is wrong. */
export function ServiceForm({ saved, values, professionals, locations, tenant, locale }: ServiceFormProps) {
  const t = useTranslations("services.form");
  const router = useRouter();
  const toast = useToast();
  const after = useCallback(() => {
    toast(t(saved ? "saved" : "created"));
    if (!saved) router.push("/dashboard/services");
  }, [router, saved, t, toast]);
  const { draft, set, saving, conflict, isChanged, save } = useServiceDraft({ saved, values, locale, after });
  const { wrong } = saving;
  const problem = (field: string) =>
    wrong.some((path) => path === field || path.startsWith(`${field}.`)) ? t(`problems.${problemOf(field)}`) : undefined;
  const parts = { draft, set, problem, currency: values.currency, locale };
  return (
    <form
      noValidate
      data-testid="service-form"
      className="space-y-6"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <WordsSection {...parts} merchantLocale={tenant.locale} />
      <PriceSection {...parts} />
      <TimeSection {...parts} tenantHoldMinutes={tenant.holdMinutes} />
      <PeopleSection {...parts} professionals={professionals} locations={locations} />
      <TermsSection {...parts} />
      <QuestionsSection {...parts} />
      <div className="sticky bottom-0 -mx-4 space-y-3 border-line border-t bg-paper px-4 py-4 sm:mx-0 sm:px-0">
        {conflict ? <ConflictNote {...conflict} /> : <Problem text={wrong.length > 0 ? t("checkFields") : saving.problem} />}
        <div className="flex items-center gap-4">
          <Button type="submit" data-testid="save" busyText={saving.isSaving ? t("saving") : undefined}>
            {t(saved ? "save" : "create")}
          </Button>
          {isChanged && saved && <p className="text-muted text-sm">{t("unsaved")}</p>}
        </div>
      </div>
    </form>
  );
}

const known = [
  "name",
  "description",
  "imageUrl",
  "durationMinutes",
  "bufferBeforeMinutes",
  "bufferAfterMinutes",
  "stepMinutes",
  "leadMinutes",
  "horizonDays",
  "holdMinutes",
  "priceMinor",
  "depositPercent",
  "depositMinor",
  "cancellation",
  "professionalIds",
] as const;

/** `questions.2.label` has the words of every question's label. */
function problemOf(field: string): (typeof known)[number] | "label" | "options" | "other" {
  if (field.endsWith(".label")) return "label";
  if (field.endsWith(".options")) return "options";
  const last = field.startsWith("translations.") ? (field.split(".").at(-1) ?? "") : (field.split(".")[0] ?? "");
  return known.find((name) => name === last) ?? "other";
}
