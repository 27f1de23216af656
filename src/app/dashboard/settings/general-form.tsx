"use client";

import { useTranslations } from "next-intl";
import type { TenantSettings } from "#contracts/settings/tenant.ts";
import { type Tone, tones } from "#contracts/settings/tones.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Select, Switch, TextArea } from "#ui/dashboard/controls.tsx";
import { PictureField } from "#ui/dashboard/picture-field.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { Field } from "#ui/field.tsx";
import { locales } from "#ui/i18n/locales.ts";
import type { Choice, Lists } from "./lists.ts";
import { Section } from "./section.tsx";
import { TaxField } from "./tax-field.tsx";
import { useSettingsForm } from "./use-settings-form.ts";

const toneWords = { usual: "toneUsual", formal: "toneFormal", informal: "toneInformal" } as const satisfies Record<Tone, string>;

export function GeneralForm({ settings, lists }: { settings: TenantSettings; lists: Lists }) {
  const t = useTranslations("settings.general");
  const { draft, set, problemOf, saving, submit } = useSettingsForm(generalOf(settings), (json) => answerOf(api.tenant.$patch({ json })));
  type Name = keyof typeof draft;
  const text = (name: Name & keyof Texts) => ({
    name,
    value: draft[name] ?? "",
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value || null }),
    problem: problemOf(name),
  });
  const list = (name: "country" | "timezone" | "currency", choices: readonly Choice[]) => ({
    name,
    value: draft[name],
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
    problem: problemOf(name),
    children: optionsOf(choices, draft[name]),
  });
  return (
    <form noValidate onSubmit={submit} className="max-w-2xl space-y-6">
      <Section title={t("business")}>
        <Field
          name="name"
          label={t("name")}
          value={draft.name}
          onChange={(event) => set({ name: event.target.value })}
          problem={problemOf("name")}
          autoComplete="organization"
        />
        <Select label={t("country")} {...list("country", lists.countries)} />
        <Select label={t("timezone")} hint={t("timezoneHint")} {...list("timezone", lists.zones)} />
        <Select label={t("currency")} hint={t("currencyHint")} {...list("currency", lists.currencies)} />
      </Section>
      <Section title={t("speech")}>
        <Select
          name="locale"
          label={t("locale")}
          hint={t("localeHint")}
          value={draft.locale}
          onChange={(event) => set({ locale: locales.find((each) => each === event.target.value) ?? draft.locale })}
          problem={problemOf("locale")}
        >
          {optionsOf(lists.locales, draft.locale)}
        </Select>
        <Select
          name="tone"
          label={t("tone")}
          hint={t("toneHint")}
          value={draft.tone}
          onChange={(event) => set({ tone: tones.find((each) => each === event.target.value) ?? draft.tone })}
          problem={problemOf("tone")}
        >
          {tones.map((tone) => (
            <option key={tone} value={tone}>
              {t(toneWords[tone])}
            </option>
          ))}
        </Select>
      </Section>
      <Section title={t("mails")}>
        <Field label={t("notifyEmail")} hint={t("notifyEmailHint")} type="email" autoComplete="email" {...text("notifyEmail")} />
      </Section>
      <Section title={t("taxes")}>
        <TaxField value={draft.taxPercent} onChange={(taxPercent) => set({ taxPercent })} problem={problemOf("taxPercent")} />
      </Section>
      <Section title={t("legal")}>
        <Field label={t("controllerName")} hint={t("controllerNameHint")} {...text("controllerName")} />
        <TextArea label={t("termsText")} hint={t("termsTextHint")} rows={8} {...text("termsText")} />
      </Section>
      <Section title={t("sharing")}>
        <Switch
          id="isListed"
          label={t("isListed")}
          hint={t("isListedHint")}
          isOn={draft.isListed}
          onChange={(isListed) => set({ isListed })}
        />
        <Field label={t("shareTitle")} hint={t("shareHint")} {...text("shareTitle")} />
        <TextArea label={t("shareText")} rows={2} {...text("shareText")} />
        <PictureField
          name="shareImageUrl"
          label={t("shareImage")}
          hint={t("shareImageHint")}
          shape="wide"
          url={draft.shareImageUrl}
          onChange={(shareImageUrl) => set({ shareImageUrl })}
          problem={problemOf("shareImageUrl")}
        />
      </Section>
      <SaveBar saving={saving} />
    </form>
  );
}

type Texts = Pick<TenantSettings, "notifyEmail" | "controllerName" | "termsText" | "shareTitle" | "shareText">;

function generalOf(given: TenantSettings) {
  const { version, name, country, timezone, currency, locale, tone, notifyEmail, controllerName, termsText, taxPercent } = given;
  const { isListed, shareTitle, shareText, shareImageUrl } = given;
  const business = { version, name, country, timezone, currency, locale, tone, notifyEmail, controllerName, termsText };
  return { ...business, taxPercent, isListed, shareTitle, shareText, shareImageUrl };
}

/** What is stored stays chosen, whatever the list of this server says. */
function optionsOf(choices: readonly Choice[], chosen: string) {
  const known = choices.some(({ value }) => value === chosen) ? choices : [{ value: chosen, name: chosen }, ...choices];
  return known.map(({ value, name }) => (
    <option key={value} value={value}>
      {name}
    </option>
  ));
}
