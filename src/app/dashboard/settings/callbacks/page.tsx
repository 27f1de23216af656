import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { listCallbackDeliveries } from "#queries/merchant/callback-deliveries.ts";
import { loadCallbackHealth } from "#queries/merchant/settings-effects.ts";
import { loadTenantSettings } from "#queries/merchant/tenant-settings.ts";
import { Alert } from "#ui/alert.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { formatShort, regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { Section } from "../section.tsx";
import { TestCallback } from "./callback-test.tsx";
import { CallbacksForm } from "./callbacks-form.tsx";
import { LastDeliveries } from "./last-deliveries.tsx";
import { NewSecrets } from "./new-secrets.tsx";

const health = { none: "healthNone", good: "healthGood", failing: "healthFailing", disabled: "healthDisabled" } as const;
const tones = { none: "note", good: "good", failing: "warn", disabled: "bad" } as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.callbacks"))("title") };
}

export default async function CallbacksPage() {
  const { member } = await requireMember("tenant.change");
  const t = await getTranslations("settings.callbacks");
  const [settings, { state, since, lastError, secretsSince }, deliveries] = await Promise.all([
    loadTenantSettings(member.tenantId),
    loadCallbackHealth(member.tenantId),
    listCallbackDeliveries(member.tenantId),
  ]);
  const { timezone, country } = settings;
  const locale = regionalLocale(await getLocale(), country);
  const when = (instant: string | null) => (instant ? formatShort({ instant, locale, timezone }) : "");
  return (
    <ClientWords namespaces={["settings", "dashboard", "errors"]}>
      <PageHead title={t("title")} lead={t("lead")} />
      <div className="max-w-2xl space-y-6">
        <CallbacksForm settings={settings} />
        <Section title={t("health")}>
          <Alert tone={tones[state]} data-testid="callback-health" data-state={state}>
            <p>{t(health[state], { when: when(since), error: lastError ?? "" })}</p>
          </Alert>
        </Section>
        <Section title={t("test.title")}>
          <TestCallback isReady={settings.callbackUrl !== null && secretsSince !== null} />
        </Section>
        <Section title={t("last.title")}>
          <LastDeliveries deliveries={deliveries} timezone={timezone} locale={locale} />
        </Section>
        <Section title={t("secret")}>
          <p className="text-muted">{t("secretText")}</p>
          <p>{secretsSince ? t("secretMade", { when: when(secretsSince) }) : t("secretMissing")}</p>
          <NewSecrets />
        </Section>
      </div>
    </ClientWords>
  );
}
