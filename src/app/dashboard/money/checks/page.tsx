import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { canBeAsked } from "#commands/inquiries/ask-payment.ts";
import { listsCharges } from "#commands/settlement-check/listing.ts";
import type { SettlementChecks } from "#contracts/ledger/checks.ts";
import { loadSettlementChecks } from "#queries/ledger/settlement-checks.ts";
import { merchantFormats } from "#queries/merchant/formats.ts";
import { Alert } from "#ui/alert.tsx";
import { Badge } from "#ui/badge.tsx";
import { Card } from "#ui/card.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { formatDay, formatShort, regionalLocale, sentenceCase } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";
import { requireMember } from "../../member.ts";
import { MoneyTabs } from "../tabs.tsx";
import { Differs } from "./differs.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("ledger.checks"))("title") };
}

/** How our days compare with the providers' lists. Nothing is changed by a comparison. */
export default async function ChecksPage() {
  const { member, permissions } = await requireMember("payments.read");
  const { tenantId } = member;
  const [t, { timezone, country }, { checks, differences, connections }] = await Promise.all([
    getTranslations("ledger.checks"),
    merchantFormats(tenantId),
    loadSettlementChecks({ tenantId, lists: listsCharges }),
  ]);
  const placed = { timezone, locale: regionalLocale(await getLocale(), country) };
  const mayAsk = permissions.includes("payments.change");
  const askable = mayAsk ? differences.filter(({ provider }) => canBeAsked(provider)).map(({ id }) => id) : [];
  const silent = [...new Set(connections.filter(({ lists }) => !lists).map(({ provider }) => provider))];
  return (
    <ClientWords namespaces={["inquiries", "dashboard", "errors"]}>
      <PageHead title={t("title")} lead={t("lead")} />
      <MoneyTabs current="checks" />
      <Differs differences={differences} isCompared={checks.some(({ outcome }) => outcome !== "not_known")} askable={askable} {...placed} />
      <Days checks={checks} {...placed} />
      <CannotCompare providers={silent} />
    </ClientWords>
  );
}

type Placed = { timezone: string; locale: string };
type Check = SettlementChecks["checks"][number];
const looks: Record<Check["outcome"], string> = {
  agrees: "bg-good-soft text-good",
  differs: "bg-bad-soft text-bad",
  not_known: "bg-warn-soft text-warn",
};

function Days({ checks, ...placed }: Placed & { checks: readonly Check[] }) {
  const t = useTranslations("ledger.checks.days");
  return (
    <Card aria-labelledby="checked-days" data-testid="checked-days" className="mb-8 space-y-3 sm:p-6">
      <h2 id="checked-days" className="font-semibold text-lg">
        {t("title")}
      </h2>
      {checks.length === 0 && <p className="text-muted">{t("none")}</p>}
      <ul className="divide-y divide-line">
        {checks.map((check) => (
          <Day key={check.id} check={check} {...placed} />
        ))}
      </ul>
    </Card>
  );
}

function Day({ check, timezone, locale }: Placed & { check: Check }) {
  const t = useTranslations("ledger.checks.days");
  const providerName = useProviderName();
  const { day, provider, outcome, listed, own, notOurs, why, nextAt } = check;
  const isKnown = outcome !== "not_known";
  return (
    <li className="py-3" data-outcome={outcome}>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">{sentenceCase(formatDay({ instant: `${day}T12:00:00Z`, locale, timezone: "UTC" }))}</span>
        <span>{providerName(provider)}</span>
        <Badge className={looks[outcome]}>{t(`outcome.${outcome}`)}</Badge>
        {isKnown && <span className="text-muted text-sm">{t("counts", { listed, own })}</span>}
      </p>
      {isKnown && notOurs > 0 && <p className="text-muted text-sm">{t("notOurs", { count: notOurs })}</p>}
      {!isKnown && (
        <div className="text-muted text-sm">
          <p className="text-warn">{t("notRead")}</p>
          <p>{nextAt ? t("again", { date: formatShort({ instant: nextAt, locale, timezone }) }) : t("noMore")}</p>
          {why && <p className="break-words text-xs">{t("detail", { why })}</p>}
        </div>
      )}
    </li>
  );
}

function CannotCompare({ providers }: { providers: readonly string[] }) {
  const t = useTranslations("ledger.checks.cannot");
  const providerName = useProviderName();
  if (providers.length === 0) return null;
  return (
    <Alert title={t("title")} data-testid="cannot-compare">
      {providers.map((provider) => (
        <p key={provider}>{t("text", { provider: providerName(provider) })}</p>
      ))}
    </Alert>
  );
}
