import { Download, Package, PackageSearch, Plus, TriangleAlert, Upload } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { type SearchParams, withQuery } from "#app/book/address.ts";
import { productFilters } from "#contracts/shop-desk/products.ts";
import { loadTenantSettings } from "#queries/merchant/tenant-settings.ts";
import { countProducts, listProducts } from "#queries/shop-desk/products.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Empty } from "#ui/dashboard/empty.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { Filters } from "./filters.tsx";
import { ProductList } from "./product-list.tsx";
import { requireShop } from "./require-shop.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shopDesk.products"))("title") };
}

const onPage = 100;

/** The address holds the filters and the place, so that Back and reload find them again. */
export default async function ProductsPage({ searchParams }: { searchParams: SearchParams }) {
  const { member, permissions } = await requireShop("products.read");
  const { tenantId } = member;
  const { cursor, ...filters } = await readQuery(searchParams);
  const wanted = { tenantId, filters: productFilters.parse(filters), limit: onPage };
  const [page, counts, tenant, language, t] = await Promise.all([
    listProducts({ ...wanted, cursor }).catch(() => listProducts(wanted)),
    countProducts(tenantId),
    loadTenantSettings(tenantId),
    getLocale(),
    getTranslations("shopDesk.products"),
  ]);
  const mayChange = permissions.includes("products.change");
  const isEmpty = counts.current + counts.archived === 0;
  const isNarrowed = Object.keys(filters).length > 0;
  const address = (more: { cursor?: string }) => withQuery("/dashboard/products", { ...filters, ...more });
  return (
    <ClientWords namespaces={["shopDesk", "dashboard", "errors"]}>
      <PageHead title={t("title")} lead={t("lead")} actions={<Actions mayChange={mayChange} isEmpty={isEmpty} filters={filters} />} />
      {isEmpty ? (
        <Empty icon={Package} title={t("empty.title")} text={t("empty.text")}>
          {mayChange && <NewLink />}
        </Empty>
      ) : (
        <>
          <Filters filters={filters} categories={page.categories} counts={counts} />
          {counts.low > 0 && !isNarrowed && (
            <Link
              href="/dashboard/products?stock=low"
              className="mb-4 flex min-h-11 items-center gap-2 rounded-xl bg-warn-soft px-4 py-2 font-medium text-warn underline-offset-4 hover:underline"
              data-testid="low-stock"
            >
              <TriangleAlert aria-hidden className="size-5 shrink-0" />
              {t("lowLink", { count: counts.low })}
            </Link>
          )}
          {page.products.length === 0 ? (
            <Empty icon={PackageSearch} title={t("nothing.title")} text={t(filters.stock === "low" ? "nothing.low" : "nothing.text")} />
          ) : (
            <ProductList
              products={page.products}
              mayChange={mayChange}
              mayOrder={mayChange && !isNarrowed && cursor === undefined}
              locale={regionalLocale(language, tenant.country)}
              merchantLocale={tenant.locale}
            />
          )}
        </>
      )}
      {(cursor || page.next) && (
        <nav aria-label={t("pages")} className="mt-6 flex flex-wrap justify-center gap-3">
          {cursor && (
            <Link href={address({})} className={buttonStyles({ look: "outline" })}>
              {t("first")}
            </Link>
          )}
          {page.next && (
            <Link href={address({ cursor: page.next })} className={buttonStyles({ look: "outline" })}>
              {t("more")}
            </Link>
          )}
        </nav>
      )}
    </ClientWords>
  );
}

type ActionsProps = { mayChange: boolean; isEmpty: boolean; filters: Record<string, string | undefined> };

async function Actions({ mayChange, isEmpty, filters }: ActionsProps) {
  const t = await getTranslations("shopDesk.products");
  return (
    <>
      {!isEmpty && (
        <a href={withQuery("/api/products.csv", filters)} className={buttonStyles({ look: "outline" })} download>
          <Download aria-hidden className="size-5" />
          {t("download")}
        </a>
      )}
      {mayChange && (
        <>
          <Link href="/dashboard/products/import" prefetch={false} className={buttonStyles({ look: "outline" })}>
            <Upload aria-hidden className="size-5" />
            {t("import")}
          </Link>
          {!isEmpty && <NewLink />}
        </>
      )}
    </>
  );
}

async function NewLink() {
  const t = await getTranslations("shopDesk.products");
  return (
    <Link href="/dashboard/products/new" className={buttonStyles({})} data-testid="new-product">
      <Plus aria-hidden className="size-5" />
      {t("new")}
    </Link>
  );
}

type Query = { search?: string; category?: string; stock?: "low" | "out"; state?: "archived"; cursor?: string };

/** A field that makes no sense is as if it was not there: the address may have been typed. */
async function readQuery(searchParams: SearchParams): Promise<Query> {
  const given = await searchParams;
  const one = (name: string) => [given[name]].flat()[0]?.replaceAll("\0", "") || undefined;
  const [search, category, stock, cursor] = [
    one("search")?.trim().slice(0, 100),
    one("category")?.slice(0, 60),
    one("stock"),
    one("cursor"),
  ];
  return {
    ...(search && { search }),
    ...(category && { category }),
    ...((stock === "low" || stock === "out") && { stock }),
    ...(one("state") === "archived" && { state: "archived" as const }),
    ...(cursor && { cursor }),
  };
}
