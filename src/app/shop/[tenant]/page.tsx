import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { queryOf, type SearchParams, withQuery } from "#app/book/address.ts";
import { productsPerPage } from "#contracts/shop/limits.ts";
import type { StoreProduct } from "#contracts/shop/store-product.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { FocusHeading } from "#ui/focus/focus-heading.tsx";
import { regionalLocale } from "#ui/format.ts";
import { NextLink } from "#ui/next-link.tsx";
import { productAddress, type ShopParams, shopAddress } from "../address.ts";
import { wordsIn } from "../product-words.ts";
import { productsOf, shopOf } from "../reads.ts";
import { ClosedNote } from "./closed-note.tsx";
import { ProductCard } from "./product-card.tsx";
import { ProductSearch } from "./product-search.tsx";

type Asked = { params: ShopParams; searchParams: SearchParams };

/** A search may lead here, if the merchant wants it. */
export async function generateMetadata({ params, searchParams }: Asked): Promise<Metadata> {
  const found = await shopOf((await params).tenant);
  const { q, pages } = await queryOf(searchParams, ["q", "pages"]);
  return { robots: { index: (found?.page.isListed ?? false) && q === undefined && pages === undefined } };
}

export default async function ShopPage({ params, searchParams }: Asked) {
  const { tenant: slug } = await params;
  const found = await shopOf(slug);
  if (!found) notFound();
  const { category, q, pages } = await queryOf(searchParams, ["category", "q", "pages"]);
  const pagesShown = Math.max(1, Number.parseInt(pages ?? "1", 10) || 1);
  const { products, hasMore } = await productsOf({ slug, category, q }, pagesShown);
  const t = await getTranslations("shop");
  const { shop, categories } = found;
  const hasFilter = category !== undefined || q !== undefined;
  return (
    <>
      <FocusHeading className="font-bold text-2xl sm:text-3xl">{t("heading", { tenant: shop.name })}</FocusHeading>
      {!shop.isOpen && <ClosedNote className="mt-5" />}
      <ProductSearch slug={slug} q={q} category={category} categories={categories} merchantLocale={shop.locale} />
      <p role="status" className={hasFilter && products.length > 0 ? "mt-5 text-muted" : "sr-only"}>
        {hasFilter && products.length > 0 && !hasMore ? t("found", { count: products.length }) : ""}
      </p>
      {products.length === 0 ? (
        <Nothing slug={slug} kind={q ? "search" : category ? "category" : "shop"} q={q} />
      ) : (
        <Grid {...{ products, slug }} country={shop.country} merchantLocale={shop.locale} />
      )}
      {hasMore && (
        <div className="mt-8 text-center">
          <NextLink
            href={`${withQuery(shopAddress(slug), { category, q, pages: String(pagesShown + 1) })}#page-${pagesShown + 1}`}
            replace
            data-testid="more"
            className={buttonStyles({ look: "outline" })}
          >
            {t("more")}
          </NextLink>
        </div>
      )}
    </>
  );
}

type GridProps = { products: readonly StoreProduct[]; slug: string; country: string; merchantLocale: string };
const firstShown = 4;

async function Grid({ products, slug, country, merchantLocale }: GridProps) {
  const language = await getLocale();
  const locale = regionalLocale(language, country);
  return (
    <ul className="mt-5 grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-5 lg:grid-cols-4" data-testid="products">
      {products.map((product, index) => (
        <li
          key={product.id}
          // Where a page begins: who asks for more goes on there.
          id={index > 0 && index % productsPerPage === 0 ? `page-${index / productsPerPage + 1}` : undefined}
          tabIndex={index > 0 && index % productsPerPage === 0 ? -1 : undefined}
        >
          <ProductCard
            product={product}
            words={wordsIn({ title: product.title }, product.translations, { locale: language, merchantLocale })}
            address={productAddress(slug, product.id)}
            locale={locale}
            isFirst={index < firstShown}
          />
        </li>
      ))}
    </ul>
  );
}

async function Nothing({ slug, kind, q }: { slug: string; kind: "search" | "category" | "shop"; q: string | undefined }) {
  const t = await getTranslations("shop.nothing");
  return (
    <Card className="mt-6" data-testid="nothing">
      <p className="font-semibold text-lg">{t(`${kind}.title`, { q: q ?? "" })}</p>
      <p className="mt-1 text-muted">{t(`${kind}.text`)}</p>
      {kind !== "shop" && (
        <NextLink href={shopAddress(slug)} className={buttonStyles({ look: "outline", className: "mt-5" })}>
          {t("showAll")}
        </NextLink>
      )}
    </Card>
  );
}
