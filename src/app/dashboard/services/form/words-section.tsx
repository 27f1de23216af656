import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { TextArea } from "#ui/dashboard/controls.tsx";
import { Field } from "#ui/field.tsx";
import { type Locale, localeNames, locales } from "#ui/i18n/locales.ts";
import { Picture } from "#ui/picture.tsx";
import { type FormParts, FormSection } from "./section.tsx";

const webPicture = /^(https?:\/\/|\/(?!\/))/;

/** Name, description and picture, then the same in other languages. */
export function WordsSection({ draft, set, problem, merchantLocale }: FormParts & { merchantLocale: string }) {
  const t = useTranslations("services.form");
  const image = draft.imageUrl.trim();
  return (
    <FormSection id="words" title={t("words.title")} lead={t("words.lead")}>
      <Field
        name="name"
        label={t("fields.name")}
        lang={merchantLocale}
        dir="auto"
        maxLength={100}
        value={draft.name}
        onChange={(event) => set("name", event.target.value)}
        problem={problem("name")}
      />
      <TextArea
        name="description"
        label={t("fields.description")}
        hint={t("words.descriptionHint")}
        lang={merchantLocale}
        dir="auto"
        maxLength={2000}
        value={draft.description}
        onChange={(event) => set("description", event.target.value)}
        problem={problem("description")}
      />
      <div className="flex items-start gap-4">
        <div className="grow">
          <Field
            name="imageUrl"
            type="text"
            inputMode="url"
            label={t("fields.imageUrl")}
            hint={t("words.imageHint")}
            value={draft.imageUrl}
            onChange={(event) => set("imageUrl", event.target.value)}
            problem={problem("imageUrl")}
          />
        </div>
        {webPicture.test(image) && <Picture src={image} width={96} height={96} className="mt-8 size-20 shrink-0 rounded-xl object-cover" />}
      </div>
      {locales
        .filter((language) => language !== merchantLocale)
        .map((language) => (
          <Translation key={language} {...{ draft, set, problem, language }} />
        ))}
    </FormSection>
  );
}

function Translation({ draft, set, problem, language }: Pick<FormParts, "draft" | "set" | "problem"> & { language: Locale }) {
  const t = useTranslations("services.form");
  const words = draft.translations[language] ?? { name: "", description: "" };
  const change = (more: Partial<typeof words>) => set("translations", { ...draft.translations, [language]: { ...words, ...more } });
  const isWritten = words.name.trim() !== "" || words.description.trim() !== "";
  return (
    <details open={problem(`translations.${language}`) ? true : undefined} className="group rounded-xl border border-line px-4">
      <summary className="flex min-h-12 cursor-pointer list-none items-center justify-between gap-3 font-medium [&::-webkit-details-marker]:hidden">
        <span lang={language}>{localeNames[language]}</span>
        <span className="flex items-center gap-2 font-normal text-muted text-sm">
          {t(isWritten ? "words.translated" : "words.untranslated")}
          <ChevronDown aria-hidden className="size-4 shrink-0 transition-transform group-open:rotate-180" />
        </span>
      </summary>
      <div className="space-y-4 pt-2 pb-4">
        <Field
          name={`translations.${language}.name`}
          label={t("fields.name")}
          lang={language}
          maxLength={100}
          value={words.name}
          onChange={(event) => change({ name: event.target.value })}
          problem={problem(`translations.${language}.name`)}
        />
        <TextArea
          name={`translations.${language}.description`}
          label={t("fields.description")}
          lang={language}
          maxLength={2000}
          value={words.description}
          onChange={(event) => change({ description: event.target.value })}
          problem={problem(`translations.${language}.description`)}
        />
      </div>
    </details>
  );
}
