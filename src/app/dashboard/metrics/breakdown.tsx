import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { Metrics, MetricsRow } from "#contracts/metrics/metrics.ts";
import { type Dimension, devices, dimensions } from "#contracts/metrics/steps.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { formatMoney } from "#ui/format.ts";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";
import { usePercent } from "./numbers.ts";
import { metricsAddress, type PageQuery } from "./read-query.ts";

type BreakdownProps = { metrics: Metrics; query: PageQuery; locale: string };

const shownMax = 50;

/** The same figures told apart. A name leads to the page of that one alone. */
export function Breakdown({ metrics: { by, rows }, query, locale }: BreakdownProps) {
  const t = useTranslations("metrics");
  return (
    <Card aria-labelledby="breakdown" data-testid="breakdown" className="space-y-4 sm:p-6">
      <h2 id="breakdown" className="font-semibold text-lg">
        {t("by.title")}
      </h2>
      <nav aria-label={t("by.label")} className="flex flex-wrap gap-2 print:hidden">
        {dimensions.map((one) => (
          <Link
            key={one}
            href={metricsAddress({ ...query, by: one })}
            scroll={false}
            prefetch={false}
            aria-current={one === by ? "true" : undefined}
            className={buttonStyles({ look: one === by ? "primary" : "outline" })}
          >
            {t(`dimension.${one}`)}
          </Link>
        ))}
      </nav>
      {rows.length === 0 ? <p className="text-muted">{t("by.none")}</p> : <Rows {...{ by, rows, query, locale }} />}
      {rows.length > shownMax && <p className="text-muted text-sm">{t("by.more", { shown: shownMax, all: rows.length })}</p>}
    </Card>
  );
}

const number = "px-2 py-2 text-right tabular-nums sm:px-3";
const onWide = "hidden md:table-cell";

function Rows({ by, rows, query, locale }: { by: Dimension; rows: MetricsRow[]; query: PageQuery; locale: string }) {
  const t = useTranslations("metrics");
  const format = useFormatter();
  const percent = usePercent();
  // The newest day is what people look for.
  const shown = (by === "day" ? rows.toReversed() : rows).slice(0, shownMax);
  return (
    <table className="w-full text-left text-sm" data-testid="rows">
      <caption className="sr-only">{t("by.table", { dimension: t(`dimension.${by}`) })}</caption>
      <thead className="border-line border-b text-muted">
        <tr>
          <th scope="col" className="py-2 pr-2 font-medium">
            {t(`dimension.${by}`)}
          </th>
          <th scope="col" className={`${number} font-medium`}>
            {t("by.visits")}
          </th>
          <th scope="col" className={`${number} ${onWide} font-medium`}>
            {t("by.slot")}
          </th>
          <th scope="col" className={`${number} ${onWide} font-medium`}>
            {t("by.payment")}
          </th>
          <th scope="col" className={`${number} font-medium`}>
            {t("by.confirmed")}
          </th>
          <th scope="col" className={`${number} font-medium`}>
            {t("by.share")}
          </th>
          <th scope="col" className={`${number} ${onWide} font-medium`}>
            {t("by.payments")}
          </th>
          <th scope="col" className={`${number} ${onWide} font-medium`}>
            {t("by.revenue")}
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {shown.map((row) => (
          <tr key={row.key} data-key={row.key}>
            <th scope="row" className="min-w-20 wrap-anywhere hyphens-auto py-2 pr-2 font-normal">
              <RowName row={row} by={by} query={query} locale={locale} />
            </th>
            <td className={number}>{format.number(row.visits.opened)}</td>
            <td className={`${number} ${onWide}`}>{format.number(row.visits.slot)}</td>
            <td className={`${number} ${onWide}`}>{format.number(row.visits.payment)}</td>
            <td className={number}>{format.number(row.visits.confirmed)}</td>
            <td className={number}>{percent(row.visits.opened === 0 ? null : row.visits.confirmed / row.visits.opened)}</td>
            <td className={`${number} ${onWide}`}>
              {row.money && format.number(row.money.reduce((sum, { payments }) => sum + payments, 0))}
            </td>
            <td className={`${number} ${onWide} whitespace-nowrap`}>
              <Revenue row={row} locale={locale} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Revenue({ row: { money }, locale }: { row: MetricsRow; locale: string }) {
  const t = useTranslations("metrics.money");
  return (money ?? [])
    .filter(({ revenueMinor }) => revenueMinor > 0)
    .map(({ currency, isTest, revenueMinor }) => (
      <span key={`${currency} ${isTest}`} className="block">
        {formatMoney({ amountMinor: revenueMinor, currency, locale })}
        {isTest && <span className="text-muted"> ({t("test")})</span>}
      </span>
    ));
}

function RowName({ row: { key, name }, by, query, locale }: { row: MetricsRow; by: Dimension; query: PageQuery; locale: string }) {
  const t = useTranslations("metrics");
  const providerName = useProviderName();
  const words: Record<Dimension, () => string> = {
    link: () => name ?? t("by.gone"),
    service: () => name ?? t("by.gone"),
    professional: () => name ?? t("by.gone"),
    provider: () => providerName(key),
    device: () => devices.filter((device) => device === key).map((device) => t(`device.${device}`))[0] ?? key,
    source: () => key,
    campaign: () => key,
    day: () => new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(key)),
  };
  if (key === "") return <span className="text-muted">{t(by === "source" || by === "campaign" ? "by.noWord" : "by.notReached")}</span>;
  const chosen = by === "day" ? { from: key, to: key } : { [by]: key };
  return (
    <Link
      href={metricsAddress({ ...query, ...chosen })}
      prefetch={false}
      className="inline-flex min-h-11 items-center underline-offset-4 hover:underline"
    >
      {words[by]()}
    </Link>
  );
}
