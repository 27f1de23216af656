import { ChartNoAxesColumn, Download } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { withQuery } from "#app/book/address.ts";
import type { Metrics } from "#contracts/metrics/metrics.ts";
import { metricsDaysDefault, metricsDaysMax } from "#contracts/metrics/steps.ts";
import { Refusal } from "#contracts/problem.ts";
import { loadLinkChoices } from "#queries/links/link-choices.ts";
import { loadMetrics } from "#queries/metrics/load-metrics.ts";
import { metricsChoices } from "#queries/metrics/metrics-choices.ts";
import { timeNow } from "#queries/time-now.ts";
import { Alert } from "#ui/alert.tsx";
import { buttonStyles } from "#ui/button.tsx";
import { Empty } from "#ui/dashboard/empty.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { dateInZone, regionalLocale } from "#ui/format.ts";
import { requireMember } from "../member.ts";
import { Breakdown } from "./breakdown.tsx";
import { Filters } from "./filters.tsx";
import { Funnel } from "./funnel.tsx";
import { Money } from "./money.tsx";
import { filtersOf, type Given, type PageQuery, readQuery } from "./read-query.ts";
import { Shop } from "./shop.tsx";
import { Webhooks } from "./webhooks.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("metrics"))("title") };
}

/** The address holds the days and the filters: Back, reload and a colleague find them again. */
export default async function MetricsPage({ searchParams }: { searchParams: Promise<Given> }) {
  const { member } = await requireMember("metrics.read");
  const query = readQuery(await searchParams);
  const { tenantId } = member;
  const [t, choices, more] = await Promise.all([getTranslations("metrics"), loadLinkChoices(tenantId), metricsChoices(tenantId)]);
  const locale = regionalLocale(await getLocale(), choices.country);
  const today = dateInZone(new Date(timeNow()).toISOString(), choices.timezone);
  return (
    <>
      <PageHead
        title={t("title")}
        lead={t("lead")}
        actions={
          <a href={withQuery("/api/metrics.csv", query)} className={buttonStyles({ look: "outline", className: "print:hidden" })} download>
            <Download aria-hidden className="size-5" />
            {t("csv")}
          </a>
        }
      />
      <Filters query={query} today={today} services={choices.services} professionals={choices.professionals} {...more} />
      <Figures tenantId={tenantId} query={query} locale={locale} />
    </>
  );
}

async function Figures({ tenantId, query, locale }: { tenantId: string; query: PageQuery; locale: string }) {
  const t = await getTranslations("metrics");
  const { metrics, isOtherRange } = await figuresOf(tenantId, query);
  const hasFilters = Object.keys(filtersOf(query)).length > 0;
  return (
    <>
      {isOtherRange && (
        <Alert tone="warn" role="alert" className="mb-6">
          <p>{t("range.refused", { days: metricsDaysMax, shown: metricsDaysDefault })}</p>
        </Alert>
      )}
      <p className="mb-4 text-muted" data-testid="days">
        {t("range.shown", { from: dayOf(metrics.from, locale), to: dayOf(metrics.to, locale) })}
      </p>
      {isEmpty(metrics, hasFilters) ? (
        <NothingYet isFiltered={hasFilters || query.from !== undefined} />
      ) : (
        <div className="space-y-8">
          <Funnel funnel={metrics.funnel} locale={locale} />
          <Money money={metrics.money} lapsedHolds={metrics.lapsedHolds} locale={locale} />
          {metrics.shop && <Shop shop={metrics.shop} locale={locale} />}
          <Breakdown metrics={metrics} query={query} locale={locale} />
          <Webhooks webhooks={metrics.webhooks} oauthFailures={metrics.oauthFailures} locale={locale} />
        </div>
      )}
    </>
  );
}

/** Days that cannot be are as if they were not there, and the page says so. */
async function figuresOf(tenantId: string, query: PageQuery): Promise<{ metrics: Metrics; isOtherRange: boolean }> {
  try {
    return { metrics: await loadMetrics(tenantId, query), isOtherRange: false };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { from: _, to: __, ...rest } = query;
    return { metrics: await loadMetrics(tenantId, rest), isOtherRange: true };
  }
}

/** Most filters leave webhooks as they are, so these alone are no answer to a filter. */
function isEmpty({ funnel, money, lapsedHolds, shop, webhooks, oauthFailures }: Metrics, hasFilters: boolean): boolean {
  if (funnel[0]?.visits || money?.length || lapsedHolds || shop?.begun || shop?.money.length) return false;
  return hasFilters || (webhooks.length === 0 && oauthFailures === 0);
}

const dayOf = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(day));

async function NothingYet({ isFiltered }: { isFiltered: boolean }) {
  const t = await getTranslations("metrics.empty");
  return (
    <Empty icon={ChartNoAxesColumn} title={t(isFiltered ? "filteredTitle" : "title")} text={t(isFiltered ? "filtered" : "text")}>
      <Link href={isFiltered ? "/dashboard/metrics" : "/dashboard/links"} className={buttonStyles()}>
        {t(isFiltered ? "clear" : "share")}
      </Link>
    </Empty>
  );
}
