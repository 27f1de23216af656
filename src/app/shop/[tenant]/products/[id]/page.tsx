import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { queryOf, type SearchParams } from "#app/book/address.ts";
import { merchantMetadata } from "#app/merchant-metadata.ts";
import { shopAddress } from "#app/shop/address.ts";
import { wordsIn } from "#app/shop/product-words.ts";
import { productOf, shopOf } from "#app/shop/reads.ts";
import type { ShopFront, StoreProduct } from "#contracts/shop/store-product.ts";
import { FocusHeading } from "#ui/focus/focus-heading.tsx";
import { formatMoney, regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { NextLink } from "#ui/next-link.tsx";
import { NeedsScripts } from "#ui/wizard/needs-scripts.tsx";
import { ClosedNote } from "../../closed-note.tsx";
import { BuyBox } from "./buy-box.tsx";
import { Gallery } from "./gallery.tsx";

type Asked = { params: Promise<{ tenant: string; id: string }>; searchParams: SearchParams };

async function found({ params }: Asked) {
  const { tenant: slug, id } = await params;
  const [shop, sold] = await Promise.all([shopOf(slug), productOf(slug, id)]);
  return shop && sold ? { ...shop, product: sold.product, deliveryFromMinor: sold.deliveryFromMinor, slug } : null;
}

const wordsOf = ({ title, description }: StoreProduct) => ({ title, description });

export async function generateMetadata(asked: Asked): Promise<Metadata> {
  const here = await found(asked);
  if (!here) return { title: (await getTranslations("problems"))("productUnknown.title"), robots: { index: false } };
  const { shop, page, product } = here;
  const { title, description } = wordsIn(wordsOf(product), product.translations, {
    locale: await getLocale(),
    merchantLocale: shop.locale,
  });
  const picture = {
    shareTitle: title,
    shareText: description.slice(0, 200) || null,
    shareImageUrl: product.images[0] ?? page.shareImageUrl,
  };
  return {
    ...merchantMetadata({ tenant: shop, page: { ...page, ...picture } }, { title, text: shop.name }),
    robots: { index: page.isListed },
  };
}

export default async function ProductPage(asked: Asked) {
  const here = await found(asked);
  if (!here) notFound();
  const { shop, product, deliveryFromMinor, slug } = here;
  const language = await getLocale();
  const t = await getTranslations("shop");
  const words = wordsIn(wordsOf(product), product.translations, { locale: language, merchantLocale: shop.locale });
  const { variant } = await queryOf(asked.searchParams, ["variant"]);
  return (
    <ClientWords namespaces={["shop", "price", "errors"]}>
      <NextLink
        href={shopAddress(slug)}
        className="-mt-3 mb-3 inline-flex min-h-11 items-center gap-2 self-start text-brand-ink underline underline-offset-4"
      >
        <ArrowLeft aria-hidden className="size-5" />
        {t("back")}
      </NextLink>
      <article className="grid items-start gap-6 md:grid-cols-2 md:gap-10">
        <Gallery images={product.images} title={words.title} />
        <div className="space-y-5">
          <div>
            {product.category && (
              <p lang={shop.locale} className="text-muted text-sm">
                {product.category}
              </p>
            )}
            <FocusHeading lang={words.language} className="font-bold text-3xl">
              {words.title}
            </FocusHeading>
          </div>
          {!shop.isOpen && <ClosedNote />}
          <BuyBox
            product={product}
            shop={{ slug, isOpen: shop.isOpen }}
            locale={regionalLocale(language, shop.country)}
            merchantLocale={shop.locale}
            wantedVariant={variant ?? null}
          />
          <NeedsScripts />
          {words.description !== "" && (
            <p lang={words.language} className="wrap-break-word whitespace-pre-line border-line border-t pt-5">
              {words.description}
            </p>
          )}
          <Promises shop={shop} product={product} deliveryFromMinor={deliveryFromMinor} />
        </div>
      </article>
    </ClientWords>
  );
}

type Promised = { shop: ShopFront; product: StoreProduct; deliveryFromMinor: number | null };

/** What a customer wants to know before the money: how it comes, how it goes back, who sells it. */
async function Promises({ shop, product, deliveryFromMinor }: Promised) {
  const t = await getTranslations("shop.promises");
  const { seller, returnsText, currency } = shop;
  const locale = regionalLocale(await getLocale(), shop.country);
  const amount = formatMoney({ amountMinor: deliveryFromMinor ?? 0, currency, locale });
  return (
    <dl className="space-y-4 border-line border-t pt-5 text-[0.9375rem]">
      <Fact title={t("delivery")}>
        {deliveryFromMinor !== null && (
          <p data-testid="delivery-from" className="text-ink">
            {deliveryFromMinor === 0 ? t("deliveryFree") : t("deliveryFrom", { amount })}
          </p>
        )}
        <p>{t(product.isDigital ? "digitalText" : "deliveryText")}</p>
      </Fact>
      {returnsText && (
        <Fact title={t("returns")}>
          <p lang={shop.locale} className="whitespace-pre-line">
            {returnsText}
          </p>
        </Fact>
      )}
      <Fact title={t("seller")}>
        <p lang={shop.locale}>{[seller.name, seller.taxId, seller.address].filter(Boolean).join(" · ")}</p>
      </Fact>
    </dl>
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <dt className="font-semibold">{title}</dt>
      <dd className="text-muted">{children}</dd>
    </div>
  );
}
