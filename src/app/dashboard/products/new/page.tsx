import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { loadTenantSettings } from "#queries/merchant/tenant-settings.ts";
import { loadCategories } from "#queries/shop-desk/products.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { ProductForm } from "../form/product-form.tsx";
import { requireShop } from "../require-shop.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shopDesk.form"))("newTitle") };
}

export default async function NewProductPage() {
  const { member } = await requireShop("products.change");
  const [tenant, categories, language, t] = await Promise.all([
    loadTenantSettings(member.tenantId),
    loadCategories(member.tenantId),
    getLocale(),
    getTranslations("shopDesk.form"),
  ]);
  return (
    <ClientWords namespaces={["shopDesk", "dashboard", "errors"]}>
      <PageHead title={t("newTitle")} lead={t("newLead")} back={{ href: "/dashboard/products", label: t("back") }} />
      <div className="max-w-3xl">
        <ProductForm product={null} categories={categories} merchant={tenant} locale={regionalLocale(language, tenant.country)} />
      </div>
    </ClientWords>
  );
}
