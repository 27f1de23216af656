import { CreditCard, Download, SearchX } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { withQuery } from "#app/book/address.ts";
import { aboutFeeOf as feeOf } from "#commands/connections/provider-fees.ts";
import { canBeAsked } from "#commands/inquiries/ask-payment.ts";
import { type PaymentFilters, paymentsQuery } from "#contracts/ledger/payments-list.ts";
import { listPayments } from "#queries/ledger/payments-list.ts";
import { usedProviders } from "#queries/ledger/used-providers.ts";
import { merchantFormats } from "#queries/merchant/formats.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Empty } from "#ui/dashboard/empty.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { MoneyTabs } from "../tabs.tsx";
import { PaymentFiltersForm } from "./filters.tsx";
import { PaymentCards, PaymentTable } from "./payment-table.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("ledger.payments"))("title") };
}

const paymentsOnPage = 50;
const address = "/dashboard/money/payments";
type Given = Record<string, string | string[] | undefined>;

/** The address holds filters and place: Back, reload and a colleague find them again. */
export default async function PaymentsPage({ searchParams }: { searchParams: Promise<Given> }) {
  const { member, permissions } = await requireMember("payments.read");
  const { tenantId } = member;
  const { cursor, ...filters } = readQuery(await searchParams);
  const wanted = { tenantId, filters, feeOf, limit: paymentsOnPage };
  const [t, asks, { timezone, country }, providers, page] = await Promise.all([
    getTranslations("ledger.payments"),
    getTranslations("inquiries"),
    merchantFormats(tenantId),
    usedProviders(tenantId),
    // A cursor that somebody has typed is as if it was not there.
    listPayments({ ...wanted, cursor }).catch(() => listPayments(wanted)),
  ]);
  const mayAsk = permissions.includes("payments.change");
  const shown = {
    payments: page.payments,
    askable: mayAsk ? providers.filter(canBeAsked) : [],
    timezone,
    locale: regionalLocale(await getLocale(), country),
  };
  return (
    <ClientWords namespaces={["inquiries", "dashboard", "errors"]}>
      <PageHead
        title={t("title")}
        lead={t("lead")}
        actions={
          <>
            {mayAsk && (
              <Link href="/dashboard/money/inquiries" prefetch={false} className={buttonStyles({ look: "outline" })}>
                {asks("several")}
              </Link>
            )}
            <a href={withQuery("/api/payments.csv", filters)} className={buttonStyles({ look: "outline" })} download>
              <Download aria-hidden className="size-5" />
              {t("csv")}
            </a>
          </>
        }
      />
      <MoneyTabs current="payments" />
      <PaymentFiltersForm filters={filters} providers={providers} />
      {page.payments.length === 0 ? (
        <Nothing isFiltered={Object.keys(filters).length > 0} />
      ) : (
        <>
          <PaymentTable {...shown} />
          <PaymentCards {...shown} />
          <p className="mt-3 text-muted text-sm">{t("feeNote")}</p>
        </>
      )}
      <Pages filters={filters} isFirst={!cursor} next={page.nextCursor} />
    </ClientWords>
  );
}

async function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const t = await getTranslations("ledger.payments");
  if (!isFiltered) return <Empty icon={CreditCard} title={t("empty.title")} text={t("empty.text")} />;
  return (
    <Empty icon={SearchX} title={t("nothingFound.title")} text={t("nothingFound.text")}>
      <Link href={address} className={buttonStyles({ look: "outline" })}>
        {t("filters.clear")}
      </Link>
    </Empty>
  );
}

async function Pages({ filters, isFirst, next }: { filters: PaymentFilters; isFirst: boolean; next: string | null }) {
  const t = await getTranslations("ledger");
  if (isFirst && !next) return null;
  return (
    <nav aria-label={t("pages.label")} className="mt-6 flex flex-wrap justify-center gap-3">
      {!isFirst && (
        <Link href={withQuery(address, filters)} className={buttonStyles({ look: "outline" })}>
          {t("pages.first")}
        </Link>
      )}
      {next && (
        <Link href={withQuery(address, { ...filters, cursor: next })} className={buttonStyles({ look: "outline" })}>
          {t("pages.next")}
        </Link>
      )}
    </nav>
  );
}

/** A field that makes no sense is as if it was not there: the address may have been typed. */
function readQuery(given: Given) {
  const fields = Object.entries(given).flatMap(([name, value]) => {
    const one = Array.isArray(value) ? value[0] : value;
    const isKnown = name !== "limit" && Object.hasOwn(paymentsQuery.shape, name);
    const isSound = one && !one.includes("\0") && paymentsQuery.safeParse({ [name]: one }).success;
    return isKnown && isSound ? [[name, one] as const] : [];
  });
  const { limit: _, ...query } = paymentsQuery.parse(Object.fromEntries(fields));
  return query;
}
