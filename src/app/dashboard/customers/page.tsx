import { Download, Upload } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { withQuery } from "#app/book/address.ts";
import { type CustomersFilters, customersQuery } from "#contracts/customers/customers.ts";
import { listCustomers } from "#queries/customers/customers-list.ts";
import { merchantFormats } from "#queries/merchant/formats.ts";
import { buttonStyles } from "#ui/button.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { RowKeys } from "../bookings/row-keys.tsx";
import { requireMember } from "../member.ts";
import { CustomerCards } from "./customer-cards.tsx";
import { CustomerTable } from "./customer-table.tsx";
import { Filters } from "./filters.tsx";
import { NoCustomers } from "./no-customers.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("customers"))("title") };
}

const customersOnPage = 50;
type Given = Record<string, string | string[] | undefined>;

/** The address holds the search and the place: Back, reload and a colleague find them again. */
export default async function CustomersPage({ searchParams }: { searchParams: Promise<Given> }) {
  const { member, permissions } = await requireMember("customers.read");
  const { cursor, ...filters } = readQuery(await searchParams);
  const t = await getTranslations("customers");
  return (
    <ClientWords namespaces={["customers"]}>
      <PageHead
        title={t("title")}
        lead={t("lead")}
        actions={
          <>
            {permissions.includes("customers.change") && (
              <Link href="/dashboard/customers/import" prefetch={false} className={buttonStyles({ look: "outline" })}>
                <Upload aria-hidden className="size-5" />
                {t("csv.title")}
              </Link>
            )}
            <a href={withQuery("/api/customers.csv", filters)} className={buttonStyles({ look: "outline" })} download>
              <Download aria-hidden className="size-5" />
              {t("download")}
            </a>
          </>
        }
      />
      <Filters filters={filters} />
      <div className="transition-opacity peer-data-[pending=true]:opacity-60">
        <Suspense fallback={<Waiting />}>
          <List tenantId={member.tenantId} filters={filters} cursor={cursor} />
        </Suspense>
      </div>
    </ClientWords>
  );
}

type ListProps = { tenantId: string; filters: CustomersFilters; cursor: string | undefined };

async function List({ tenantId, filters, cursor }: ListProps) {
  const [{ customers, nextCursor }, { timezone, country }, language, t] = await Promise.all([
    listCustomers({ tenantId, filters, cursor, limit: customersOnPage }),
    merchantFormats(tenantId),
    getLocale(),
    getTranslations("customers"),
  ]);
  if (customers.length === 0) return <NoCustomers isFiltered={Object.keys(filters).length > 0} />;
  const locale = regionalLocale(language, country);
  const address = (more: { cursor?: string }) => withQuery("/dashboard/customers", { ...filters, ...more });
  return (
    <>
      <RowKeys>
        <CustomerTable customers={customers} timezone={timezone} locale={locale} />
        <CustomerCards customers={customers} timezone={timezone} locale={locale} />
      </RowKeys>
      {(cursor || nextCursor) && (
        <nav aria-label={t("pages.label")} className="mt-6 flex flex-wrap justify-center gap-3">
          {cursor && (
            <Link href={address({})} className={buttonStyles({ look: "outline" })}>
              {t("pages.first")}
            </Link>
          )}
          {nextCursor && (
            <Link href={address({ cursor: nextCursor })} className={buttonStyles({ look: "outline" })}>
              {t("pages.next")}
            </Link>
          )}
        </nav>
      )}
    </>
  );
}

async function Waiting() {
  const t = await getTranslations("customers");
  return (
    <div className="space-y-3">
      <p className="sr-only">{t("loading")}</p>
      {["a", "b", "c", "d", "e", "f"].map((row) => (
        <Skeleton key={row} className="h-14" />
      ))}
    </div>
  );
}

/** A field that makes no sense is as if it was not there: the address may have been typed. */
function readQuery(given: Given) {
  const fields = Object.entries(given).flatMap(([name, value]) => {
    const one = Array.isArray(value) ? value[0] : value;
    const isKnown = name !== "limit" && Object.hasOwn(customersQuery.shape, name);
    return isKnown && one && customersQuery.safeParse({ [name]: one }).success ? [[name, one] as const] : [];
  });
  const { limit: _, ...query } = customersQuery.parse(Object.fromEntries(fields));
  return query;
}
