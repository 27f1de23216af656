"use client";

import { useTranslations } from "next-intl";
import type { TenantSettings } from "#contracts/settings/tenant.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { Field } from "#ui/field.tsx";
import { NumberField } from "../number-field.tsx";
import { Section } from "../section.tsx";
import { useSettingsForm } from "../use-settings-form.ts";

export function CallbacksForm({ settings }: { settings: TenantSettings }) {
  const t = useTranslations("settings.callbacks");
  const { version, callbackUrl, returnUrl, returnSeconds } = settings;
  const saved = { version, callbackUrl, returnUrl, returnSeconds };
  const { draft, set, problemOf, saving, submit } = useSettingsForm(saved, (json) => answerOf(api.tenant.branding.$patch({ json })));
  const address = (name: "callbackUrl" | "returnUrl") => ({
    name,
    label: t(name),
    hint: t(`${name}Hint`),
    value: draft[name] ?? "",
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value.trim() || null }),
    problem: problemOf(name),
    inputMode: "url" as const,
    autoComplete: "off",
    placeholder: "https://",
  });
  return (
    <form noValidate onSubmit={submit} className="space-y-6">
      <Section title={t("callbackUrl")}>
        <Field {...address("callbackUrl")} />
        <Field {...address("returnUrl")} />
        <NumberField
          name="returnSeconds"
          label={t("returnSeconds")}
          hint={draft.returnUrl === null ? t("returnSecondsUnused") : t("returnSecondsHint")}
          value={draft.returnSeconds}
          onChange={(value) => set({ returnSeconds: value })}
          problem={problemOf("returnSeconds")}
        />
        <SaveBar saving={saving} />
      </Section>
    </form>
  );
}
