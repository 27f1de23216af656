import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { queryOf, type SearchParams, withQuery } from "#app/book/address.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Product } from "#contracts/shop-desk/products.ts";
import { loadTenantSettings } from "#queries/merchant/tenant-settings.ts";
import { loadCategories, loadProduct } from "#queries/shop-desk/products.ts";
import { stockHistory } from "#queries/shop-desk/stock-history.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { ProductForm } from "../form/product-form.tsx";
import { requireShop } from "../require-shop.ts";
import { History } from "../stock/history.tsx";

type Asked = { params: Promise<{ id: string }>; searchParams: SearchParams };
const idShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const changesOnPage = 20;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shopDesk.form"))("editTitle") };
}

/** Who may only read sees the list; this page is for changing. */
export default async function ProductPage({ params, searchParams }: Asked) {
  const { member } = await requireShop("products.change");
  const { tenantId } = member;
  const [{ id }, { history: cursor }] = await Promise.all([params, queryOf(searchParams, ["history"])]);
  const product = idShape.test(id) ? await productOf(tenantId, id) : null;
  if (!product) notFound();
  // Its archive has the button that restores it.
  if (product.archivedAt !== null) redirect("/dashboard/products?state=archived");
  const wanted = { tenantId, of: { productId: id }, limit: changesOnPage };
  const [tenant, categories, history, language, t] = await Promise.all([
    loadTenantSettings(tenantId),
    loadCategories(tenantId),
    stockHistory({ ...wanted, cursor }).catch(() => stockHistory(wanted)),
    getLocale(),
    getTranslations("shopDesk.form"),
  ]);
  const locale = regionalLocale(language, tenant.country);
  const here = (more: { history?: string }) => `${withQuery(`/dashboard/products/${id}`, more)}#history`;
  return (
    <ClientWords namespaces={["shopDesk", "dashboard", "errors"]}>
      <PageHead title={product.title} lead={product.category ?? undefined} back={{ href: "/dashboard/products", label: t("back") }} />
      <div className="max-w-3xl">
        <ProductForm product={product} categories={categories} merchant={tenant} locale={locale} />
        <History
          history={history}
          hasVariants={product.variants.length > 1}
          locale={locale}
          timezone={tenant.timezone}
          older={history.nextCursor && here({ history: history.nextCursor })}
          newest={cursor ? here({}) : null}
        />
      </div>
    </ClientWords>
  );
}

const productOf = cache(async (tenantId: string, productId: string): Promise<Product | null> => {
  try {
    return await loadProduct({ tenantId, productId });
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
});
