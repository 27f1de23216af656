import { CalendarRange, Download } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { withQuery } from "#app/book/address.ts";
import { aboutFeeOf as feeOf } from "#commands/connections/provider-fees.ts";
import { type MonthQuery, monthQuery } from "#contracts/ledger/ledger.ts";
import { loadMonthTotals } from "#queries/ledger/month-totals.ts";
import { loadTenantSettings } from "#queries/merchant/tenant-settings.ts";
import { Badge } from "#ui/badge.tsx";
import { buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { Empty } from "#ui/dashboard/empty.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale, sentenceCase } from "#ui/format.ts";
import { requireMember } from "../../member.ts";
import { MoneyTabs } from "../tabs.tsx";
import { DayTable } from "./day-table.tsx";
import { MonthChoice } from "./month-choice.tsx";
import { PeriodTotals } from "./period-totals.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("ledger.days"))("title") };
}

type Given = Record<string, string | string[] | undefined>;

/** What came in and went out, day by day, and the file for the accountant. */
export default async function DaysPage({ searchParams }: { searchParams: Promise<Given> }) {
  const { member, permissions } = await requireMember("payments.read");
  const { tenantId } = member;
  const query = readQuery(await searchParams);
  const [t, language, settings, totals] = await Promise.all([
    getTranslations("ledger"),
    getLocale(),
    loadTenantSettings(tenantId),
    loadMonthTotals({ tenantId, query, feeOf }),
  ]);
  const locale = regionalLocale(language, settings.country);
  const { month, mode, days, period } = totals;
  const isTest = mode === "test";
  const name = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${month}-15T12:00:00Z`),
  );
  return (
    <>
      <PageHead title={t("days.title")} lead={t("days.lead")} />
      <MoneyTabs current="days" />
      <MonthChoice month={month} mode={query.mode} />
      <h2 className="mb-3 flex flex-wrap items-center gap-3 font-semibold text-xl">
        {sentenceCase(name)}
        {isTest && <Badge className="bg-warn-soft text-warn">{t("mode.test")}</Badge>}
      </h2>
      {days.length === 0 ? (
        <Empty icon={CalendarRange} title={t("days.empty.title")} text={t("days.empty.text")} />
      ) : (
        <>
          <PeriodTotals period={period} locale={locale} />
          <DayTable days={days} mode={mode} locale={locale} />
        </>
      )}
      <p className="mt-3 text-muted text-sm">
        {t("days.zone", { zone: totals.timezone.replaceAll("_", " ") })} {t("days.fees")}{" "}
        <Link
          href={withQuery("/dashboard/money/days", { month, mode: isTest ? "production" : "test" })}
          className="inline-flex min-h-11 items-center text-brand-ink underline underline-offset-4"
        >
          {t(isTest ? "mode.seeProduction" : "mode.seeTest")}
        </Link>
      </p>
      <Journal month={month} mode={mode} taxPercent={settings.taxPercent} maySetTax={permissions.includes("tenant.change")} />
    </>
  );
}

type JournalProps = { month: string; mode: "test" | "production"; taxPercent: number | null; maySetTax: boolean };

async function Journal({ month, mode, taxPercent, maySetTax }: JournalProps) {
  const t = await getTranslations("ledger.journal");
  return (
    <Card aria-labelledby="journal" data-testid="journal" className="mt-8 space-y-3 sm:p-6">
      <h2 id="journal" className="font-semibold text-lg">
        {t("title")}
      </h2>
      <p className="max-w-2xl">{t("text")}</p>
      <p className="max-w-2xl text-muted text-sm">{t("noInvoice")}</p>
      <p className="text-sm">
        {taxPercent === null ? t("noTax") : t("tax", { percent: taxPercent })}{" "}
        {maySetTax && (
          <Link
            href="/dashboard/settings#taxPercent"
            className="inline-flex min-h-11 items-center text-brand-ink underline underline-offset-4"
          >
            {t("setTax")}
          </Link>
        )}
      </p>
      <a href={withQuery("/api/ledger/journal.csv", { month, mode })} className={buttonStyles()} download data-testid="journal-csv">
        <Download aria-hidden className="size-5" />
        {t("download")}
      </a>
    </Card>
  );
}

/** What makes no sense is as if it was not there: the address may have been typed. */
function readQuery({ month, mode }: Given): MonthQuery {
  const given = monthQuery.safeParse({ month: typeof month === "string" && month ? month : undefined, mode: mode || undefined });
  return given.success ? given.data : {};
}
