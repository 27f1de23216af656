import { useTranslations } from "next-intl";
import type { StoreProduct } from "#contracts/shop/store-product.ts";
import { classNames } from "#ui/class-names.ts";
import { formatPrice } from "#ui/format.ts";
import { NextLink } from "#ui/next-link.tsx";
import { ProductPicture } from "../product-picture.tsx";
import { StockWords } from "../stock-words.tsx";

type ProductCardProps = {
  product: StoreProduct;
  words: { title: string; language: string };
  address: string;
  locale: string;
  /** On the screen at once: fetched before others. */
  isFirst: boolean;
};

export function ProductCard({ product, words, address, locale, isFirst }: ProductCardProps) {
  const t = useTranslations("shop");
  const price = useTranslations("price");
  const prices = product.variants.map(({ priceMinor }) => priceMinor);
  const lowest = Math.min(...prices);
  const isSoldOut = product.stock.state === "sold_out";
  const text = formatPrice({ amountMinor: lowest, currency: product.currency, locale, free: price("free") });
  return (
    <NextLink
      href={address}
      data-testid="product-card"
      data-id={product.id}
      className="group flex h-full flex-col rounded-2xl border border-line bg-card p-2.5 transition-colors hover:border-edge sm:p-3"
    >
      <ProductPicture
        src={product.images[0] ?? null}
        size={320}
        loading={isFirst ? "eager" : "lazy"}
        className={classNames("w-full", isSoldOut && "opacity-50 grayscale")}
      />
      <span className="flex grow flex-col px-1 pt-3 pb-1">
        <strong
          lang={words.language}
          className="line-clamp-3 font-semibold leading-snug group-hover:underline group-hover:underline-offset-4"
        >
          {words.title}
        </strong>
        <span className="mt-auto block pt-2">
          {prices.some((each) => each !== lowest) && <span className="block text-muted text-sm">{t("from")}</span>}
          <span className="block font-semibold text-lg tabular-nums">{text}</span>
          {!product.taxIncluded && product.taxPercent > 0 && (
            <span className="block text-muted text-sm">{t("tax.added", { percent: product.taxPercent })}</span>
          )}
          {product.stock.state !== "in_stock" && <StockWords stock={product.stock} isDigital={product.isDigital} className="block" />}
        </span>
      </span>
    </NextLink>
  );
}
