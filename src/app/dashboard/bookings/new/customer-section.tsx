"use client";

import { useTranslations } from "next-intl";
import { noteLengthMax } from "#contracts/desk/limits.ts";
import { Card } from "#ui/card.tsx";
import { Select, TextArea } from "#ui/dashboard/controls.tsx";
import { Field } from "#ui/field.tsx";
import type { SectionProps } from "./time-section.tsx";

/** As each language calls itself. */
const languages = { es: "Español", en: "English", fr: "Français", pt: "Português" } as const;

/** Who comes. Nothing else is asked of them. */
export function CustomerSection({ draft, change, problems }: Pick<SectionProps, "draft" | "change" | "problems">) {
  const t = useTranslations("byHand.customer");
  const field = (name: "name" | "email" | "phone") => ({
    name,
    label: t(name),
    value: draft[name],
    onChange: ({ target }: { target: { value: string } }) => change({ [name]: target.value }),
    problem: problems[name],
    autoComplete: "off",
    maxLength: 200,
    required: true,
  });
  return (
    <Card className="space-y-5" aria-labelledby="customer-title">
      <h2 id="customer-title" className="font-semibold text-lg">
        {t("title")}
      </h2>
      <Field {...field("name")} />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field {...field("phone")} type="tel" />
        <Field {...field("email")} type="email" hint={t("emailHint")} />
      </div>
      <Select
        name="locale"
        label={t("language")}
        hint={t("languageHint")}
        value={draft.locale}
        onChange={({ target }) => change({ locale: target.value })}
      >
        {Object.entries(languages).map(([locale, name]) => (
          <option key={locale} value={locale} lang={locale}>
            {name}
          </option>
        ))}
      </Select>
      <TextArea
        name="note"
        label={t("note")}
        hint={t("noteHint")}
        rows={2}
        maxLength={noteLengthMax}
        value={draft.note}
        onChange={({ target }) => change({ note: target.value })}
      />
    </Card>
  );
}
