import { useTranslations } from "next-intl";
import { TextArea } from "#ui/dashboard/controls.tsx";
import { Field } from "#ui/field.tsx";
import { type Locale, localeNames, locales } from "#ui/i18n/locales.ts";
import { FormSection } from "../../services/form/section.tsx";
import { Unfolding } from "../../services/form/words-section.tsx";
import type { FormParts } from "./draft.ts";

type WordsProps = FormParts & { categories: readonly string[]; merchantLocale: string };

/** Title, description and category, then the first two in other languages. */
export function WordsSection({ draft, set, problem, categories, merchantLocale }: WordsProps) {
  const t = useTranslations("shopDesk.form");
  return (
    <FormSection id="words" title={t("words.title")}>
      <Field
        name="title"
        label={t("fields.title")}
        lang={merchantLocale}
        dir="auto"
        maxLength={120}
        value={draft.title}
        onChange={(event) => set({ title: event.target.value })}
        problem={problem("title")}
      />
      <TextArea
        name="description"
        label={t("fields.description")}
        hint={t("words.descriptionHint")}
        lang={merchantLocale}
        dir="auto"
        maxLength={5000}
        value={draft.description}
        onChange={(event) => set({ description: event.target.value })}
        problem={problem("description")}
      />
      <Field
        name="category"
        label={t("fields.category")}
        hint={t("words.categoryHint")}
        list="categories"
        autoComplete="off"
        maxLength={60}
        value={draft.category}
        onChange={(event) => set({ category: event.target.value })}
        problem={problem("category")}
      />
      <datalist id="categories">
        {categories.map((category) => (
          <option key={category} value={category} />
        ))}
      </datalist>
      {locales
        .filter((language) => language !== merchantLocale)
        .map((language) => (
          <Translation key={language} {...{ draft, set, problem, language }} />
        ))}
    </FormSection>
  );
}

function Translation({ draft, set, problem, language }: Pick<FormParts, "draft" | "set" | "problem"> & { language: Locale }) {
  const t = useTranslations("shopDesk.form");
  const words = draft.translations[language] ?? { title: "", description: "" };
  const change = (more: Partial<typeof words>) => set({ translations: { ...draft.translations, [language]: { ...words, ...more } } });
  const isWritten = words.title.trim() !== "" || words.description.trim() !== "";
  return (
    <Unfolding
      title={<span lang={language}>{localeNames[language]}</span>}
      note={t(isWritten ? "words.translated" : "words.untranslated")}
      isOpen={problem(`translations.${language}`) !== undefined}
    >
      <div className="space-y-4">
        <Field
          name={`translations.${language}.title`}
          label={t("fields.title")}
          lang={language}
          maxLength={120}
          value={words.title}
          onChange={(event) => change({ title: event.target.value })}
          problem={problem(`translations.${language}.title`)}
        />
        <TextArea
          name={`translations.${language}.description`}
          label={t("fields.description")}
          lang={language}
          maxLength={5000}
          value={words.description}
          onChange={(event) => change({ description: event.target.value })}
          problem={problem(`translations.${language}.description`)}
        />
      </div>
    </Unfolding>
  );
}
