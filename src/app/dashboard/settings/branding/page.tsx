import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadTenantSettings } from "#queries/merchant/tenant-settings.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { BrandingForm } from "./branding-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.branding"))("title") };
}

export default async function BrandingPage() {
  const { member } = await requireMember("tenant.change");
  const t = await getTranslations("settings.branding");
  const settings = await loadTenantSettings(member.tenantId);
  return (
    <ClientWords namespaces={["settings", "dashboard", "errors"]}>
      <PageHead title={t("title")} lead={t("lead")} />
      <BrandingForm settings={settings} />
    </ClientWords>
  );
}
