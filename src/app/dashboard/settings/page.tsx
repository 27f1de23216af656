import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { loadTenantSettings } from "#queries/merchant/tenant-settings.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../member.ts";
import { GeneralForm } from "./general-form.tsx";
import { listsFor } from "./lists.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.general"))("title") };
}

export default async function SettingsPage() {
  const { member } = await requireMember("tenant.change");
  const t = await getTranslations("settings.general");
  const settings = await loadTenantSettings(member.tenantId);
  return (
    <ClientWords namespaces={["settings", "dashboard", "errors"]}>
      <PageHead title={t("title")} lead={t("lead")} />
      <GeneralForm settings={settings} lists={listsFor(await getLocale())} />
    </ClientWords>
  );
}
