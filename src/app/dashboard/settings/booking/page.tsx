import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadServiceEffects, noticeMarginMinutes } from "#queries/merchant/settings-effects.ts";
import { loadTenantSettings } from "#queries/merchant/tenant-settings.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { RulesForm } from "./rules-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.booking"))("title") };
}

export default async function BookingRulesPage() {
  const { member } = await requireMember("tenant.change");
  const t = await getTranslations("settings.booking");
  const [settings, services] = await Promise.all([loadTenantSettings(member.tenantId), loadServiceEffects(member.tenantId)]);
  return (
    <ClientWords namespaces={["settings", "dashboard", "errors"]}>
      <PageHead title={t("title")} lead={t("lead")} />
      <RulesForm settings={settings} services={services} marginMinutes={noticeMarginMinutes} />
    </ClientWords>
  );
}
