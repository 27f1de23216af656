import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { withQuery } from "#app/book/address.ts";
import { type LedgerLine, type LinesQuery, linesQuery } from "#contracts/ledger/ledger.ts";
import { listLines } from "#queries/ledger/day-lines.ts";
import { merchantFormats } from "#queries/merchant/formats.ts";
import { buttonStyles } from "#ui/button.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { formatDate, formatMoney, formatTime, regionalLocale } from "#ui/format.ts";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";
import { requireMember } from "../../../member.ts";
import { PurchaseName, usePurchaseWords } from "../../purchase-name.tsx";

type Given = Record<string, string | string[] | undefined>;
type PageProps = { params: Promise<{ day: string }>; searchParams: Promise<Given> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("ledger.day"))("title") };
}

/** The lines of which a day's sums are made. */
export default async function DayPage({ params, searchParams }: PageProps) {
  const { member } = await requireMember("payments.read");
  const query = readQuery(await params, await searchParams);
  const [t, { timezone, country }, page] = await Promise.all([
    getTranslations("ledger"),
    merchantFormats(member.tenantId),
    listLines({ tenantId: member.tenantId, query }).catch(() => notFound()),
  ]);
  const locale = regionalLocale(await getLocale(), country);
  const { mode, provider, currency } = query;
  const here = `/dashboard/money/days/${page.day}`;
  const days = withQuery("/dashboard/money/days", { month: page.day.slice(0, 7), mode });
  return (
    <>
      <PageHead
        title={formatDate({ instant: `${page.day}T12:00:00Z`, locale, timezone: "UTC" })}
        lead={t("day.lead")}
        back={{ href: days, label: t("day.back") }}
      />
      {(provider || currency) && (
        <p className="mb-4">
          <Link href={withQuery(here, { mode })} className={buttonStyles({ look: "outline" })}>
            {t("day.all")}
          </Link>
        </p>
      )}
      {page.lines.length === 0 && <p className="text-muted">{t("day.none")}</p>}
      <ul className="divide-y divide-line rounded-2xl border border-line bg-card empty:hidden" data-testid="lines">
        {page.lines.map((line) => (
          <Line key={`${line.kind} ${line.id}`} line={line} timezone={timezone} locale={locale} />
        ))}
      </ul>
      {page.next && (
        <p className="mt-4 flex justify-center">
          <Link href={withQuery(here, { mode, provider, currency, cursor: page.next })} className={buttonStyles({ look: "outline" })}>
            {t("pages.next")}
          </Link>
        </p>
      )}
    </>
  );
}

function Line({ line, timezone, locale }: { line: LedgerLine; timezone: string; locale: string }) {
  const t = useTranslations("ledger");
  const providerName = useProviderName();
  const { kind, at, amountMinor, currency, provider, method, providerChargeId, reference, checkout } = line;
  const wordsOf = usePurchaseWords();
  const words = checkout && wordsOf(checkout);
  return (
    <li data-kind={kind} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 p-4 text-sm">
      <div className="min-w-0 space-y-0.5">
        <p>
          <span className="font-semibold">{t(`kind.${kind}`)}</span> · {formatTime({ instant: at, locale, timezone })} ·{" "}
          {providerName(provider)} {method}
        </p>
        <p>
          {checkout ? <PurchaseName purchase={checkout} /> : t("payments.noCheckout")}
          {words && <span className="text-muted"> · {words}</span>}
        </p>
        <p className="break-all text-muted text-xs">
          {reference} · {providerChargeId}
        </p>
      </div>
      <strong className="font-semibold tabular-nums">
        {kind === "part_unknown" ? t("days.unknown") : formatMoney({ amountMinor, currency, locale })}
      </strong>
    </li>
  );
}

/** A day that is none is not found; another field that makes no sense is as if it was not there. */
function readQuery({ day }: { day: string }, given: Given): LinesQuery {
  const parsed = linesQuery.safeParse({ day });
  if (!parsed.success) notFound();
  const fields = Object.entries(given).flatMap(([name, value]) => {
    const isKnown = name !== "day" && Object.hasOwn(linesQuery.shape, name) && typeof value === "string" && !value.includes("\0");
    return isKnown && linesQuery.safeParse({ [name]: value }).success ? [[name, value] as const] : [];
  });
  return linesQuery.parse({ ...Object.fromEntries(fields), day });
}
