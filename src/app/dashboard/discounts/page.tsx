import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { merchantFormats } from "#queries/merchant/formats.ts";
import { loadDiscounts } from "#queries/shop-desk/discounts.ts";
import { listProducts } from "#queries/shop-desk/products.ts";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireShop } from "../products/require-shop.ts";
import { Discounts } from "./discounts.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shopDesk.discounts"))("title") };
}

/** As many as one code may name. */
const productsMax = 200;

export default async function DiscountsPage() {
  const { member, permissions } = await requireShop("products.read");
  const { tenantId } = member;
  const [discounts, { products }, formats, language] = await Promise.all([
    loadDiscounts(tenantId),
    listProducts({ tenantId, filters: { state: "current" }, limit: productsMax }),
    merchantFormats(tenantId),
    getLocale(),
  ]);
  return (
    <ClientWords namespaces={["shopDesk", "dashboard", "errors"]}>
      <Discounts
        discounts={discounts}
        products={products.map(({ id, title }) => ({ id, title }))}
        mayChange={permissions.includes("products.change")}
        currency={formats.currency}
        timezone={formats.timezone}
        locale={regionalLocale(language, formats.country)}
      />
    </ClientWords>
  );
}
