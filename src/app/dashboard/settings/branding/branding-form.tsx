"use client";

import { useTranslations } from "next-intl";
import type { TenantSettings } from "#contracts/settings/tenant.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { PictureField } from "#ui/dashboard/picture-field.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { Section } from "../section.tsx";
import { useSettingsForm } from "../use-settings-form.ts";
import { BookingPreview } from "./booking-preview.tsx";
import { ColorField } from "./color-field.tsx";
import { SubdomainField } from "./subdomain-field.tsx";

/** The form beside a phone that shows what customers would see. */
export function BrandingForm({ settings }: { settings: TenantSettings }) {
  const t = useTranslations("settings.branding");
  const { version, logoUrl, primaryColor, secondaryColor, subdomain } = settings;
  const saved = { version, logoUrl, primaryColor, secondaryColor, subdomain };
  const { draft, set, problemOf, saving, submit } = useSettingsForm(saved, (json) => answerOf(api.tenant.branding.$patch({ json })));
  const refused = saving.code === "subdomain_taken" || saving.code === "subdomain_reserved" ? (saving.problem ?? undefined) : undefined;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <form noValidate onSubmit={submit} className="min-w-0 space-y-6">
        <Section title={t("logo")}>
          <PictureField
            name="logoUrl"
            label={t("logo")}
            hint={t("logoHint")}
            url={draft.logoUrl}
            onChange={(url) => set({ logoUrl: url })}
            problem={problemOf("logoUrl")}
          />
        </Section>
        <Section title={t("colors")}>
          <ColorField
            name="primaryColor"
            label={t("primaryColor")}
            value={draft.primaryColor}
            onChange={(color) => set({ primaryColor: color })}
            problem={problemOf("primaryColor")}
            isAdvised
          />
          <ColorField
            name="secondaryColor"
            label={t("secondaryColor")}
            value={draft.secondaryColor}
            onChange={(color) => set({ secondaryColor: color })}
            problem={problemOf("secondaryColor")}
          />
        </Section>
        <Section title={t("address")}>
          <SubdomainField
            value={draft.subdomain}
            onChange={(name) => set({ subdomain: name })}
            problem={problemOf("subdomain") ?? refused}
          />
        </Section>
        <SaveBar saving={saving} />
      </form>
      <BookingPreview
        name={settings.name}
        locale={settings.locale}
        logoUrl={draft.logoUrl}
        primaryColor={draft.primaryColor}
        secondaryColor={draft.secondaryColor}
      />
    </div>
  );
}
