import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { loadTenantSettings } from "#queries/merchant/tenant-settings.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireShop } from "../require-shop.ts";
import { ImportForm } from "./import-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shopDesk.csv"))("title") };
}

export default async function ImportProductsPage() {
  const { member } = await requireShop("products.change");
  const [{ country }, language, t] = await Promise.all([loadTenantSettings(member.tenantId), getLocale(), getTranslations("shopDesk")]);
  return (
    <ClientWords namespaces={["shopDesk", "dashboard", "errors"]}>
      <PageHead title={t("csv.title")} lead={t("csv.lead")} back={{ href: "/dashboard/products", label: t("products.title") }} />
      <ImportForm locale={regionalLocale(language, country)} />
    </ClientWords>
  );
}
