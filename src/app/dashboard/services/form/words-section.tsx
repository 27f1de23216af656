import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TextArea } from "#ui/dashboard/controls.tsx";
import { PictureField } from "#ui/dashboard/picture-field.tsx";
import { Field } from "#ui/field.tsx";
import { type Locale, localeNames, locales } from "#ui/i18n/locales.ts";
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
      <PictureField
        name="picture"
        label={t("fields.imageUrl")}
        hint={t("words.imageHint")}
        shape="wide"
        url={webPicture.test(image) ? image : null}
        onChange={(url) => set("imageUrl", url ?? "")}
      />
      <Unfolding title={t("words.imageAddress")} isOpen={problem("imageUrl") !== undefined}>
        <Field
          name="imageUrl"
          type="text"
          inputMode="url"
          label={t("words.imageAddress")}
          hint={t("words.imageAddressHint")}
          value={draft.imageUrl}
          onChange={(event) => set("imageUrl", event.target.value)}
          problem={problem("imageUrl")}
        />
      </Unfolding>
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
    <Unfolding
      title={<span lang={language}>{localeNames[language]}</span>}
      note={t(isWritten ? "words.translated" : "words.untranslated")}
      isOpen={problem(`translations.${language}`) !== undefined}
    >
      <div className="space-y-4">
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
    </Unfolding>
  );
}

type UnfoldingProps = { title: ReactNode; note?: string; isOpen: boolean; children: ReactNode };

export function Unfolding({ title, note, isOpen, children }: UnfoldingProps) {
  return (
    <details open={isOpen || undefined} className="group rounded-xl border border-line px-4">
      <summary className="flex min-h-12 cursor-pointer list-none items-center justify-between gap-3 font-medium [&::-webkit-details-marker]:hidden">
        {title}
        <span className="flex items-center gap-2 font-normal text-muted text-sm">
          {note}
          <ChevronDown aria-hidden className="size-4 shrink-0 transition-transform group-open:rotate-180" />
        </span>
      </summary>
      <div className="pt-2 pb-4">{children}</div>
    </details>
  );
}
