import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ShopParams } from "#app/shop/address.ts";
import { shopOf, shopTermsOf } from "#app/shop/reads.ts";
import { GeneralTerms } from "#app/terms/general-terms.tsx";
import { Card } from "#ui/card.tsx";
import { Contact } from "#ui/wizard/where.tsx";

export async function generateMetadata({ params }: { params: ShopParams }): Promise<Metadata> {
  const found = await shopOf((await params).tenant);
  const t = await getTranslations("terms");
  return { title: found ? t("ownTitle", { tenant: found.shop.name }) : t("title"), robots: { index: false } };
}

/** Who sells, how goods go back, the merchant's own terms, then what holds for every order. */
export default async function ShopTermsPage({ params }: { params: ShopParams }) {
  const { tenant: slug } = await params;
  const [found, terms] = await Promise.all([shopOf(slug), shopTermsOf(slug)]);
  if (!found || !terms) notFound();
  const t = await getTranslations("terms");
  const words = await getTranslations("shop.promises");
  const { seller, returnsText, locale, name } = found.shop;
  const { termsText, controllerName, place } = terms;
  return (
    <article className="max-w-2xl">
      <h1 className="font-bold text-3xl">{t("ownTitle", { tenant: name })}</h1>
      {controllerName !== null && <p className="mt-3 text-lg">{t("controller", { name: controllerName })}</p>}
      <h2 className="mt-8 font-semibold text-xl">{words("seller")}</h2>
      <p lang={locale} className="mt-2">
        {[seller.name, seller.taxId, seller.address].filter(Boolean).join(" · ")}
      </p>
      {returnsText && (
        <>
          <h2 className="mt-8 font-semibold text-xl">{words("returns")}</h2>
          <p lang={locale} className="wrap-break-word mt-2 whitespace-pre-line">
            {returnsText}
          </p>
        </>
      )}
      {termsText !== null && (
        <p lang={locale} data-testid="own-terms" className="wrap-break-word mt-8 whitespace-pre-line">
          {termsText}
        </p>
      )}
      <p className="mt-10 border-line border-t pt-6 text-muted">{t("general")}</p>
      <GeneralTerms />
      {place && (
        <Card className="mt-8">
          <Contact place={place} />
        </Card>
      )}
    </article>
  );
}
