import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { listConnections } from "#commands/connections/list-connections.ts";
import { offeredProviders } from "#commands/connections/payment-providers.ts";
import type { PaymentProviderAnswer } from "#contracts/merchant/connections.ts";
import { merchantFormats } from "#queries/merchant/formats.ts";
import { Alert } from "#ui/alert.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { ModeSection } from "./mode-section.tsx";
import { OfferOrder } from "./offer-order.tsx";
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
  const mayChange = permissions.includes("payments.change");
  const fits = ({ amounts, countries }: PaymentProviderAnswer) =>
    amounts.some((of) => of.currency === currency) && (countries?.includes(country) ?? true);
  const unfit = providers.filter((each) => !fits(each)).map(({ id }) => id);
  const shared = { providers, timezone, mayChange, unfit };
  const names = Object.fromEntries(providers.map(({ id, name }) => [id, name]));
  const isTest = active.length > 0 && active.every(({ mode }) => mode === "test");
  return (
    <ClientWords namespaces={["payments", "dashboard", "errors"]}>
      <PageHead title={t("title")} lead={t("lead")} />
      <div className="space-y-8">
        {connections.length > 0 && active.length === 0 && <Alert tone="bad">{t("nobodyPays")}</Alert>}
        {unfit.length === providers.length && (
          <Alert tone="warn" data-testid="no-provider">
            {t("noProvider", { currency })}
          </Alert>
        )}
        {isTest && <Alert tone="warn">{t("testInUse")}</Alert>}
        {active.length > 0 && <OfferOrder connections={active} names={names} mayChange={mayChange} />}
        <div className="grid gap-8 xl:grid-cols-2">
          {(["test", "production"] as const).map((mode) => (
            <ModeSection key={mode} mode={mode} connections={connections.filter((each) => each.mode === mode)} {...shared} />
          ))}
        </div>
        <section aria-labelledby="providers" className="space-y-3">
          <h2 id="providers" className="font-semibold text-xl">
            {t("facts.all")}
          </h2>
          {providers
            .toSorted((a, b) => Number(unfit.includes(a.id)) - Number(unfit.includes(b.id)))
            .map((provider) => (
              <ProviderFacts key={provider.id} provider={provider} merchant={{ country, currency }} isFit={!unfit.includes(provider.id)} />
            ))}
        </section>
      </div>
    </ClientWords>
  );
}
