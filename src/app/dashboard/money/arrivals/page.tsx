import { Download, Landmark } from "lucide-react";
import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { withQuery } from "#app/book/address.ts";
import { type Arrivals, type ArrivalsQuery, arrivalsQuery } from "#contracts/ledger/arrivals.ts";
import { loadArrivals } from "#queries/ledger/arrivals.ts";
import { merchantFormats } from "#queries/merchant/formats.ts";
import { Alert } from "#ui/alert.tsx";
import { Badge } from "#ui/badge.tsx";
import { buttonStyles } from "#ui/button.tsx";
import { Empty } from "#ui/dashboard/empty.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { formatDay, formatMoney, regionalLocale, sentenceCase } from "#ui/format.ts";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";
import { requireMember } from "../../member.ts";
import { MoneyTabs } from "../tabs.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("ledger.arrivals"))("title") };
}

type Given = Record<string, string | string[] | undefined>;

/** What arrives at the bank, by day and provider, as far as anybody tells it. */
export default async function ArrivalsPage({ searchParams }: { searchParams: Promise<Given> }) {
  const { member } = await requireMember("payments.read");
  const { tenantId } = member;
  const query = readQuery(await searchParams);
  const [t, { country }, arrivals] = await Promise.all([
    getTranslations("ledger.arrivals"),
    merchantFormats(tenantId),
    loadArrivals({ tenantId, query }),
  ]);
  const locale = regionalLocale(await getLocale(), country);
  return (
    <>
      <PageHead
        title={t("title")}
        lead={t("lead")}
        actions={
          <a href={withQuery("/api/ledger/arrivals.csv", query)} className={buttonStyles({ look: "outline" })} download>
            <Download aria-hidden className="size-5" />
            {t("csv")}
          </a>
        }
      />
      <MoneyTabs current="arrivals" />
      {arrivals.days.length === 0 ? (
        <Empty icon={Landmark} title={t("empty.title")} text={t("empty.text")} />
      ) : (
        <>
          <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3" data-testid="arrivals">
            {arrivals.days.map((sums) => (
              <Day key={`${sums.day} ${sums.provider} ${sums.currency}`} sums={sums} today={arrivals.today} locale={locale} />
            ))}
          </ul>
          <p className="mt-3 text-muted text-sm">{t("zone", { zone: arrivals.timezone.replaceAll("_", " ") })}</p>
        </>
      )}
      <NotTold unknown={arrivals.unknown} locale={locale} />
    </>
  );
}

function Day({ sums, today, locale }: { sums: Arrivals["days"][number]; today: string; locale: string }) {
  const t = useTranslations("ledger.arrivals");
  const providerName = useProviderName();
  const { day, provider, currency, payments, takenMinor, feesMinor, backMinor, arrivesMinor } = sums;
  const money = (amountMinor: number | null) => (amountMinor === null ? t("unknown") : formatMoney({ amountMinor, currency, locale }));
  const lines = [
    { name: t("columns.payments"), value: String(payments) },
    { name: t("columns.taken"), value: money(takenMinor) },
    { name: t("columns.fees"), value: money(feesMinor === null ? null : 0 - feesMinor) },
    ...(backMinor > 0 ? [{ name: t("columns.back"), value: money(0 - backMinor) }] : []),
  ];
  return (
    <li data-day={day} className="rounded-2xl border border-line bg-card p-4 text-sm">
      <h2 className="flex flex-wrap items-center justify-between gap-2 font-semibold text-base">
        {sentenceCase(formatDay({ instant: `${day}T12:00:00Z`, locale, timezone: "UTC" }))}
        {day < today && <Badge className="border border-edge bg-transparent text-muted">{t("arrived")}</Badge>}
      </h2>
      <p className="text-muted">
        {providerName(provider)} · {currency}
      </p>
      <p className="mt-2 flex flex-wrap justify-between gap-x-3 font-semibold text-base">
        <span>{t("columns.arrives")}</span>
        <span className="tabular-nums">{money(arrivesMinor)}</span>
      </p>
      <dl className="mt-2 space-y-1">
        {lines.map(({ name, value }) => (
          <div key={name} className="flex flex-wrap justify-between gap-x-3">
            <dt className="text-muted">{name}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function NotTold({ unknown, locale }: { unknown: Arrivals["unknown"]; locale: string }) {
  const t = useTranslations("ledger.arrivals.notTold");
  const providerName = useProviderName();
  if (unknown.length === 0) return null;
  return (
    <Alert title={t("title")} className="mt-6" data-testid="not-told">
      {unknown.map(({ provider, currency, payments, takenMinor }) => (
        <p key={`${provider} ${currency}`}>
          {t("text", {
            provider: providerName(provider),
            count: payments,
            amount: formatMoney({ amountMinor: takenMinor, currency, locale }),
          })}
        </p>
      ))}
    </Alert>
  );
}

/** What makes no sense is as if it was not there: the address may have been typed. */
function readQuery({ mode }: Given): ArrivalsQuery {
  const given = arrivalsQuery.safeParse({ mode: mode || undefined });
  return given.success ? given.data : {};
}
