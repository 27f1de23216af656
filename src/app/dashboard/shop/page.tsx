import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { loadLocations } from "#queries/merchant/locations.ts";
import { loadTenantSettings } from "#queries/merchant/tenant-settings.ts";
import { loadShippingOptions } from "#queries/shop-desk/shipping-options.ts";
import { findShop } from "#queries/shop-desk/shop.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../member.ts";
import { Deliveries } from "./deliveries.tsx";
import { NoShop } from "./no-shop.tsx";
import { ShopForm } from "./shop-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shopDesk.shop"))("title") };
}

/** Who sells, how goods get to the customers, whether it is open; or what a shop is. */
export default async function ShopPage() {
  const { member, permissions } = await requireMember("products.read");
  const { tenantId } = member;
  const [shop, options, locations, tenant, language, t] = await Promise.all([
    findShop(tenantId),
    loadShippingOptions(tenantId),
    loadLocations(tenantId),
    loadTenantSettings(tenantId),
    getLocale(),
    getTranslations("shopDesk.shop"),
  ]);
  const mayChange = permissions.includes("products.change");
  return (
    <ClientWords namespaces={["shopDesk", "dashboard", "errors"]}>
      {shop ? (
        <>
          <PageHead title={t("title")} lead={t("lead")} />
          <div className="max-w-3xl space-y-6">
            <ShopForm shop={shop} />
            <Deliveries
              options={options}
              locations={locations.map(({ id, name }) => ({ id, name }))}
              merchant={tenant}
              mayChange={mayChange}
              locale={regionalLocale(language, tenant.country)}
            />
          </div>
        </>
      ) : (
        <NoShop mayChange={mayChange} />
      )}
    </ClientWords>
  );
}
