import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { listConnections } from "#commands/connections/list-connections.ts";
import { offeredProviders } from "#commands/connections/payment-providers.ts";
import { merchantFormats } from "#queries/merchant/formats.ts";
import { Alert } from "#ui/alert.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { ModeSection } from "./mode-section.tsx";
import { ProviderFacts } from "./provider-facts.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("payments"))("title") };
}

export default async function PaymentsPage() {
  const { member, permissions } = await requireMember("payments.read");
  const t = await getTranslations("payments");
  const [connections, formats] = await Promise.all([listConnections(member.tenantId), merchantFormats(member.tenantId)]);
  const { timezone, country, currency } = formats;
  const providers = offeredProviders();
  const active = connections.filter(({ isActive }) => isActive);
  const shared = { providers, timezone, mayChange: permissions.includes("payments.change") };
  const isTest = active.length > 0 && active.every(({ mode }) => mode === "test");
  return (
    <ClientWords namespaces={["payments", "dashboard", "errors"]}>
      <PageHead title={t("title")} lead={t("lead")} />
      <div className="space-y-8">
        {connections.length > 0 && active.length === 0 && <Alert tone="bad">{t("nobodyPays")}</Alert>}
        {!providers.some(({ amounts }) => amounts.some((of) => of.currency === currency)) && (
          <Alert tone="warn" data-testid="no-provider">
            {t("noProvider", { currency })}
          </Alert>
        )}
        {isTest && <Alert tone="warn">{t("testInUse")}</Alert>}
        <div className="grid gap-8 xl:grid-cols-2">
          {(["test", "production"] as const).map((mode) => (
            <ModeSection key={mode} mode={mode} connections={connections.filter((each) => each.mode === mode)} {...shared} />
          ))}
        </div>
        {providers.map((provider) => (
          <ProviderFacts key={provider.id} provider={provider} country={country} />
        ))}
      </div>
    </ClientWords>
  );
}
