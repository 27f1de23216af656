import { Download, PackageOpen, SearchX, Timer } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { withQuery } from "#app/book/address.ts";
import { ordersQuery } from "#contracts/shop-desk/orders-list.ts";
import { merchantFormats } from "#queries/merchant/formats.ts";
import { countOrders, listOrders } from "#queries/shop-desk/orders-list.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Empty } from "#ui/dashboard/empty.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../member.ts";
import { OrderCards } from "./order-cards.tsx";
import { OrderSearch } from "./order-search.tsx";
import { OrderTable } from "./order-table.tsx";
import { OrderTabs } from "./order-tabs.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("orders"))("title") };
}

const ordersOnPage = 50;
const address = "/dashboard/orders";
type Given = Record<string, string | string[] | undefined>;

/** The address holds tab, filters and place: Back, reload and a colleague find them again. */
export default async function OrdersPage({ searchParams }: { searchParams: Promise<Given> }) {
  const { member } = await requireMember("orders.read");
  const { tenantId } = member;
  const { cursor, ...filters } = readQuery(await searchParams);
  const wanted = { tenantId, filters, limit: ordersOnPage };
  const [t, { timezone, country }, counts, { orders, nextCursor }] = await Promise.all([
    getTranslations("orders"),
    merchantFormats(tenantId),
    countOrders(tenantId),
    // A cursor that somebody has typed is as if it was not there.
    listOrders({ ...wanted, cursor }).catch(() => listOrders(wanted)),
  ]);
  const shown = { orders, timezone, locale: regionalLocale(await getLocale(), country) };
  const isFiltered = filters.search !== undefined || filters.from !== undefined || filters.to !== undefined;
  return (
    <ClientWords namespaces={["orders"]}>
      <PageHead
        title={t("title")}
        lead={t("lead")}
        actions={
          <>
            <Link href="/dashboard/orders/sessions" prefetch={false} className={buttonStyles({ look: "outline" })}>
              <Timer aria-hidden className="size-5" />
              {t("sessions")}
            </Link>
            <a href={withQuery("/api/orders.csv", filters)} className={buttonStyles({ look: "outline" })} download>
              <Download aria-hidden className="size-5" />
              {t("csv")}
            </a>
          </>
        }
      />
      <OrderTabs filters={filters} counts={counts} />
      <OrderSearch filters={filters} />
      {orders.length === 0 ? (
        <Empty
          icon={isFiltered ? SearchX : PackageOpen}
          title={t(isFiltered ? "empty.filtered" : filters.status ? "empty.tab" : "empty.title")}
          text={t(isFiltered ? "empty.filteredText" : filters.status ? "empty.tabText" : "empty.text")}
        />
      ) : (
        <>
          <OrderTable {...shown} />
          <OrderCards {...shown} />
        </>
      )}
      {(cursor || nextCursor) && (
        <nav aria-label={t("pages.label")} className="mt-6 flex flex-wrap justify-center gap-3">
          {cursor && (
            <Link href={withQuery(address, filters)} className={buttonStyles({ look: "outline" })}>
              {t("pages.first")}
            </Link>
          )}
          {nextCursor && (
            <Link href={withQuery(address, { ...filters, cursor: nextCursor })} className={buttonStyles({ look: "outline" })}>
              {t("pages.next")}
            </Link>
          )}
        </nav>
      )}
    </ClientWords>
  );
}

/** A field that makes no sense is as if it was not there: the address may have been typed. */
function readQuery(given: Given) {
  const fields = Object.entries(given).flatMap(([name, value]) => {
    const one = Array.isArray(value) ? value[0] : value;
    const isKnown = name !== "limit" && Object.hasOwn(ordersQuery.shape, name);
    return isKnown && one && ordersQuery.safeParse({ [name]: one }).success ? [[name, one] as const] : [];
  });
  const { limit: _, ...query } = ordersQuery.parse(Object.fromEntries(fields));
  return query;
}
